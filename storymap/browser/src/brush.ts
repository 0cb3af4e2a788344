/**
 * How the base map is painted: the colours of the page, the weights of an engraved map.
 *
 * Knows paths and pixels of Web Mercator, nothing of maps that move.
 */
import type { Point } from "./labels.ts"
import type { Relief } from "./relief.ts"

/** zoom at which a unit of the paths is a CSS pixel: `PLANE_ZOOM` of `storymap/atlas` */
export const PLANE_ZOOM = 10

type Token = "--land" | "--sea" | "--border" | "--accent-2" | "--ink-2"

interface Style {
  fill?: Token
  line: Token
  /** strength of the line */
  alpha: number
  /** pixels at zoom 3 and at zoom 10 */
  width: readonly [number, number]
}

const STYLES: Record<string, Style> = {
  land: { fill: "--land", line: "--accent-2", alpha: 0.7, width: [0.5, 1.2] },
  "rivers-1": { line: "--accent-2", alpha: 0.5, width: [0.6, 2.2] },
  "rivers-2": { line: "--accent-2", alpha: 0.45, width: [0.4, 1.6] },
  "rivers-3": { line: "--accent-2", alpha: 0.4, width: [0.3, 1.1] },
  lakes: { fill: "--sea", line: "--accent-2", alpha: 0.6, width: [0.4, 1] },
}

/** Today's borders where they are not those of the step, and where they are. */
const ASIDE: Style = { line: "--border", alpha: 0.35, width: [0.5, 1] }
const PRESENT: Style = { line: "--border", alpha: 0.8, width: [0.7, 1.5] }
/** Former borders: of states, and of the parts that a state was made of. */
const FORMER: Record<string, Style> = {
  borders: { line: "--border", alpha: 0.95, width: [1.1, 2.2] },
  parts: { line: "--border", alpha: 0.85, width: [0.8, 1.5] },
}
/** a dash and a dot, in pixels at zoom 3 and at zoom 10 */
const DASHES = [
  [5, 2, 1, 2],
  [14, 5, 2, 5],
] as const
/** what lies under the borders of states; so many times as wide as they are */
const BAND = { alpha: 0.16, width: 4 } as const

/** What fills areas of which no border is known: strokes so many pixels wide and apart. */
const HATCH = { apart: 7, width: 1, alpha: 0.55 } as const

/** Lines that follow the coast at sea, the outermost first: pixels from it at zoom 10, strength. */
export const WATERLINES = [
  [10, 0.14],
  [6, 0.22],
  [2.8, 0.34],
] as const
type Waterline = (typeof WATERLINES)[number]

/** Degrees between the lines of the grid, by the zoom from which they are. */
const GRID = [
  [8.5, 1],
  [6, 5],
  [0, 10],
] as const
const GRID_ALPHA = 0.13

/** Strength of the relief at the zoom where its pixels are the screen's, and where they blur. */
const RELIEF_ALPHA = [
  [6.5, 1],
  [9.5, 0.15],
] as const

export interface Shape {
  layer: string
  /** whose border or area it is: a state of former times, `today`, or both */
  periods: readonly string[]
  /** Reads the path when it is first drawn. */
  path(): Path2D
  /** pixels of the plane: length of the path's unit, and where its origin lies */
  unit: number
  left: number
  top: number
}

/** Rings of a part of the world, in pixels of the plane. */
export type Region = readonly (readonly Point[])[]

/** A picture: the pixels of the world at `zoom` from (`left`, `top`) on. */
export interface View {
  zoom: number
  left: number
  top: number
  width: number
  height: number
  /** pixels of the canvas for each CSS pixel */
  ratio: number
}

/** The period of borders that are still there. */
const TODAY = "today"

/** Tells whether a shape is a border or an area of one of former *periods*. */
function holds(shape: Shape, periods: readonly string[]): boolean {
  return shape.periods.some((period) => period !== TODAY && periods.includes(period))
}

export function brushOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d")
  if (!context) throw new Error("this browser has no canvas")
  return context
}

/** Paints one picture in the colours that the page has now. */
export class Brush {
  readonly #context: CanvasRenderingContext2D
  readonly #view: View
  readonly #tokens = getComputedStyle(document.documentElement)
  readonly #colours = new Map<Token, string>()
  /** 0 at zoom 3, 1 at zoom 10 */
  readonly #growth: number

