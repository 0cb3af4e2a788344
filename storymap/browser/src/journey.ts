/** How far a journey has come along its route, and the lines that show it. */
import type { Certainty, Passage, Position } from "./story.ts"
import { project, unproject } from "./view.ts"

/** The way between two stops that follow each other, the shorter one round the world. */
export interface Leg {
  from: Position
  to: Position
  certainty: Certainty
  /** degrees from there to where the map has its end: 0 if it leads over no edge of the map */
  lap: number
}

/** A place on a route: a share, 0 to 1, of one of its legs. */
export interface Head {
  leg: number
  share: number
}

/** The leg between two places of the map. */
export function legOf(from: Position, to: Position, certainty: Certainty): Leg {
  const lap = 360 * Math.round((to[1] - from[1]) / 360)
  return { from, to: [to[0], to[1] - lap], certainty, lap }
}

/** The lines that draw a leg as far as a share of it, one at each edge that it leads over. */
export function strokes(leg: Leg, share: number): [Position, Position][] {
  const end = along(leg, share)
  const again = [leg.from, end].map(([lat, lon]): Position => [lat, lon + leg.lap])
  return leg.lap ? [[leg.from, end], again as [Position, Position]] : [[leg.from, end]]
}

/** How long a leg is on the map, as a fraction of the world's width. */
export function lengthOf({ from, to }: Leg): number {
  const a = project(from)
  const b = project(to)
  return Math.hypot(b.x - a.x, b.y - a.y)
}

/** The point at a share of a leg, straight on the map; where it begins, it may lie beyond an edge. */
export function along({ from, to }: Leg, share: number): Position {
  const a = project(from)
  const b = project(to)
  return unproject({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share })
}

/**
 * The share of each leg that is behind the traveller when *progress*, 0 to 1, of what the step
 * travels is done. *lengths* are those of the legs, in any unit.
 */
export function travelled(
  lengths: readonly number[],
  passage: Passage,
  progress: number,
): number[] {
  const { leg, share } = head(lengths, passage, progress)
  return lengths.map((_, index) => {
    if (index < passage.past || (index >= passage.first && index < leg)) return 1
    return index === leg ? share : 0
  })
}

/** Where the traveller is; leg -1 when the step does not travel. */
export function head(lengths: readonly number[], { first, last }: Passage, progress: number): Head {
  if (first >= last) return { leg: -1, share: 0 }
  const end = { leg: last - 1, share: 1 }
  if (progress >= 1) return end // whatever adding up and taking away would come to
  const way = lengths.slice(first, last)
  let left = progress * way.reduce((sum, length) => sum + length, 0)
  for (const [index, length] of way.entries()) {
    if (left < length) return { leg: first + index, share: left / length }
    left -= length
  }
  return end
}

/** The last stop that the traveller has reached; -1 when the step does not travel. */
export function reached(lengths: readonly number[], passage: Passage, progress: number): number {
  const { leg, share } = head(lengths, passage, progress)
  return share === 1 ? leg + 1 : leg
}

/**
 * The lines that draw these shares of the legs, those of one certainty or of all. Legs that follow
 * each other make one line, so that its dashes run on; null is a leg to a place that is not on the
 * map.
 */
export function lines(
  legs: readonly (Leg | null)[],
  shares: readonly number[],
  certainty?: Certainty,
): Position[][] {
  const drawn: Position[][] = []
  let continues = false
  legs.forEach((leg, index) => {
    const share = shares[index] ?? 0
    const shown = leg && share > 0 && (!certainty || leg.certainty === certainty)
    for (const [index, [start, end]] of (shown ? strokes(leg, share) : []).entries()) {
      if (continues && !index) drawn[drawn.length - 1]!.push(end)
      else drawn.push([start, end])
    }
    continues = Boolean(shown) && share === 1
  })
  return drawn
}
