/**
 * The built-in base map: the page's own paths, painted on canvases under Leaflet's other layers.
 *
 * Whatever moves the map, the last picture moves with it at once, as a transformed element. It is
 * painted anew when the map has come to rest, and on the way only where it would show a gap or a
 * blur. The lines that follow the coast at sea are slow to paint; they come last, when all is at
 * rest.
 */

import type { Region, Shape, View } from "./brush.ts"
import { Brush, brushOf, WATERLINES } from "./brush.ts"
import { onPlane } from "./courses.ts"
import { reducedMotion } from "./dom.ts"
import type { GroundPath } from "./ground.ts"
import type { Relief } from "./relief.ts"
import { readRelief } from "./relief.ts"
import type { Box } from "./story.ts"
import { corners, WORLD_PX } from "./view.ts"

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
/** no larger than the map, for the first picture: the relief is not there yet, and brings another */
const FIRST: Finish = { padding: 0, ratio: 1 }
/** larger and coarser, for a map whose zoom is changing */
const SKETCH: Finish = { padding: 0.5, ratio: 0.45 }

/** pixels in which it fades out towards the paper of a map that is taller than it is */
const SOFT = 28

/** how long the map has been at rest when the waterlines are drawn; milliseconds */
const REST = 120
/** how long they take to appear; milliseconds */
const FADE = 200

/** A level of detail: its shapes in the order of painting. */
interface Level {
  /** zoom from which it is drawn */
  from: number
  /** where it is drawn; everywhere where there is none */
  region: Region | undefined
  shapes: Shape[]
}

export interface Atlas extends L.Layer {
  /** Draws the borders of these periods; today's are faint where `today` is not one of them. */
  setPeriods(periods: readonly string[]): void
}

/**
 * Returns a Leaflet layer that draws the atlas, which covers `bounds`. It fires `load` when the
 * relief, which is inside `root` and comes a moment later than the rest, is there too.
 */
export function atlasLayer(ground: readonly GroundPath[], bounds: Box, root: Element): Atlas {
  return new AtlasLayer(levelsOf(ground), bounds, readRelief(root))
}

function levelsOf(ground: readonly GroundPath[]): Level[] {
  const levels = new Map<number, Level>()
  for (const part of ground) {
    const { layer, periods, from, unit, left, top, d } = part
    let read: Path2D | undefined
    const path = () => (read ??= new Path2D(d))
    const shape = { layer, periods, path, unit, left, top }
    const level = levels.get(from) ?? { from, region: undefined, shapes: [] }
    if (layer === "region") level.region = onPlane(part)
    else level.shapes.push(shape)
    levels.set(from, level)
  }
  return [...levels.values()]
}

class AtlasLayer extends L.Layer implements Atlas {
  readonly #levels: Level[]
  readonly #bounds: Box
  readonly #ground = new Picture()
  readonly #waterlines = new Picture()
  /** undefined until it has been read */
  #relief: Relief[] | undefined
  readonly #dark = matchMedia("(prefers-color-scheme: dark)")
  readonly #renew = () => this.#paint(FINE)
  #waiting = 0
  /** the frame that tells a movement from a cut */
  #first = 0
  #moving = false
  #periods: readonly string[] = []

  constructor(levels: Level[], bounds: Box, relief: Promise<Relief[]>) {
    super()
    this.#levels = levels
    this.#bounds = bounds
    // A picture that the browser can't read is no reason to show nothing.
    void relief.catch(() => []).then((loaded) => {
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
    this.#paint(this.#relief ? FINE : FIRST)
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
      movestart: () => {
        clearTimeout(this.#waiting)
        this.#first = requestAnimationFrame(() => (this.#moving = true))
      },
      zoomstart: () => this.#hideWaterlines(),
      moveend: () => this.#arrive(),
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
    this.#periods = periods
    if (!this._map) return
    // A map that now sets off is painted anew anyway.
    clearTimeout(this.#waiting)
    this.#waiting = window.setTimeout(this.#renew)
  }

  #hideWaterlines(): void {
    this.#waterlines.canvas.style.visibility = "hidden"
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

  /** Paints the ground anew, after a movement in a task of its own: names are laid out in this one. */
  #arrive(): void {
    cancelAnimationFrame(this.#first)
    clearTimeout(this.#waiting)
    if (this.#moving) this.#waiting = window.setTimeout(this.#renew)
    else this.#renew()
    this.#moving = false
  }

  #paint(finish: Finish): void {
    this.#hideWaterlines()
    clearTimeout(this.#waiting)
    const view = around(this._map, finish)
    if (!view.width || !view.height) return
    const relief = this.#relief ?? []
    const brush = this.#ground.begin(view)
    for (const { from, region, shapes } of this.#levels) {
      if (from > view.zoom) continue
      if (!region) {
        brush.level(shapes, relief, this.#periods)
      } else if (finish !== SKETCH) {
        brush.within(region, () => brush.level(shapes, relief, this.#periods))
      }
    }
    brush.grid(this._map)
    this.#wear(brush, view)
    this.#place(this._map.getCenter(), view.zoom)
    if (finish === SKETCH || !this.#relief) return
    this.#waiting = window.setTimeout(() => this.#engrave(), REST)
  }

  /** Lets a picture fade out into the paper where the map is taller than the atlas. */
  #wear(brush: Brush, view: View): void {
    const world = WORLD_PX * 2 ** view.zoom
    const { top, bottom } = corners(this.#bounds)
    const beyond = this._map.getSize().y - (bottom - top) * world
    if (beyond < 1) return
    brush.wear(top * world - view.top, bottom * world - view.top, Math.min(SOFT, beyond))
  }

  /** Draws the waterlines, one stroke at a time so that the page stays awake, and lets them appear. */
  #engrave(): void {
    const view = around(this._map, FINE)
    const levels = this.#levels.filter(({ from }) => from <= view.zoom)
    const brush = this.#waterlines.begin(view)
    const strokes = levels.flatMap(({ region, shapes }) => {
      const land = shapes.find(({ layer }) => layer === "land")
      if (!land) return []
      const lines = WATERLINES.flatMap((line) => [
        () => brush.shore(land, line),
        () => brush.offing(land, line),
      ])
      const within = region ? [() => brush.confine(region)] : []
      const edges = region ? [] : [() => this.#wear(brush, view)]
      return [...within, ...lines, () => brush.wipe(land), ...edges]
    })
    const next = () => {
      const stroke = strokes.shift()
      if (stroke) {
        stroke()
        this.#waiting = window.setTimeout(next)
      } else {
        this.#waterlines.canvas.style.visibility = "inherit"
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
    const context = brushOf(this.canvas)
    const width = Math.round(view.width * view.ratio)
    const height = Math.round(view.height * view.ratio)
    if (this.canvas.width === width && this.canvas.height === height) {
      // To give it its size again would make it again.
      context.reset()
    } else {
      Object.assign(this.canvas, { width, height })
      Object.assign(this.canvas.style, { width: `${view.width}px`, height: `${view.height}px` })
    }
    return new Brush(context, view)
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