  constructor(context: CanvasRenderingContext2D, view: View) {
    this.#context = context
    this.#view = view
    this.#growth = Math.max(0, Math.min(1, (view.zoom - 3) / 7))
    context.lineJoin = "bevel"
  }

  /** Paints the sea and the shapes in their order, the relief on the land; what is slow, in slices. */
  *level(
    shapes: Shape[],
    relief: readonly Relief[],
    periods: readonly string[],
  ): Generator<void> {
    this.#flat()
    this.#context.fillStyle = this.#colour("--sea")
    this.#context.fillRect(0, 0, this.#view.width, this.#view.height)
    for (const shape of shapes) {
      if (shape.layer === "areas" && holds(shape, periods)) this.#hatch(shape)
      if (shape.layer in FORMER) this.#border(shape, periods)
      const style = STYLES[shape.layer]
      if (style?.fill) {
        this.#fill(shape, style.fill)
        yield
      }
      if (shape.layer === "land") {
        this.#shade(relief)
        yield
      }
      if (style) this.#line(shape, style)
    }
    yield
  }

  /** Goes on with a painting inside `region` alone. */
  *within(region: Region, painting: Generator<void>): Generator<void> {
    this.#context.save()
    this.#context.resetTransform()
    this.#context.clip(this.#edge(region))
    yield* painting
    this.#context.restore()
  }

