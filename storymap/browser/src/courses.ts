/** The courses of rivers: the lines of the atlas one by one, so that names can follow them. */
import type { GroundPath } from "./ground.ts"
import type { Point } from "./labels.ts"

/** One line, in pixels of the atlas' plane. */
export interface Course {
  points: readonly Point[]
  /** zoom from which its level of detail is drawn */
  from: number
}

/** How far a river may be from where it is named, in pixels of the plane. */
const NEAR = 60

/** The lines of all rivers of the base map. */
export function coursesOf(ground: readonly GroundPath[]): Course[] {
  const rivers = ground.filter(({ layer }) => layer.startsWith("rivers"))
  return rivers.flatMap((path) => onPlane(path).map((points) => ({ from: path.from, points })))
}

/** The lines of a path, in pixels of the plane. */
export function onPlane({ unit, left, top, d }: GroundPath): Point[][] {
  return linesOf(d).map((line) =>
    line.map(({ x, y }) => ({ x: left + x * unit, y: top + y * unit })),
  )
}

/** The lines of path data that has only `m`, the relative lines that follow from it, and `z`. */
export function linesOf(data: string): Point[][] {
  let x = 0
  let y = 0
  return data
    .split("m")
    .slice(1)
    .map((part) => {
      const steps = part.match(/-?\d+/g)?.map(Number) ?? []
      const line: Point[] = []
      for (let at = 0; at + 1 < steps.length; at += 2) {
        x += steps[at]!
        y += steps[at + 1]!
        line.push({ x, y })
      }
      if (line[0] && part.endsWith("z")) ({ x, y } = line[0])
      return line
    })
}

/** The course that passes a spot at each level of detail, the coarsest first. */
export function coursesAt(courses: readonly Course[], spot: Point): Course[] {
  const found = new Map<number, { course: Course; off: number }>()
  for (const course of courses) {
    const { off } = nearestOn(course.points, spot)
    if (off < (found.get(course.from)?.off ?? NEAR)) found.set(course.from, { course, off })
  }
  return [...found.values()].map(({ course }) => course).sort((a, b) => a.from - b.from)
}

/** The point of a line that is nearest to a spot: how far off it is, and the corner before it. */
export function nearestOn(line: readonly Point[], { x, y }: Point) {
  let nearest = { off: Infinity, after: 0, x: 0, y: 0 }
  for (let after = 0; after + 1 < line.length; after++) {
    const [from, to] = [line[after]!, line[after + 1]!]
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const share = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)
    const at = Math.max(0, Math.min(1, share))
    const point = { x: from.x + at * dx, y: from.y + at * dy }
    const off = Math.hypot(point.x - x, point.y - y)
    if (off < nearest.off) nearest = { off, after, ...point }
  }
  return nearest
}
