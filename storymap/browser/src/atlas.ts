/**
 * The built-in base map: the page's own paths, painted on canvases under Leaflet's other layers.
 *
 * Whatever moves the map, the last picture moves with it at once, as a transformed element. It is
 * painted anew when the map has come to rest, and on the way only where it would show a gap or a
 * blur. The lines that follow the coast at sea are slow to paint; they come when all is at rest.
 */

import { reducedMotion } from "./dom.ts"

/** zoom at which a unit of the paths is a CSS pixel: `PLANE_ZOOM` of `storymap/atlas` */
const PLANE_ZOOM = 10
/** how far the picture may be stretched before it is painted anew */
const STRETCH = 2
/** pixels of the screen that a CSS pixel is wide, as far as the picture heeds it */
const MAX_PIXEL_RATIO = 2

/** How well a picture is painted. */
interface Finish {
  /** how far it reaches beyond the map on each side, as a share of the map's size */
  padding: number
  /** its pixels for each of the screen's */
  ratio: number
}
const FINE: Finish = { padding: 0.2, ratio: 1 }
/** larger and coarser, for a map whose zoom is changing */
const SKETCH: Finish = { padding: 0.6, ratio: 0.5 }

/** how long the map has been at rest when the waterlines are drawn; milliseconds */
const REST = 120
/** how long they take to appear; milliseconds */
const FADE = 200

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

/** Today's borders where they are not those of the step and where they are; former borders. */
const ASIDE: Style = { line: "--border", alpha: 0.35, width: [0.5, 1] }
const PRESENT: Style = { line: "--border", alpha: 0.8, width: [0.7, 1.5] }
const BORDER: Style = { line: "--border", alpha: 0.95, width: [1.1, 2.2] }
/** a dash and a dot, in pixels at zoom 3 and at zoom 10 */
const DASHES = [
  [5, 2, 1, 2],
  [14, 5, 2, 5],
] as const
/** what lies under former borders; so many times as wide as they are */
const BAND = { alpha: 0.16, width: 4 } as const

/** Lines that follow the coast at sea, the outermost first: pixels from it at zoom 10, strength. */
const WATERLINES = [
  [10, 0.14],
  [6, 0.22],
  [2.8, 0.34],
] as const

/** Degrees between the lines of the grid, by the zoom from which they are. */
const GRID = [
  [8.5, 1],
  [6, 5],
  [0, 10],
] as const
const GRID_ALPHA = 0.13

/** What is no relief: in hard light it changes nothing. */
const FLAT = "#808080"
/** Strength of the relief at the zoom where its pixels are the screen's, and where they blur. */
const RELIEF_ALPHA = [
  [6.5, 1],
  [9.5, 0.15],
] as const

interface Shape {
  layer: string
  /** what borders are those of: `today`, or a state of former times; otherwise empty */
  period: string
  path: Path2D
  /** pixels of the plane: length of the path's unit, and where its origin lies */
  unit: number
  left: number
  top: number
}

/** A level of detail: its shapes in the order of painting. */
interface Level {
  /** zoom from which it is drawn */
  from: number
  /** where it is drawn; everywhere where there is none */
  region: Shape | undefined
  shapes: Shape[]
}

/** A picture: the pixels of the world at `zoom` from (`left`, `top`) on. */
interface View {
  zoom: number
  left: number
  top: number
  width: number
  height: number
  /** pixels of the canvas for each CSS pixel */
  ratio: number
}

/** Light and shade in middle grey, and where it lies on the plane. */
interface Relief {
  picture: HTMLCanvasElement
  left: number
  top: number
  /** pixels of the plane that a pixel of the picture is wide */
  unit: number
}

export interface Atlas extends L.Layer {
  /** Draws the borders of these periods, and today's as a faint help where it is not one of them. */
  setPeriods(periods: readonly string[]): void
}

/**
 * Returns a Leaflet layer that draws the atlas whose definitions are inside `root`. It fires
 * `load` when the relief, which comes a moment later than the rest, is there too.
 */
export function atlasLayer(root: Element): Atlas {
  return new AtlasLayer(readLevels(root), readRelief(root))
}

