/**
 * The built-in base map: the page's own paths, painted on canvases under Leaflet's other layers.
 *
 * Whatever moves the map, the last picture moves with it at once, as a transformed element. It is
 * painted anew when the map has come to rest, and on the way only where it would show a gap or a
 * blur. The lines that follow the coast at sea are slow to paint; they come when all is at rest.
 */

/** zoom at which a unit of the paths is a CSS pixel: `PLANE_ZOOM` of `storymap/atlas` */
const PLANE_ZOOM = 10
/** how far the picture reaches beyond the map on each side, as a share of the map's size */
const PADDING = 0.2
/** how far the picture may be stretched before it is painted anew */
const STRETCH = 1.7
const MAX_PIXEL_RATIO = 2
/** how long the map has been at rest when the waterlines are drawn; milliseconds */
const REST = 120

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
  borders: { line: "--border", alpha: 0.5, width: [0.6, 1.2] },
}

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

interface Shape {
  layer: string
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
}

/** Returns a Leaflet layer that draws the atlas whose definitions are inside `root`. */
export function atlasLayer(root: Element): L.Layer {
  return new AtlasLayer(readLevels(root))
}

function readLevels(root: Element): Level[] {
  const levels = new Map<number, Level>()
  for (const element of root.querySelectorAll<SVGPathElement>("path.sm-a")) {
    const { layer = "", from: attribute } = element.dataset
    const { a: unit, e: left, f: top } = element.transform.baseVal.getItem(0).matrix
    const shape = { layer, path: new Path2D(element.getAttribute("d") ?? ""), unit, left, top }
    const from = Number(attribute)
    const level = levels.get(from) ?? { from, region: undefined, shapes: [] }
    if (layer === "region") level.region = shape
    else level.shapes.push(shape)
    levels.set(from, level)
  }
  return [...levels.values()]
}

class AtlasLayer extends L.Layer {
  readonly #levels: Level[]
  readonly #sea = new Picture()
  readonly #land = new Picture()
  /** where a level is painted that covers a part of the picture only */
  readonly #easel = new Picture()
  readonly #dark = matchMedia("(prefers-color-scheme: dark)")
  readonly #renew = () => this.#paint(this.#levels)
  #waiting = 0

  constructor(levels: Level[]) {
    super()
    this.#levels = levels
  }

