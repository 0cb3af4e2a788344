/**
 * Views of the map as pure geometry: what to show of a box, and how to get there from elsewhere.
 *
 * Points are fractions of the Web Mercator world, [0, 1] from the top left. A view's scale is its
 * zoom: the world is 256 · 2^zoom pixels wide.
 */
import type { Box, Position } from "./story.ts"

export interface View {
  x: number
  y: number
  zoom: number
}

export interface Size {
  width: number
  height: number
}

/** Pixels along each edge that something else covers, or that should stay free. */
export interface Padding {
  left: number
  top: number
  right: number
  bottom: number
}

/** Width of the world at zoom 0. */
export const WORLD_PX = 256

/** Latitude at which Web Mercator's square ends. */
const LIMIT = 85.0511287798066

export function project([lat, lon]: Position): { x: number; y: number } {
  const sin = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180)
  return { x: lon / 360 + 0.5, y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI) }
}

export function unproject({ x, y }: { x: number; y: number }): Position {
  const lat = (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90
  return [lat, (x - 0.5) * 360]
}

/** A box of the world as fractions of it. */
export function corners([west, south, east, north]: Box): Padding {
  const { x: left, y: top } = project([north, west])
  const { x: right, y: bottom } = project([south, east])
  return { left, top, right, bottom }
}

/** Zoom at which a stretch of the world fills as many pixels; infinite for none. */
const zoomFor = (px: number, stretch: number) => Math.log2(Math.max(px, 1) / WORLD_PX / stretch)

/** The smallest zoom at which *bounds* cover a map of this size. */
export function coveringZoom(bounds: Box, { width, height }: Size): number {
  const { left, top, right, bottom } = corners(bounds)
  return Math.max(zoomFor(width, right - left), zoomFor(height, bottom - top))
}

/** The view that shows *box* in what the padding leaves, no closer than *zoomMax*. */
export function framing(box: Box, size: Size, padding: Padding, zoomMax: number): View {
  const { left, top, right, bottom } = corners(box)
  const zoom = Math.min(
    zoomFor(size.width - padding.left - padding.right, right - left),
    zoomFor(size.height - padding.top - padding.bottom, bottom - top),
    zoomMax,
  )
  return aside({ x: (left + right) / 2, y: (top + bottom) / 2, zoom }, padding)
}

/** The view that has the centre of *view* in the middle of what the padding leaves. */
export function aside({ x, y, zoom }: View, padding: Padding): View {
  const px = 1 / (WORLD_PX * 2 ** zoom)
  return {
    x: x + ((padding.right - padding.left) / 2) * px,
    y: y + ((padding.bottom - padding.top) / 2) * px,
    zoom,
  }
}

/**
 * The smallest zoom at which *bounds* cover a map from side to side, and from top to bottom too
 * unless only a smaller zoom has room for *whole*: a narrow map would cut off its ends.
 */
export function leastZoom(bounds: Box, whole: Box, size: Size, padding: Padding): number {
  const covering = coveringZoom(bounds, size)
  const { left, right } = corners(bounds)
  const { zoom } = framing(whole, size, padding, covering)
  return Math.max(zoom, zoomFor(size.width, right - left))
}

/** The view nearest to *view* that shows no more beyond *bounds* than *least*, a zoom, must. */
export function within(view: View, bounds: Box, size: Size, least: number): View {
  const zoom = Math.max(view.zoom, least)
  const { left, top, right, bottom } = corners(bounds)
  const world = WORLD_PX * 2 ** zoom
  return {
    x: inside(view.x, left, right, size.width / world),
    y: inside(view.y, top, bottom, size.height / world),
    zoom,
  }
}

/** The middle of a stretch between two ends; in the midst of them where they are nearer. */
function inside(middle: number, from: number, to: number, length: number): number {
  if (length >= to - from) return (from + to) / 2
  return Math.max(from + length / 2, Math.min(to - length / 2, middle))
}

export interface Flight {
  /** seconds */
  duration: number
  /** the view at a moment from 0 to 1 */
  at(moment: number): View
}

/** How much the path would rather zoom than pan; the paper's readers preferred 1.42. */
const RHO = 1.42

/** Seconds that one unit of the path takes, and the shortest and longest flight. */
const PACE = 0.55
const SHORTEST = 0.8
const LONGEST = 2.5

/**
 * The smoothest and most efficient way between two views on a map *width* pixels wide.
 *
 * Source: van Wijk & Nuij, "Smooth and efficient zooming and panning", InfoVis 2003, eq. 9.
 */
export function flight(from: View, to: View, width: number): Flight {
  const w0 = width / (WORLD_PX * 2 ** from.zoom)
  const w1 = width / (WORLD_PX * 2 ** to.zoom)
  const distance = Math.hypot(to.x - from.x, to.y - from.y)
  const { length, travelled, spread } =
    distance < w0 * 1e-4 ? zooming(w0, w1) : panning(w0, w1, distance)

  return {
    duration: Math.max(SHORTEST, Math.min(LONGEST, length * PACE)),
    at(moment) {
      if (moment >= 1) return to
      const s = ease(Math.max(0, moment)) * length
      const share = distance === 0 ? 0 : travelled(s) / distance
      return {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
        zoom: from.zoom + Math.log2(w0 / spread(s)),
      }
    },
  }
}

/** A path of the paper: its length; how far it has gone and how wide it sees after *s* of it. */
interface Path {
  length: number
  travelled(s: number): number
  spread(s: number): number
}

function zooming(w0: number, w1: number): Path {
  const inward = w1 < w0 ? -1 : 1
  return {
    length: Math.abs(Math.log(w1 / w0)) / RHO,
    travelled: () => 0,
    spread: (s) => w0 * Math.exp(inward * RHO * s),
  }
}

function panning(w0: number, w1: number, u1: number): Path {
  const rho2 = RHO * RHO
  const rho4u2 = rho2 * rho2 * u1 * u1
  const b0 = (w1 * w1 - w0 * w0 + rho4u2) / (2 * w0 * rho2 * u1)
  const b1 = (w1 * w1 - w0 * w0 - rho4u2) / (2 * w1 * rho2 * u1)
  const r0 = -Math.asinh(b0)
  const r1 = -Math.asinh(b1)
  return {
    length: (r1 - r0) / RHO,
    travelled: (s) => (w0 / rho2) * (Math.cosh(r0) * Math.tanh(RHO * s + r0) - Math.sinh(r0)),
    spread: (s) => (w0 * Math.cosh(r0)) / Math.cosh(RHO * s + r0),
  }
}

/** Slow, fast, slow. */
const ease = (t: number) => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2)
