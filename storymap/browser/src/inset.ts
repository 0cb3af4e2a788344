/** The inset: all that the map may show, in small, and where in it the view is. */
import { draw, need } from "./dom.ts"
import type { GroundPath } from "./ground.ts"
import type { Box } from "./story.ts"
import { project } from "./view.ts"

/** From this zoom on the surroundings no longer say where we are. */
const FROM_ZOOM = 5

/** The world's width in the atlas' units: pixels at its `PLANE_ZOOM`. */
const WORLD = 256 * 2 ** 10

/** The frame round the view is never smaller than this share of the inset. */
const LEAST = 0.03

/** Keeps the inset true; its drawing waits until the page has time. */
export function inset(map: L.Map, bounds: Box, ground: readonly GroundPath[]): void {
  const element = need<SVGSVGElement>("sm-inset")
  const [west, south, east, north] = bounds
  const whole = area(L.latLngBounds([south, west], [north, east]))
  const frame = draw("rect")
  let drawn = false

  function show(): void {
    const far = map.getZoom() < FROM_ZOOM
    element.toggleAttribute("hidden", far)
    if (far) return
    if (!drawn) window.setTimeout(fill)
    drawn = true
    const view = area(map.getBounds())
    const width = Math.max(view.width, LEAST * whole.width)
    const height = Math.max(view.height, LEAST * whole.width)
    set(frame, {
      x: view.x - (width - view.width) / 2,
      y: view.y - (height - view.height) / 2,
      width,
      height,
    })
  }

  function fill(): void {
    const land = ground.find(({ layer }) => layer === "land")
    if (!land) return
    const { unit, left, top, d } = land
    const transform = `matrix(${unit} 0 0 ${unit} ${left} ${top})`
    element.append(draw("path", { class: "sm-a", d, transform }), frame)
  }

  const { x, y, width, height } = whole
  element.setAttribute("viewBox", [x, y, width, height].join(" "))
  map.on("moveend", show)
  show()
}

interface Area {
  x: number
  y: number
  width: number
  height: number
}

function area(bounds: L.LatLngBounds): Area {
  const from = project([bounds.getNorth(), bounds.getWest()])
  const to = project([bounds.getSouth(), bounds.getEast()])
  return {
    x: from.x * WORLD,
    y: from.y * WORLD,
    width: (to.x - from.x) * WORLD,
    height: (to.y - from.y) * WORLD,
  }
}

function set(element: Element, attributes: Area): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}
