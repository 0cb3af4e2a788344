/**
 * Lines and areas of the map as outlines: where they run at a zoom, and how SVG writes that.
 *
 * Points of the world are fractions of it, as in view.ts; what comes out is in pixels.
 */
import type { Point, Rect } from "./labels.ts"
import type { Position } from "./story.ts"
import { project } from "./view.ts"

/** How the world lies on the screen. */
export interface Plane {
  /** pixels that it is wide */
  world: number
  /** where its top left is */
  left: number
  top: number
  /** lines that reach beyond it end there */
  room: Rect
}

/** What an SVG path is to say for this plane. */
export type Outline = (plane: Plane) => string

/** An area of the map. */
export interface Area {
  outline: Outline
  /** size of all of it in fractions of the world */
  width: number
  height: number
}

/** Metres of a degree of latitude. */
const DEGREE_M = 111_194.93

/** Lines through points of the world. */
export function linesThrough(lines: readonly (readonly Position[])[]): Outline {
  const points = lines.map((line) => line.map(project))
  return (plane) => points.map((line) => written(clipped(placed(line, plane), plane.room))).join("")
}

/** The area inside rings of points of the world. */
export function areaWithin(rings: readonly (readonly Position[])[]): Area {
  const points = rings.map((ring) => ring.map(project))
  const all = points.flat()
  const stretch = (of: readonly number[]) => Math.max(...of) - Math.min(...of)
  return {
    outline: (plane) => points.map((ring) => `${written([placed(ring, plane)])}Z`).join(""),
    width: stretch(all.map(({ x }) => x)),
    height: stretch(all.map(({ y }) => y)),
  }
}

/** The area no farther than *radius* metres from a point; never smaller than *least* pixels. */
export function areaAround([lat, lon]: Position, radius: number, least: number): Area {
  const top = project([lat + radius / DEGREE_M, lon])
  const bottom = project([lat - radius / DEGREE_M, lon])
  const middle = { x: top.x, y: (top.y + bottom.y) / 2 }
  const size = bottom.y - top.y
  return {
    outline(plane) {
      const r = Math.max(least, round((size / 2) * plane.world))
      const [{ x, y }] = placed([middle], plane) as [Point]
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`
    },
    width: size,
    height: size,
  }
}

function placed(points: readonly Point[], { world, left, top }: Plane): Point[] {
  return points.map(({ x, y }) => ({ x: round(x * world + left), y: round(y * world + top) }))
}

/** What of a line lies in the room; a browser would make dashes for all of it. */
export function clipped(line: readonly Point[], room: Rect): Point[][] {
  const parts: Point[][] = []
  let last: Point | undefined
  for (const [index, to] of line.slice(1).entries()) {
    const part = stretchIn(line[index]!, to, room)
    if (!part) continue
    if (part[0] === last) parts[parts.length - 1]!.push(part[1])
    else parts.push(part)
    last = part[1]
  }
  return parts
}

/** Source: Liang & Barsky, "A new concept and method for line clipping", 1984. */
function stretchIn(a: Point, b: Point, { left, top, right, bottom }: Rect): [Point, Point] | null {
  const dx = b.x - a.x
  const dy = b.y - a.y
  let from = 0
  let to = 1
  for (const [step, room] of [
    [-dx, a.x - left],
    [dx, right - a.x],
    [-dy, a.y - top],
    [dy, bottom - a.y],
  ] as const) {
    if (step === 0 && room < 0) return null
    if (step < 0) from = Math.max(from, room / step)
    if (step > 0) to = Math.min(to, room / step)
  }
  if (from > to) return null
  const at = (share: number) => ({ x: round(a.x + share * dx), y: round(a.y + share * dy) })
  return [from > 0 ? at(from) : a, to < 1 ? at(to) : b]
}

function written(lines: readonly (readonly Point[])[]): string {
  return lines.map((line) => `M${line.map(({ x, y }) => `${x} ${y}`).join("L")}`).join("")
}

/** To a tenth: finer is not to be seen. */
const round = (pixels: number) => Math.round(10 * pixels) / 10