/** Puts the tiles of the relief together, so that no seam can show between them. */
async function readRelief(root: Element): Promise<Relief | undefined> {
  const tiles = [...root.querySelectorAll<SVGImageElement>("image.sm-a-tile")]
  const pictures = await Promise.all(
    tiles.map(async ({ href, x, y, width }) => {
      const image = new Image()
      image.src = href.baseVal
      await image.decode()
      return { image, x: x.baseVal.value, y: y.baseVal.value, size: width.baseVal.value }
    }),
  )
  const [first] = pictures
  if (!first) return undefined
  const left = Math.min(...pictures.map(({ x }) => x))
  const top = Math.min(...pictures.map(({ y }) => y))
  const unit = first.size / first.image.width
  const picture = document.createElement("canvas")
  picture.width = (Math.max(...pictures.map(({ x }) => x)) + first.size - left) / unit
  picture.height = (Math.max(...pictures.map(({ y }) => y)) + first.size - top) / unit
  const context = brushOf(picture)
  context.fillStyle = FLAT
  context.fillRect(0, 0, picture.width, picture.height)
  for (const { image, x, y } of pictures) context.drawImage(image, (x - left) / unit, (y - top) / unit)
  return { picture, left, top, unit }
}

function brushOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d")
  if (!context) throw new Error("this browser has no canvas")
  return context
}

function readLevels(root: Element): Level[] {
  const levels = new Map<number, Level>()
  for (const element of root.querySelectorAll<SVGPathElement>("path.sm-a")) {
    const { layer = "", period = "", from: attribute } = element.dataset
    const { a: unit, e: left, f: top } = element.transform.baseVal.getItem(0).matrix
    const path = new Path2D(element.getAttribute("d") ?? "")
    const shape = { layer, period, path, unit, left, top }
    const from = Number(attribute)
    const level = levels.get(from) ?? { from, region: undefined, shapes: [] }
    if (layer === "region") level.region = shape
    else level.shapes.push(shape)
    levels.set(from, level)
  }
  return [...levels.values()]
}

class AtlasLayer extends L.Layer implements Atlas {
  readonly #levels: Level[]
  readonly #ground = new Picture()
  readonly #waterlines = new Picture()
  #relief: Relief | undefined
  /** where a level is painted that covers a part of the picture only */
  readonly #easel = new Picture()
  readonly #dark = matchMedia("(prefers-color-scheme: dark)")
  readonly #renew = () => this.#paint(FINE)
  #waiting = 0
  #periods: readonly string[] = []

  constructor(levels: Level[], relief: Promise<Relief | undefined>) {
    super()
    this.#levels = levels
    void relief.then((loaded) => {
      this.#relief = loaded
      if (this._map) this.#renew()
      this.fire("load")
    })
  }

