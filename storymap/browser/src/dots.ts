/**
 * Further places on the map: dots on one canvas, thinned to what the map has room for.
 *
 * A dot that stands for several is larger. Nothing here is an element: keyboards reach the places
 * through the search.
 */
import type { Further } from "./further.ts"
import type { Rect } from "./labels.ts"
import type { Thinned } from "./thinning.ts"
import { thin } from "./thinning.ts"

/** So many dots at most have names beside them. */
const NAMED = 60
/** How long the map has been at rest when names are written, after those of the story; in ms. */
const REST = 250
/** What names keep off, in pixels. */
const GAP_PX = 3
const NAME_PX = 13

const STANDING = [
  "#sm-map :is(.sm-label.sm-shown, .sm-letters.sm-shown, .sm-core)",
  ".sm-stage :is(.sm-controls, #sm-inset, .sm-corner > *)",
].join()

/** What a dot stands for. */
export interface Dot {
  place: number
  /** how many places there are in its cell, itself included */
  count: number
}

/** How many of the grid's cells are in the width of Leaflet's tile, at a whole zoom. */
const CELLS_PER_TILE = 18
const TILE_PX = 256

/** Radius of a dot for one place, how much it grows as places double, and the largest. */
const RADIUS_PX = { one: 2.25, doubled: 0.4, most: 5 }
/** Paper round each dot. */
const CASING_PX = 1.25
/** The ring round the place whose card is open. */
const RING_PX = { radius: 9, width: 3 }

/** What Leaflet's renderers share, of which its types say nothing. */
interface Rendering {
  _container: HTMLCanvasElement
  _bounds: L.Bounds
  _zoomAnimated: boolean
  _update(): void
}

export class Dots extends L.Renderer {
  readonly #further: Further
  readonly #levels = new Map<number, Thinned>()
  readonly #dark = matchMedia("(prefers-color-scheme: dark)")
  /** Paints them anew: their colours or names are others. */
  readonly renew = () => this.#paint()
  readonly #titleOf: (place: number) => string
  #chosen = -1
  #waiting = 0

