/**
 * The built-in base map: the page's own paths, painted on canvases under Leaflet's other layers.
 *
 * Whatever moves the map, the last picture moves with it at once, as a transformed element. It is
 * sketched anew on the way only where it would show a gap or a blur. The next one is painted beside
 * it, stroke by stroke so that the page stays awake, and takes its place when it is whole. The lines
 * that follow the coast at sea come last, when all is at rest.
 */

import type { Region, Shape, View } from "./brush.ts"
import { Brush, brushOf, WATERLINES } from "./brush.ts"
import { onPlane } from "./courses.ts"
import { reducedMotion } from "./dom.ts"
import type { GroundPath } from "./ground.ts"
import type { Relief } from "./relief.ts"
import { readRelief } from "./relief.ts"
import { atOnce, slicing } from "./slices.ts"
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
/** how far a picture reaches beyond a map that is dragged when the next one is begun */
const AHEAD = FINE.padding / 2
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
 * Returns a Leaflet layer that draws the atlas, which covers `bounds`. The relief, which is inside
 * `root`, comes a moment later than the rest.
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
  /** the one that is shown, and the one that is painted meanwhile */
  #ground = new Picture()
  #next = new Picture()
  readonly #waterlines = new Picture()
  /** undefined until it has been read */
  #relief: Relief[] | undefined
  readonly #dark = matchMedia("(prefers-color-scheme: dark)")
  readonly #strokes = slicing(0)
  readonly #renew = () => this.#prepare()
  #waiting = 0
  /** the frame that tells a movement from a cut */
  #first = 0
  #moving = false
  #zooming = false
  /** while the browser moves the picture by itself */
  #gliding = false
  /** what the next picture shows, from its beginning until it is of no more use */
  #coming: View | undefined
  /** whether it waits for the browser */
  #whole = false
  #periods: readonly string[] = []

  constructor(levels: Level[], bounds: Box, relief: Promise<Relief[]>) {
    super()
    this.#levels = levels
    this.#bounds = bounds
    // A picture that the browser can't read is no reason to show nothing.
    void relief.catch(() => []).then((loaded) => {
      this.#relief = loaded
      if (this._map) this.#prepare()
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
    this.#giveUp()
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
      zoomstart: () => {
        this.#giveUp()
        this.#hideWaterlines()
        this.#zooming = true
      },
      moveend: () => this.#arrive(),
      resize: () => this.#paint(FINE),
      move: () => this.#follow(),
      zoomanim: (event) => {
        const { center, zoom } = event as L.ZoomAnimEvent
        this.#place(center, zoom)
        this.#gliding = true
        this.#prepare()
      },
    }
  }

  setPeriods(periods: readonly string[]): void {
    if (periods.join() === this.#periods.join()) return
    this.#periods = periods
    if (this._map) this.#prepare()
  }

  #hideWaterlines(): void {
    this.#waterlines.canvas.style.visibility = "hidden"
  }

  #place(center: L.LatLng, zoom: number): void {
    for (const picture of [this.#ground, this.#waterlines]) picture.place(this._map, center, zoom)
  }

  #placeHere(): void {
    this.#place(this._map.getCenter(), this._map.getZoom())
  }

  /** Moves the pictures with the map; sketches the ground anew where that would not be enough. */
  #follow(): void {
    this.#gliding = false
    if (!this.#moving) return // a cut is over in a moment
    if (this.#whole) {
      this.#show()
      return
    }
    const stretch = this._map.getZoomScale(this._map.getZoom(), this.#ground.view.zoom)
    const blurred = stretch > STRETCH || stretch < 1 / STRETCH
    const lost = !this.#ground.covers(this._map) || (blurred && !this.#coming)
    if (lost) this.#paint(SKETCH)
    else this.#placeHere()
    if (this.#zooming || this.#coming) return
    if (lost || !this.#ground.covers(this._map, AHEAD)) this.#prepare()
  }

  #arrive(): void {
    cancelAnimationFrame(this.#first)
    if (!this.#moving) this.#paint(FINE)
    else if (!same(this.#coming, around(this._map, FINE))) this.#prepare()
    this.#moving = false
    this.#zooming = false
  }

  /** Gives up what has been begun. */
  #giveUp(): void {
    clearTimeout(this.#waiting)
    this.#strokes()
    this.#coming = undefined
    this.#whole = false
  }

  /** Paints the ground anew in this very task. */
  #paint(finish: Finish): void {
    const view = around(this._map, finish)
    if (finish !== SKETCH) this.#giveUp()
    this.#hideWaterlines()
    atOnce(this.#painting(this.#ground, view, finish !== SKETCH))
    this.#placeHere()
    if (finish !== SKETCH) this.#rest()
  }

  /** Paints the next picture in tasks to come. */
  #prepare(): void {
    this.#giveUp()
    this.#strokes(this.#preparing())
  }

  *#preparing(): Generator<void> {
    this.#coming = around(this._map, FINE)
    yield* this.#painting(this.#next, this.#coming, true)
    this.#whole = true
    if (!this.#gliding) this.#show()
  }

  /** Puts the next picture, which is whole, in the place of the one that is shown. */
  #show(): void {
    const last = this.#ground
    this.#ground = this.#next
    this.#next = last
    this.#whole = false
    last.canvas.replaceWith(this.#ground.canvas)
    if (!this.#zooming) this.#coming = undefined
    this.#hideWaterlines()
    this.#placeHere()
    this.#rest()
  }

  /** Lets the waterlines follow. */
  #rest(): void {
    clearTimeout(this.#waiting)
    if (!this.#relief) return
    this.#waiting = window.setTimeout(() => this.#strokes(this.#engraving()), REST)
  }

  /** Paints the ground; near the story's places in all its detail where that is wanted. */
  *#painting(picture: Picture, view: View, detailed: boolean): Generator<void> {
    if (!view.width || !view.height) return
    const relief = this.#relief ?? []
    const brush = picture.begin(view)
    for (const { from, region, shapes } of this.#levels) {
      if (from > view.zoom || (region && !detailed)) continue
      const level = brush.level(shapes, relief, this.#periods)
      yield* region ? brush.within(region, level) : level
    }
    brush.grid(this._map)
    this.#wear(brush, view)
  }

  /** Lets a picture fade out into the paper where the map is taller than the atlas. */
  #wear(brush: Brush, view: View): void {
    const world = WORLD_PX * 2 ** view.zoom
    const { top, bottom } = corners(this.#bounds)
    const beyond = this._map.getSize().y - (bottom - top) * world
    if (beyond < 1) return
    brush.wear(top * world - view.top, bottom * world - view.top, Math.min(SOFT, beyond))
  }

  /** Draws the waterlines and lets them appear. */
  *#engraving(): Generator<void> {
    const { view } = this.#ground
    const brush = this.#waterlines.begin(view)
    for (const { from, region, shapes } of this.#levels) {
      const land = shapes.find(({ layer }) => layer === "land")
      if (from > view.zoom || !land) continue
      if (region) {
        brush.confine(region)
        yield
      }
      for (const line of WATERLINES) {
        brush.shore(land, line)
        yield
        brush.offing(land, line)
        yield
      }
      brush.wipe(land)
      yield
      if (!region) this.#wear(brush, view)
    }
    this.#placeHere()
    this.#waterlines.canvas.style.visibility = "inherit"
    if (!reducedMotion()) this.#waterlines.canvas.animate({ opacity: [0, 1] }, FADE)
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

const same = (a: View | undefined, b: View) => JSON.stringify(a) === JSON.stringify(b)

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
    const fits = this.canvas.width === width && this.canvas.height === height
    if (fits && "reset" in context) {
      // To give it its size again, as browsers before 2023 need it, would make it again.
      context.reset()
    } else {
      Object.assign(this.canvas, { width, height })
      Object.assign(this.canvas.style, { width: `${view.width}px`, height: `${view.height}px` })
    }
    return new Brush(context, view)
  }

  /** Tells whether the picture reaches beyond all edges of the map by a share of its size. */
  covers(map: L.Map, padding = 0): boolean {
    const scale = map.getZoomScale(map.getZoom(), this.view.zoom)
    const { left, top, width, height } = this.view
    const from = L.point(left, top).multiplyBy(scale)
    const to = L.point(left + width, top + height).multiplyBy(scale)
    return L.bounds(from, to).contains(map.getPixelBounds().pad(padding))
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
