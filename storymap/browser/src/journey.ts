/** How far a journey has come along the legs of its route. */
import type { Passage } from "./story.ts"

/** A place on a route: a share, 0 to 1, of one of its legs. */
export interface Head {
  leg: number
  share: number
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
  const way = lengths.slice(first, last)
  let left = progress * way.reduce((sum, length) => sum + length, 0)
  for (const [index, length] of way.entries()) {
    if (left < length) return { leg: first + index, share: left / length }
    left -= length
  }
  return { leg: last - 1, share: 1 }
}