  /** *titleOf* gives the name of a place. */
  constructor(further: Further, titleOf: (place: number) => string) {
    super({ padding: 0.3, pane: "further" })
    this.#further = further
    this.#titleOf = titleOf
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map)
    this.#dark.addEventListener("change", this.renew)
    return this
  }

  /** Puts a ring round a place, -1 for none. */
  choose(place: number): void {
    this.#chosen = place
    this.#paint()
  }

  /** The dot at a point of the map, or the nearest no farther than *reach* pixels from it. */
  at(point: L.Point, reach: number): Dot | null {
    const { shown, counts } = this.#level()
    const { x: left, y: top } = this.#origin(this._map.containerPointToLayerPoint([0, 0]))
    const world = TILE_PX * 2 ** this._map.getZoom()
    let found: Dot | null = null
    let nearest = Infinity
    for (let slot = 0; slot < shown.length; slot += 1) {
      const dx = this.#further.x[shown[slot]!]! * world - left - point.x
      const dy = this.#further.y[shown[slot]!]! * world - top - point.y
      const away = Math.hypot(dx, dy) - radius(counts[slot]!)
      if (away > reach || away >= nearest) continue
      nearest = away
      found = { place: shown[slot]!, count: counts[slot]! }
    }
    return found
  }

  /** Where a place is on the map. */
  point(place: number): L.Point {
    const world = TILE_PX * 2 ** this._map.getZoom()
    const at = L.point(this.#further.x[place]! * world, this.#further.y[place]! * world)
    return at.subtract(this.#origin(this._map.containerPointToLayerPoint([0, 0])))
  }

  /** The places that a dot stands for, the important first. */
  behind({ place }: Dot): number[] {
    const { x, y } = this.#further
    const cells = this.#cells()
    const same = (a: number, b: number) => Math.floor(a * cells) === Math.floor(b * cells)
    const found = []
    for (let other = place; other < this.#further.count; other += 1) {
      if (same(x[other]! + 0.5, x[place]! + 0.5) && same(y[other]!, y[place]!)) found.push(other)
    }
    return found
  }

  _initContainer(): void {
    const canvas = document.createElement("canvas")
    canvas.setAttribute("aria-hidden", "true")
    this.#own()._container = canvas
  }

  _destroyContainer(): void {
    clearTimeout(this.#waiting)
    this.#own()._container.remove()
    this.#dark.removeEventListener("change", this.renew)
  }

  _update(): void {
    ;(L.Renderer.prototype as unknown as Rendering)._update.call(this)
    this.#paint()
  }

  #paint(): void {
    const { _container: canvas, _bounds: bounds } = this.#own()
    const { min } = bounds
    const { x: width, y: height } = bounds.getSize()
    if (!min) return
    const ratio = Math.min(devicePixelRatio, 2)
    L.DomUtil.setPosition(canvas, min)
    canvas.width = width * ratio
    canvas.height = height * ratio
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
    const context = canvas.getContext("2d")
    if (!context) return
    context.scale(ratio, ratio)
    const tokens = getComputedStyle(canvas)
    const { x: left, y: top } = this.#origin(min)
    const world = TILE_PX * 2 ** this._map.getZoom()
    const { shown, counts } = this.#level()
    const discs = (grown: number) => {
      context.beginPath()
      for (let slot = shown.length - 1; slot >= 0; slot -= 1) {
        const x = this.#further.x[shown[slot]!]! * world - left
        const y = this.#further.y[shown[slot]!]! * world - top
        if (x < -grown || y < -grown || x > width + grown || y > height + grown) continue
        const r = radius(counts[slot]!) + grown
        context.moveTo(x + r, y)
        context.arc(x, y, r, 0, 2 * Math.PI)
      }
      context.fill()
    }
    context.fillStyle = tokens.getPropertyValue("--casing")
    discs(CASING_PX)
    context.fillStyle = tokens.getPropertyValue("--dot")
    discs(0)
    clearTimeout(this.#waiting)
    this.#waiting = window.setTimeout(() => this.#write(context), REST)
    if (this.#chosen < 0) return
    context.strokeStyle = tokens.getPropertyValue("--accent")
    context.lineWidth = RING_PX.width
    context.beginPath()
    const x = this.#further.x[this.#chosen]! * world - left
    const y = this.#further.y[this.#chosen]! * world - top
    context.arc(x, y, RING_PX.radius, 0, 2 * Math.PI)
    context.stroke()
  }

  /** Names the dots where they are few, each beside its own and off what stands there already. */
  #write(context: CanvasRenderingContext2D): void {
    const { x: width, y: height } = this._map.getSize()
    const inside = ({ x, y }: L.Point) => x > 0 && y > 0 && x < width && y < height
    const { shown, counts } = this.#level()
    const seen = Array.from(shown.keys()).filter((slot) => inside(this.point(shown[slot]!)))
    if (seen.length > NAMED) return
    const tokens = getComputedStyle(this.#own()._container)
    const origin = this._map.containerPointToLayerPoint([0, 0]).subtract(this.#own()._bounds.min!)
    const dots = seen.map((slot) => square(this.point(shown[slot]!), radius(counts[slot]!)))
    const taken = [...dots, ...this.#names()]
    context.font = `${NAME_PX}px ${tokens.fontFamily}`
    context.lineJoin = "round"
    context.textBaseline = "middle"
    context.strokeStyle = tokens.getPropertyValue("--casing")
    context.fillStyle = tokens.getPropertyValue("--ink-2")
    context.lineWidth = 3
    seen.forEach((slot, order) => {
      const name = this.#titleOf(shown[slot]!)
      const { right: edge, top, bottom } = dots[order]!
      const left = edge + GAP_PX
      const room = { left, top, right: left + context.measureText(name).width, bottom }
      if (taken.some((other) => touch(room, other))) return
      taken.push(room)
      const at = L.point(left, (top + bottom) / 2).add(origin)
      context.strokeText(name, at.x, at.y)
      context.fillText(name, at.x, at.y)
    })
  }

  /** Where the map has names and marks of the story, and its furniture. */
  #names(): Rect[] {
    const { left: x, top: y } = this._map.getContainer().getBoundingClientRect()
    const all = document.querySelectorAll(STANDING)
    return Array.from(all, (element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect()
      return { left: left - x, top: top - y, right: right - x, bottom: bottom - y }
    })
  }

  /** Where a layer point lies, in pixels from the top left of the world. */
  #origin(point: L.Point): L.Point {
    return this._map.getPixelOrigin().add(point)
  }

  #cells(): number {
    return CELLS_PER_TILE * 2 ** Math.floor(this._map.getZoom())
  }

  #level(): Thinned {
    const cells = this.#cells()
    const known = this.#levels.get(cells)
    if (known) return known
    const level = thin(this.#further.x, this.#further.y, cells)
    this.#levels.set(cells, level)
    return level
  }

  #own(): Rendering {
    return this as unknown as Rendering
  }
}

/** The room of a dot and of a line beside it. */
const square = ({ x, y }: L.Point, half: number): Rect => ({
  left: x - half,
  top: y - NAME_PX / 2,
  right: x + half,
  bottom: y + NAME_PX / 2,
})

const touch = (a: Rect, b: Rect) =>
  a.left < b.right + GAP_PX &&
  b.left < a.right + GAP_PX &&
  a.top < b.bottom + GAP_PX &&
  b.top < a.bottom + GAP_PX

const radius = (count: number) =>
  Math.min(RADIUS_PX.one + RADIUS_PX.doubled * Math.log2(count), RADIUS_PX.most)