  override onAdd(map: L.Map): this {
    const pane = map.getPane("atlas") ?? map.createPane("atlas")
    pane.style.zIndex = "100"
    pane.append(this.#ground.canvas, this.#waterlines.canvas)
    this.#dark.addEventListener("change", this.#renew)
    this.#renew()
    return this
  }

  override onRemove(): this {
    clearTimeout(this.#waiting)
    this.#ground.canvas.remove()
    this.#waterlines.canvas.remove()
    this.#dark.removeEventListener("change", this.#renew)
    return this
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      moveend: this.#renew,
      resize: this.#renew,
      move: () => this.#follow(),
      zoomanim: (event) => {
        const { center, zoom } = event as L.ZoomAnimEvent
        this.#place(center, zoom)
      },
    }
  }

  setPeriods(periods: readonly string[]): void {
    if (periods.join() === this.#periods.join()) return
    this.#periods = [...periods]
    if (this._map) this.#renew()
  }

  #place(center: L.LatLng, zoom: number): void {
    for (const picture of [this.#ground, this.#waterlines]) picture.place(this._map, center, zoom)
  }

  /** Moves the pictures with the map; paints the ground anew where that would not be enough. */
  #follow(): void {
    const stretch = this._map.getZoomScale(this._map.getZoom(), this.#ground.view.zoom)
    if (stretch > STRETCH || stretch < 1 / STRETCH || !this.#ground.covers(this._map)) {
      this.#paint(stretch === 1 ? FINE : SKETCH)
    } else {
      this.#place(this._map.getCenter(), this._map.getZoom())
    }
  }

  #paint(finish: Finish): void {
    const view = around(this._map, finish)
    const brush = this.#ground.begin(view)
    for (const { from, region, shapes } of this.#levels) {
      if (from > view.zoom) continue
      if (!region) {
        brush.level(shapes, this.#relief, this.#periods)
      } else if (finish === FINE) {
        const part = this.#easel.begin(view)
        part.level(shapes, this.#relief, this.#periods)
        part.keep(region)
        brush.print(this.#easel.canvas)
      }
    }
    brush.grid(this._map)
    this.#place(this._map.getCenter(), view.zoom)
    this.#waterlines.canvas.style.opacity = "0"
    clearTimeout(this.#waiting)
    this.#waiting = window.setTimeout(() => this.#engrave(), REST)
  }

  /** Draws the waterlines, one at a time so that the page stays awake, and lets them appear. */
  #engrave(): void {
    const view = around(this._map, FINE)
    const levels = this.#levels.filter(({ from }) => from <= view.zoom)
    const brush = this.#waterlines.begin(view)
    const strokes = levels.flatMap(({ region, shapes }) => {
      const land = shapes.find(({ layer }) => layer === "land")
      if (!land) return []
      const lines = WATERLINES.map((line) => () => brush.waterline(land, line))
      const within = region ? [() => brush.confine(region)] : []
      return [...within, ...lines, () => brush.wipe(land)]
    })
    const next = () => {
      const stroke = strokes.shift()
      if (stroke) {
        stroke()
        this.#waiting = window.setTimeout(next)
      } else {
        this.#waterlines.canvas.style.opacity = "1"
        if (!reducedMotion()) this.#waterlines.canvas.animate({ opacity: [0, 1] }, FADE)
      }
    }
    this.#place(this._map.getCenter(), view.zoom)
    next()
  }
}

/** What a map shows, and some more on each side. */
function around(map: L.Map, finish: Finish): View {
  const padding = map.getSize().multiplyBy(finish.padding).round()
  const { x: width, y: height } = map.getSize().add(padding.multiplyBy(2))
  const corner = map.containerPointToLayerPoint(padding.multiplyBy(-1))
  const { x: left, y: top } = map.getPixelOrigin().add(corner)
  const ratio = finish.ratio * Math.min(devicePixelRatio, MAX_PIXEL_RATIO)
  return { zoom: map.getZoom(), left, top, width, height, ratio }
}

/** A canvas and what it shows. */
class Picture {
  readonly canvas = document.createElement("canvas")
  view: View = { zoom: 0, left: 0, top: 0, width: 0, height: 0, ratio: 1 }

  constructor() {
    this.canvas.className = "leaflet-zoom-animated sm-atlas"
  }

  /** Wipes the canvas and returns a brush that paints `view` on it. */
  begin(view: View): Brush {
    this.view = view
    this.canvas.width = Math.round(view.width * view.ratio)
    this.canvas.height = Math.round(view.height * view.ratio)
    this.canvas.style.width = `${view.width}px`
    this.canvas.style.height = `${view.height}px`
    return new Brush(brushOf(this.canvas), view)
  }

  /** Tells whether the picture reaches to all edges of the map. */
  covers(map: L.Map): boolean {
    const scale = map.getZoomScale(map.getZoom(), this.view.zoom)
    const { left, top, width, height } = this.view
    const from = L.point(left, top).multiplyBy(scale)
    const to = L.point(left + width, top + height).multiplyBy(scale)
    return L.bounds(from, to).contains(map.getPixelBounds())
  }

  /** Sets the picture where it belongs when the map shows `center` at `zoom`. */
  place(map: L.Map, center: L.LatLng, zoom: number): void {
    const scale = map.getZoomScale(zoom, this.view.zoom)
    const pane = L.DomUtil.getPosition(map.getPane("mapPane") as HTMLElement)
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round()
    const corner = L.point(this.view.left, this.view.top).multiplyBy(scale).subtract(origin)
    L.DomUtil.setTransform(this.canvas, corner, scale)
  }
}

/** Paints one picture in the colours that the page has now. */
class Brush {
  readonly #context: CanvasRenderingContext2D
  readonly #view: View
  readonly #tokens = getComputedStyle(document.documentElement)
  /** 0 at zoom 3, 1 at zoom 10 */
  readonly #growth: number

  constructor(context: CanvasRenderingContext2D, view: View) {
    this.#context = context
    this.#view = view
    this.#growth = Math.max(0, Math.min(1, (view.zoom - 3) / 7))
    context.lineJoin = "bevel"
  }

  /** Paints the sea and the shapes in their order, the relief on the land. */
  level(shapes: Shape[], relief: Relief | undefined, periods: readonly string[]): void {
    this.#flat()
    this.#context.fillStyle = this.#colour("--sea")
    this.#context.fillRect(0, 0, this.#view.width, this.#view.height)
    for (const shape of shapes) {
      if (shape.layer === "borders") this.#border(shape, periods.includes(shape.period))
      const style = STYLES[shape.layer]
      if (!style) continue
      if (style.fill) this.#fill(shape, style.fill)
      if (relief && shape.layer === "land") this.#shade(relief)
      this.#line(shape, style)
    }
  }

  /** Wipes out what is not inside `region`. */
  keep(region: Shape): void {
    this.#blending("destination-in", () => this.#fill(region, "--sea"))
  }

  /** Lays another picture of the same size over this one. */
  print(picture: HTMLCanvasElement): void {
    this.#flat()
    this.#context.drawImage(picture, 0, 0, this.#view.width, this.#view.height)
  }

  /** Wipes out what is inside `shape`. */
  wipe(shape: Shape): void {
    this.#blending("destination-out", () => this.#fill(shape, "--sea"))
  }

  /** Wipes out what is inside `region`, and from now on paints only there. */
  confine(region: Shape): void {
    this.wipe(region)
    this.#context.clip(region.path)
  }

  /** Draws a line off the coast by wiping out the inside of a broad one. */
  waterline(land: Shape, [distance, alpha]: readonly [number, number]): void {
    const width = 2 * distance * (0.5 + 0.5 * this.#growth)
    this.#stroke(land, "--accent-2", alpha, width + 0.8)
    this.#blending("destination-out", () => this.#stroke(land, "--sea", 1, width - 0.8))
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

  /** Draws former borders as a band with a line of dashes and dots, if they are `valid`. */
  #border(shape: Shape, valid: boolean): void {
    if (shape.period === "today") this.#line(shape, valid ? PRESENT : ASIDE)
    if (!valid || shape.period === "today") return
    this.#stroke(shape, BORDER.line, BAND.alpha, BAND.width * this.#grown(BORDER.width))
    const pixel = this.#enter(shape)
    const [short, long] = DASHES
    this.#context.setLineDash(short.map((dash, i) => pixel * this.#grown([dash, long[i] ?? dash])))
    this.#line(shape, BORDER)
    this.#context.setLineDash([])
  }

  #line(shape: Shape, { line, alpha, width }: Style): void {
    this.#stroke(shape, line, alpha, this.#grown(width))
  }

  /** Shades what is there. The relief is flat at sea. */
  #shade({ picture, left, top, unit }: Relief): void {
    const [[sharp, strong], [blurred, weak]] = RELIEF_ALPHA
    const blur = Math.max(0, Math.min(1, (this.#view.zoom - sharp) / (blurred - sharp)))
    this.#enter({ unit, left, top })
    this.#context.globalAlpha = strong + (weak - strong) * blur
    this.#context.imageSmoothingQuality = "medium"
    this.#blending("hard-light", () => this.#context.drawImage(picture, 0, 0))
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
    this.#context.fill(shape.path, "evenodd")
  }

  #stroke(shape: Shape, token: Token, alpha: number, width: number): void {
    this.#context.lineWidth = width * this.#enter(shape)
    this.#context.strokeStyle = this.#colour(token)
    this.#context.globalAlpha = alpha
    this.#context.stroke(shape.path)
  }

  /** Goes over to the coordinates of a shape or picture; returns how many of their units a CSS pixel is. */
  #enter({ unit, left, top }: Pick<Shape, "unit" | "left" | "top">): number {
    const { zoom, ratio, ...view } = this.#view
    const scale = 2 ** (zoom - PLANE_ZOOM)
    const k = ratio * scale * unit
    this.#context.setTransform(k, 0, 0, k, ratio * (left * scale - view.left), ratio * (top * scale - view.top))
    return ratio / k
  }

  /** Goes back to the picture's own coordinates, in CSS pixels. */
  #flat(): void {
    const { ratio } = this.#view
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.#context.globalAlpha = 1
  }

  #colour(token: Token): string {
    return this.#tokens.getPropertyValue(token).trim()
  }
}