  /** The outline of a region along whole pixels: through others would shine what lies below. */
  #edge(region: Region): Path2D {
    const { zoom, ratio, left, top } = this.#view
    const scale = 2 ** (zoom - PLANE_ZOOM)
    const edge = new Path2D()
    for (const ring of region) {
      ring.forEach(({ x, y }, i) => {
        const corner = [ratio * (x * scale - left), ratio * (y * scale - top)].map(Math.round)
        edge[i ? "lineTo" : "moveTo"](...(corner as [number, number]))
      })
      edge.closePath()
    }
    return edge
  }

  /** Lets all that is painted fade out above and below two lines, in so many pixels. */
  wear(top: number, bottom: number, soft: number): void {
    const { width, height } = this.#view
    this.#flat()
    this.#blending("destination-out", () => {
      for (const [edge, end] of [
        [top, 0],
        [bottom, height],
      ] as const) {
        const inner = edge + (edge < bottom ? soft : -soft)
        const fading = this.#context.createLinearGradient(0, edge, 0, inner)
        fading.addColorStop(0, "#000f")
        fading.addColorStop(1, "#0000")
        this.#context.fillStyle = fading
        this.#context.fillRect(0, Math.min(inner, end), width, Math.abs(inner - end))
      }
    })
  }

  /** Wipes out what is inside `shape`. */
  wipe(shape: Shape): void {
    this.#blending("destination-out", () => this.#fill(shape, "--sea"))
  }

  /** Wipes out what is inside `region`, and from now on paints only there. */
  confine(region: Region): void {
    const edge = this.#edge(region)
    this.#context.resetTransform()
    this.#context.globalAlpha = 1
    this.#blending("destination-out", () => this.#context.fill(edge))
    this.#context.clip(edge)
  }

  /** Draws a broad line along the coast, of which a line off the coast is what `offing` leaves. */
  shore(land: Shape, [distance, alpha]: Waterline): void {
    this.#stroke(land, "--accent-2", alpha, this.#off(distance) + 0.8)
  }

  /** Wipes out the inside of that. */
  offing(land: Shape, [distance]: Waterline): void {
    this.#blending("destination-out", () =>
      this.#stroke(land, "--sea", 1, this.#off(distance) - 0.8),
    )
  }

  #off(distance: number): number {
    return distance * (1 + this.#growth)
  }

  /** Draws the lines of latitude and longitude. */
  grid(map: L.Map): void {
    const { zoom, left, top, width, height } = this.#view
    const step = GRID.find(([from]) => zoom >= from)?.[1] ?? 10
    const first = map.unproject([left, top + height], zoom)
    const last = map.unproject([left + width, top], zoom)
    const context = this.#context
    this.#flat()
    context.beginPath()
    for (let lng = Math.ceil(first.lng / step) * step; lng <= last.lng; lng += step) {
      const x = map.project([0, lng], zoom).x - left
      context.moveTo(x, 0)
      context.lineTo(x, height)
    }
    for (let lat = Math.ceil(first.lat / step) * step; lat <= last.lat; lat += step) {
      const y = map.project([lat, 0], zoom).y - top
      context.moveTo(0, y)
      context.lineTo(width, y)
    }
    context.lineWidth = 0.7
    context.strokeStyle = this.#colour("--ink-2")
    context.globalAlpha = GRID_ALPHA
    context.stroke()
  }

  /** Draws a border: former ones as dashes and dots, those of states on a band. */
  #border(shape: Shape, periods: readonly string[]): void {
    const style = FORMER[shape.layer]
    if (!style || !holds(shape, periods)) {
      if (shape.periods.includes(TODAY)) this.#line(shape, periods.includes(TODAY) ? PRESENT : ASIDE)
      return
    }
    if (shape.layer === "borders") {
      this.#stroke(shape, style.line, BAND.alpha, BAND.width * this.#grown(style.width))
    }
    const pixel = this.#enter(shape)
    const [short, long] = DASHES
    this.#context.setLineDash(short.map((dash, i) => pixel * this.#grown([dash, long[i] ?? dash])))
    this.#line(shape, style)
    this.#context.setLineDash([])
  }

  /** Fills an area with slanted strokes that are the same at all zooms. */
  #hatch(shape: Shape): void {
    const { width, height } = this.#view
    const context = this.#context
    context.save()
    this.#enter(shape)
    context.clip(shape.path(), "evenodd")
    this.#flat()
    context.beginPath()
    for (let x = -height; x < width; x += HATCH.apart * Math.SQRT2) {
      context.moveTo(x, height)
      context.lineTo(x + height, 0)
    }
    context.lineWidth = HATCH.width
    context.globalAlpha = HATCH.alpha
    context.strokeStyle = this.#colour("--border")
    context.stroke()
    context.restore()
  }

  #line(shape: Shape, { line, alpha, width }: Style): void {
    this.#stroke(shape, line, alpha, this.#grown(width))
  }

  /** Shades what is there by the smallest relief that is no coarser than the picture. */
  #shade(sizes: readonly Relief[]): void {
    const relief = sizes.find((size) => this.#enter(size) >= this.#view.ratio) ?? sizes[sizes.length - 1]
    if (!relief) return
    const [[sharp, strong], [blurred, weak]] = RELIEF_ALPHA
    const blur = Math.max(0, Math.min(1, (this.#view.zoom - sharp) / (blurred - sharp)))
    this.#enter(relief)
    this.#context.globalAlpha = strong + (weak - strong) * blur
    this.#blending("hard-light", () => this.#context.drawImage(relief.picture, 0, 0))
  }

  #grown([thin, thick]: readonly [number, number]): number {
    return thin + (thick - thin) * this.#growth
  }

  #blending(mode: GlobalCompositeOperation, paint: () => void): void {
    this.#context.globalCompositeOperation = mode
    paint()
    this.#context.globalCompositeOperation = "source-over"
  }

  #fill(shape: Shape, token: Token): void {
    this.#enter(shape)
    this.#context.fillStyle = this.#colour(token)
    this.#context.globalAlpha = 1
    this.#context.fill(shape.path(), "evenodd")
  }

  #stroke(shape: Shape, token: Token, alpha: number, width: number): void {
    this.#context.lineWidth = width * this.#enter(shape)
    this.#context.strokeStyle = this.#colour(token)
    this.#context.globalAlpha = alpha
    this.#context.stroke(shape.path())
  }

  /** Goes over to the coordinates of a shape; returns how many of their units a CSS pixel is. */
  #enter({ unit, left, top }: Pick<Shape, "unit" | "left" | "top">): number {
    const { zoom, ratio, ...view } = this.#view
    const scale = 2 ** (zoom - PLANE_ZOOM)
    const k = ratio * scale * unit
    const x = ratio * (left * scale - view.left)
    const y = ratio * (top * scale - view.top)
    this.#context.setTransform(k, 0, 0, k, x, y)
    return ratio / k
  }

  /** Goes back to the picture's own coordinates, in CSS pixels. */
  #flat(): void {
    const { ratio } = this.#view
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.#context.globalAlpha = 1
  }

  #colour(token: Token): string {
    const known = this.#colours.get(token)
    if (known !== undefined) return known
    const colour = this.#tokens.getPropertyValue(token).trim()
    this.#colours.set(token, colour)
    return colour
  }
}
