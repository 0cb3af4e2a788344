/**
 * The built-in base map: the page's own paths, painted on a canvas under Leaflet's other layers.
 *
 * Whatever moves the map, the last picture moves with it at once, as a transformed element. It is
 * painted anew when the map has come to rest, and on the way only where it would show a gap or a
 * blur.
 */

/** zoom at which a unit of the paths is a CSS pixel: `PLANE_ZOOM` of `storymap/atlas` */
const PLANE_ZOOM = 10
/** how far the picture reaches beyond the map on each side, as a share of the map's size */
const PADDING = 0.25
/** how far the picture may be stretched before it is painted anew */
const STRETCH = 1.7
const MAX_PIXEL_RATIO = 2

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
  readonly #canvas = document.createElement("canvas")
  /** where a level is painted that covers a part of the picture only */
  readonly #easel = document.createElement("canvas")
  readonly #dark = matchMedia("(prefers-color-scheme: dark)")
  readonly #paintWhole = () => this.#paint(true)
  #view: View = { zoom: 0, left: 0, top: 0, width: 0, height: 0 }

  constructor(levels: Level[]) {
    super()
    this.#levels = levels
  }

  override onAdd(map: L.Map): this {
    const pane = map.getPane("atlas") ?? map.createPane("atlas")
    pane.style.zIndex = "100"
    this.#canvas.className = "leaflet-zoom-animated"
    pane.append(this.#canvas)
    this.#dark.addEventListener("change", this.#paintWhole)
    this.#paintWhole()
    return this
  }

  override onRemove(): this {
    this.#canvas.remove()
    this.#dark.removeEventListener("change", this.#paintWhole)
    return this
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return {
      moveend: this.#paintWhole,
      resize: this.#paintWhole,
      viewreset: this.#paintWhole,
      move: () => this.#follow(),
      zoomanim: (event) => {
        const { center, zoom } = event as L.ZoomAnimEvent
        this.#place(center, zoom)
      },
    }
  }

  /** Moves the picture with the map; paints a plainer one where that would not be enough. */
  #follow(): void {
    const map = this._map
    const stretch = map.getZoomScale(map.getZoom(), this.#view.zoom)
    if (stretch > STRETCH || stretch < 1 / STRETCH || !this.#covers()) this.#paint(false)
    else this.#place(map.getCenter(), map.getZoom())
  }

  /** Tells whether the picture reaches to all edges of the map. */
  #covers(): boolean {
    const map = this._map
    const scale = map.getZoomScale(map.getZoom(), this.#view.zoom)
    const { left, top, width, height } = this.#view
    const picture = L.bounds(
      L.point(left, top).multiplyBy(scale),
      L.point(left + width, top + height).multiplyBy(scale),
    )
    return picture.contains(map.getPixelBounds())
  }

  /** Sets the picture where it belongs when the map shows `center` at `zoom`. */
  #place(center: L.LatLng, zoom: number): void {
    const map = this._map
    const scale = map.getZoomScale(zoom, this.#view.zoom)
    const pane = L.DomUtil.getPosition(map.getPane("mapPane") as HTMLElement)
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round()
    const corner = L.point(this.#view.left, this.#view.top).multiplyBy(scale).subtract(origin)
    L.DomUtil.setTransform(this.#canvas, corner, scale)
  }

  #paint(ornate: boolean): void {
    const map = this._map
    const padding = map.getSize().multiplyBy(PADDING).round()
    const { x: width, y: height } = map.getSize().add(padding.multiplyBy(2))
    const { x: left, y: top } = map
      .getPixelOrigin()
      .add(map.containerPointToLayerPoint(padding.multiplyBy(-1)))
    this.#view = { zoom: map.getZoom(), left, top, width, height }
    const ratio = Math.min(devicePixelRatio, MAX_PIXEL_RATIO)
    const brush = new Brush(resized(this.#canvas, width, height, ratio), this.#view, ratio)
    for (const { from, region, shapes } of this.#levels) {
      if (from > this.#view.zoom) continue
      if (region) {
        const part = new Brush(resized(this.#easel, width, height, ratio), this.#view, ratio)
        part.level(shapes, ornate)
        part.keep(region)
        brush.print(this.#easel)
      } else {
        brush.level(shapes, ornate)
      }
    }
    brush.grid(map)
    this.#place(map.getCenter(), map.getZoom())
  }
}

/** Makes a canvas empty and `width` by `height` CSS pixels large. */
function resized(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio: number,
): CanvasRenderingContext2D {
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  const context = canvas.getContext("2d")
  if (!context) throw new Error("this browser has no canvas")
  return context
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
    context.lineJoin = "round"
  }

  /** Paints sea and shapes; the waterlines only where the picture is `ornate`. */
  level(shapes: Shape[], ornate: boolean): void {
    this.#flat()
    this.#context.fillStyle = this.#colour("--sea")
    this.#context.fillRect(0, 0, this.#view.width, this.#view.height)
    for (const shape of shapes) {
      if (ornate && shape.layer === "land") this.#waterlines(shape)
      const style = STYLES[shape.layer]
      if (!style) continue
      if (style.fill) this.#fill(shape, style.fill)
      const [thin, thick] = style.width
      this.#stroke(shape, style.line, style.alpha, thin + (thick - thin) * this.#growth)
    }
  }

  /** Wipes out what is not inside `region`. */
  keep(region: Shape): void {
    this.#context.globalCompositeOperation = "destination-in"
    this.#fill(region, "--sea")
  }

  /** Lays another picture of the same size over this one. */
  print(picture: HTMLCanvasElement): void {
    this.#flat()
    this.#context.drawImage(picture, 0, 0, this.#view.width, this.#view.height)
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

  /** Draws lines along the coast, each by wiping out the inside of a broad one. */
  #waterlines(land: Shape): void {
    for (const [distance, alpha] of WATERLINES) {
      const width = 2 * distance * (0.5 + 0.5 * this.#growth)
      this.#stroke(land, "--accent-2", alpha, width + 0.8)
      this.#stroke(land, "--sea", 1, width - 0.8)
    }
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
