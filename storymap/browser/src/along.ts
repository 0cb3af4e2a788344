/**
 * Names along lines: letter by letter on a parallel of a smoothed course, upright.
 *
 * Pixels of the map.
 */
import { nearestOn } from "./courses.ts"
import type { Point, Spot } from "./labels.ts"

/** A letter: where its baseline begins, and how far it is turned clockwise, in degrees. */
export interface Letter extends Point {
  angle: number
}

/** A way to write a name along a line. */
export interface Stretch extends Spot {
  letters: readonly Letter[]
}

/** Distance of the points of which a smooth line is made. */
const STEP = 3
/** points on each side over which it is smoothed, twice */
const SMOOTH = 6
/** Between a name and its line. */
const GAP = 4
/** kept free round each letter */
const AIR = 2
/** Height of letters above and below their baseline, in em. */
const ASCENT = 0.74
const DESCENT = 0.24
/** how far a line may bulge from what is smoothed of it, or it would run through its name */
const LOOSE = 6
/** how far along the line a name may stand from its middle, the nearest first */
const SHIFTS = [0, 24, -24, 48, -48, 80, -80, 120, -120]
/** The most that one letter may be turned from the next, and the first from the last; degrees. */
const TURN = 17
const BEND = 75
/** degrees of turning that are as bad as a pixel off the middle */
const CALM = 1.5

/**
 * The ways to write letters of these `widths` along a course, near a spot on it; the calmest first,
 * none where it winds too much, under a name too, or is too short.
 */
export function stretches(
  course: readonly Point[],
  spot: Point,
  widths: readonly number[],
  em: number,
): Stretch[] {
  const length = widths.reduce((sum, width) => sum + width, 0)
  const reach = length / 2 + Math.max(...SHIFTS) + 2 * SMOOTH * STEP
  const { after, x, y } = nearestOn(course, spot)
  const middle = { x, y }
  const before = walk(course.slice(0, after + 1).reverse(), middle, reach)
  const way = [...before.reverse(), middle, ...walk(course.slice(after + 1), middle, reach)]
  const backwards = way[way.length - 1]!.x < way[0]!.x
  const exact = resampled(backwards ? way.reverse() : way)
  const smooth = smoothed(smoothed(exact))
  const aside = parallel(smooth, 1).map((left, i) => {
    const { x, y } = smooth[i]!
    return (exact[i]!.x - x) * (left.x - x) + (exact[i]!.y - y) * (left.y - y)
  })
  const ways = [GAP + DESCENT * em, -GAP - ASCENT * em].flatMap((off) => {
    const line = new Line(parallel(smooth, off))
    const astray = aside.map((each) => each * Math.sign(off) > LOOSE)
    const at = line.nearest(middle)
    return SHIFTS.flatMap((shift) => {
      const start = at + shift - length / 2
      const letters = set(line, start, widths)
      const under = astray.slice(line.after(start) - 1, line.after(start + length) + 1)
      if (!letters || under.includes(true)) return []
      const angles = letters.map(({ angle }) => angle)
      const turns = angles.slice(1).map((angle, i) => Math.abs(angle - angles[i]!))
      const bend = Math.max(...angles) - Math.min(...angles)
      if (Math.max(0, ...turns) > TURN || bend > BEND) return []
      const cost = Math.abs(shift) + CALM * turns.reduce((sum, turn) => sum + turn, 0)
      return [{ cost, stretch: stretch(letters, widths, em) }]
    })
  })
  return ways.sort((a, b) => a.cost - b.cost).map(({ stretch }) => stretch)
}

/** The points of a line that goes on from a point, as far as `reach`. */
function walk(line: readonly Point[], from: Point, reach: number): Point[] {
  let gone = 0
  const end = line.findIndex((point, i) => (gone += distance(point, line[i - 1] ?? from)) > reach)
  return line.slice(0, end < 0 ? undefined : end + 1)
}

function resampled(points: readonly Point[]): Point[] {
  const line = new Line(points)
  const count = Math.floor(line.length / STEP)
  return Array.from({ length: count + 1 }, (_, i) => line.at(i * STEP))
}

/** The line with each point in the middle of those around it. */
function smoothed(points: readonly Point[]): Point[] {
  return points.map((_, i) => {
    const reach = Math.min(SMOOTH, i, points.length - 1 - i)
    const around = points.slice(i - reach, i + reach + 1)
    return {
      x: around.reduce((sum, { x }) => sum + x, 0) / around.length,
      y: around.reduce((sum, { y }) => sum + y, 0) / around.length,
    }
  })
}

/** The line so many pixels to the left of another. */
function parallel(points: readonly Point[], off: number): Point[] {
  return points.map(({ x, y }, i) => {
    const a = points[Math.max(0, i - 1)]!
    const b = points[Math.min(points.length - 1, i + 1)]!
    const length = distance(a, b) || 1
    return { x: x + (off * (b.y - a.y)) / length, y: y - (off * (b.x - a.x)) / length }
  })
}

/** Letters on a line from `start` on; null where it is too short. */
function set(line: Line, start: number, widths: readonly number[]): Letter[] | null {
  let at = start
  const letters = widths.map((width) => {
    const from = line.at(at)
    const to = line.at((at += width))
    return { ...from, angle: (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI }
  })
  return start < 0 || at > line.length ? null : letters
}

function stretch(letters: readonly Letter[], widths: readonly number[], em: number): Stretch {
  const rects = letters.map(({ x, y, angle }, i) => {
    const cos = Math.cos((angle * Math.PI) / 180)
    const sin = Math.sin((angle * Math.PI) / 180)
    const corners = [0, widths[i]!].flatMap((u) =>
      [-ASCENT * em, DESCENT * em].map((v) => ({ x: x + u * cos - v * sin, y: y + u * sin + v * cos })),
    )
    return {
      left: Math.min(...corners.map((corner) => corner.x)) - AIR,
      top: Math.min(...corners.map((corner) => corner.y)) - AIR,
      right: Math.max(...corners.map((corner) => corner.x)) + AIR,
      bottom: Math.max(...corners.map((corner) => corner.y)) + AIR,
    }
  })
  return {
    letters,
    rects,
    x: Math.min(...rects.map(({ left }) => left)),
    y: Math.min(...rects.map(({ top }) => top)),
  }
}

/** A line by the length along it. */
class Line {
  readonly #points: readonly Point[]
  /** how far each point is from the first */
  readonly #marks: number[] = []

  constructor(points: readonly Point[]) {
    this.#points = points
    points.forEach((point, i) => {
      this.#marks.push(i ? this.#marks[i - 1]! + distance(point, points[i - 1]!) : 0)
    })
  }

  get length(): number {
    return this.#marks[this.#marks.length - 1] ?? 0
  }

  /** The index of the first point beyond a length, or of the last one. */
  after(length: number): number {
    const found = this.#marks.findIndex((mark) => mark > length)
    return Math.max(1, found < 0 ? this.#points.length - 1 : found)
  }

  at(length: number): Point {
    const i = this.after(length)
    const [a, b] = [this.#points[i - 1]!, this.#points[i] ?? this.#points[i - 1]!]
    const share = (length - this.#marks[i - 1]!) / (distance(a, b) || 1)
    return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
  }

  /** How far along it the point is that is nearest to a spot. */
  nearest(spot: Point): number {
    const { after, ...point } = nearestOn(this.#points, spot)
    return this.#marks[after]! + distance(point, this.#points[after]!)
  }
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