  override onAdd(map: L.Map): this {
    const pane = map.getPane("atlas") ?? map.createPane("atlas")
    pane.style.zIndex = "100"
    pane.append(this.#sea.canvas, this.#land.canvas)
    this.#dark.addEventListener("change", this.#renew)
    this.#renew()
    return this
  }

  override onRemove(): this {
    clearTimeout(this.#waiting)
    this.#sea.canvas.remove()
    this.#land.canvas.remove()
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

  #place(center: L.LatLng, zoom: number): void {
    for (const picture of [this.#sea, this.#land]) picture.place(this._map, center, zoom)
  }

  /** Moves the pictures with the map; paints the land anew where that would not be enough. */
  #follow(): void {
    const stretch = this._map.getZoomScale(this._map.getZoom(), this.#land.view.zoom)
    if (stretch > STRETCH || stretch < 1 / STRETCH || !this.#land.covers(this._map)) {
      this.#paint(this.#levels.filter(({ region }) => !region))
    } else {
      this.#place(this._map.getCenter(), this._map.getZoom())
    }
  }

  #paint(levels: Level[]): void {
    const view = around(this._map)
    const brush = this.#land.begin(view)
    for (const { from, region, shapes } of levels) {
      if (from > view.zoom) continue
      if (region) {
        const part = this.#easel.begin(view)
        part.level(shapes)
        part.keep(region)
        brush.replace(region, this.#easel.canvas)
      } else {
        brush.level(shapes)
      }
    }
    brush.grid(this._map)
    this.#place(this._map.getCenter(), view.zoom)
    this.#sea.canvas.style.opacity = "0"
    clearTimeout(this.#waiting)
    this.#waiting = window.setTimeout(() => this.#engrave(), REST)
  }

  /** Draws the waterlines, one at a time so that the page stays awake, and lets them appear. */
  #engrave(): void {
    const view = around(this._map)
    const levels = this.#levels.filter(({ from }) => from <= view.zoom)
    const brush = this.#sea.begin(view)
    const strokes = levels.flatMap(({ region, shapes }) => {
      const land = shapes.filter(({ layer }) => layer === "land")
      const lines = WATERLINES.map((line) => () => land.forEach((shape) => brush.waterline(shape, line)))
      return region ? [() => brush.confine(region), ...lines] : lines
    })
    const next = () => {
      const stroke = strokes.shift()
      if (stroke) {
        stroke()
        this.#waiting = window.setTimeout(next)
      } else {
        this.#sea.canvas.style.opacity = "1"
      }
    }
    this.#place(this._map.getCenter(), view.zoom)
    next()
  }
}

/** What a map shows, and some more on each side. */
function around(map: L.Map): View {
  const padding = map.getSize().multiplyBy(PADDING).round()
  const { x: width, y: height } = map.getSize().add(padding.multiplyBy(2))
  const corner = map.containerPointToLayerPoint(padding.multiplyBy(-1))
  const { x: left, y: top } = map.getPixelOrigin().add(corner)
  return { zoom: map.getZoom(), left, top, width, height }
}

/** A canvas and what it shows. */
class Picture {
  readonly canvas = document.createElement("canvas")
  view: View = { zoom: 0, left: 0, top: 0, width: 0, height: 0 }

  constructor() {
    this.canvas.className = "leaflet-zoom-animated sm-atlas"
  }

  /** Wipes the canvas and returns a brush that paints `view` on it. */
  begin(view: View): Brush {
    const ratio = Math.min(devicePixelRatio, MAX_PIXEL_RATIO)
    this.view = view
    this.canvas.width = Math.round(view.width * ratio)
    this.canvas.height = Math.round(view.height * ratio)
    this.canvas.style.width = `${view.width}px`
    this.canvas.style.height = `${view.height}px`
    const context = this.canvas.getContext("2d")
    if (!context) throw new Error("this browser has no canvas")
    return new Brush(context, view, ratio)
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
  readonly #ratio: number
  readonly #tokens = getComputedStyle(document.documentElement)
  /** 0 at zoom 3, 1 at zoom 10 */
  readonly #growth: number

  constructor(context: CanvasRenderingContext2D, view: View, ratio: number) {
    this.#context = context
    this.#view = view
    this.#ratio = ratio
    this.#growth = Math.max(0, Math.min(1, (view.zoom - 3) / 7))
    context.lineJoin = "bevel"
  }

  /** Paints shapes in their order; the sea stays transparent. */
  level(shapes: Shape[]): void {
    for (const shape of shapes) {
      const style = STYLES[shape.layer]
      if (!style) continue
      if (style.fill) this.#fill(shape, style.fill)
      const [thin, thick] = style.width
      this.#stroke(shape, style.line, style.alpha, thin + (thick - thin) * this.#growth)
    }
  }

  /** Wipes out what is not inside `region`. */
  keep(region: Shape): void {
    this.#blending("destination-in", () => this.#fill(region, "--sea"))
  }

  /** Puts another picture of the same size, kept inside `region`, in the place of what is there. */
  replace(region: Shape, picture: HTMLCanvasElement): void {
    this.#blending("destination-out", () => this.#fill(region, "--sea"))
    this.#flat()
    // Their soft edges add up to a whole: no seam shows.
    this.#blending("lighter", () =>
      this.#context.drawImage(picture, 0, 0, this.#view.width, this.#view.height),
    )
  }

  /** Wipes out what is inside `region`, and from now on paints only there. */
  confine(region: Shape): void {
    this.#blending("destination-out", () => this.#fill(region, "--sea"))
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

  /** Goes over to the shape's coordinates; returns how many of their units a CSS pixel is. */
  #enter({ unit, left, top }: Shape): number {
    const scale = 2 ** (this.#view.zoom - PLANE_ZOOM)
    const k = this.#ratio * scale * unit
    const x = this.#ratio * (left * scale - this.#view.left)
    const y = this.#ratio * (top * scale - this.#view.top)
    this.#context.setTransform(k, 0, 0, k, x, y)
    return this.#ratio / k
  }

  /** Goes back to the picture's own coordinates, in CSS pixels. */
  #flat(): void {
    this.#context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
    this.#context.globalAlpha = 1
  }

  #colour(token: Token): string {
    return this.#tokens.getPropertyValue(token).trim()
  }
}
