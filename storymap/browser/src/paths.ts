/**
 * Lines and areas on the map: paths of one SVG, drawn anew at every frame of a flight.
 *
 * They are what Leaflet's vectors are to the reader, without what else those can do; see pins.ts.
 */
import { draw } from "./dom.ts"
import type { Outline, Plane } from "./outlines.ts"
import { WORLD_PX } from "./view.ts"

/** One path on the map. */
export interface Path {
  /** the same for good, be it shown or not */
  readonly element: SVGPathElement
  lead(outline: Outline): void
  /** Shows it above all that is shown already; where it is shown, it stays as it is. */
  show(): void
  hide(): void
  toFront(): void
}

/** How far beyond the map lines are drawn, in its sizes: until a movement ends. */
const BEYOND = 0.5

/** What makes paths of a class on a map, which show nothing yet. */
export type Paths = (className: string, outline: Outline) => Path

export function paths(map: L.Map): Paths {
  type Animated = { _latLngToNewLayerPoint(at: L.LatLng, zoom: number, center: L.LatLng): L.Point }
  const svg = draw("svg", { class: "sm-paths leaflet-zoom-animated", width: 1, height: 1 })
  const shown = new Map<SVGPathElement, Outline>()
  map.getPanes().overlayPane.append(svg)

  function plane(): Plane {
    const { x, y } = map.getPixelOrigin()
    const size = map.getSize()
    const from = map.containerPointToLayerPoint(size.multiplyBy(-BEYOND))
    const to = map.containerPointToLayerPoint(size.multiplyBy(1 + BEYOND))
    const room = { left: from.x, top: from.y, right: to.x, bottom: to.y }
    return { world: WORLD_PX * 2 ** map.getZoom(), left: -x, top: -y, room }
  }

  function renew(): void {
    L.DomUtil.setTransform(svg as unknown as HTMLElement, L.point(0, 0), 1)
    const here = plane()
    for (const [element, outline] of shown) element.setAttribute("d", outline(here))
  }

  map.on("zoom moveend", renew)
  map.on("zoomanim", (event) => {
    const { center, zoom } = event as L.ZoomAnimEvent
    const corner = map.layerPointToLatLng([0, 0])
    const there = (map as unknown as Animated)._latLngToNewLayerPoint(corner, zoom, center)
    const scale = map.getZoomScale(zoom, map.getZoom())
    L.DomUtil.setTransform(svg as unknown as HTMLElement, there, scale)
  })

  return (className, first) => {
    const element = draw("path", { class: className })
    let outline = first
    return {
      element,
      lead(next) {
        outline = next
        if (!shown.has(element)) return
        shown.set(element, outline)
        element.setAttribute("d", outline(plane()))
      },
      show() {
        if (shown.has(element)) return
        shown.set(element, outline)
        element.setAttribute("d", outline(plane()))
        svg.append(element)
      },
      hide() {
        shown.delete(element)
        element.remove()
      },
      toFront: () => svg.append(element),
    }
  }
}
