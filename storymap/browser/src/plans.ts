/** Pictures on the map, each drawn into its four corners: scanned plans turned as they lie. */
import { make, need } from "./dom.ts"
import { matrixTo } from "./quad.ts"
import { whenRetold } from "./retold.ts"
import type { Plan } from "./street-story.ts"

/** What Leaflet's own image overlays use; it has no public way to a view that is yet to come. */
interface Foreseeing {
  _latLngToNewLayerPoint(at: L.LatLng, zoom: number, center: L.LatLng): L.Point
}

/** Puts a plan on the map, in its own pane, and returns its element. */
export function planOn(map: L.Map, pane: HTMLElement, plan: Plan): HTMLElement {
  const [width, height] = plan.size
  const source = need<SVGImageElement>(plan.picture).href.baseVal
  const picture = make("img", { alt: plan.alt, src: source, draggable: "false" })
  const frame = make("div", { class: "sm-plan leaflet-zoom-animated" }, picture)
  let corner = map.getCenter()

  picture.style.width = `${width}px`
  picture.style.height = `${height}px`
  picture.style.opacity = String(plan.opacity)

  function place(): void {
    const points = plan.corners.map((at) => map.latLngToLayerPoint(at))
    const origin = L.bounds(points).min!.floor()
    corner = map.layerPointToLatLng(origin)
    L.DomUtil.setPosition(frame, origin)
    const inside = points.map((point) => point.subtract(origin))
    picture.style.transform = matrixTo(width, height, inside)
  }

  whenRetold(() => void (picture.alt = plan.alt))
  map.on("zoom viewreset", place)
  map.on("zoomanim", (event) => {
    const { center, zoom } = event as L.ZoomAnimEvent
    const foreseen = (map as unknown as Foreseeing)._latLngToNewLayerPoint(corner, zoom, center)
    L.DomUtil.setTransform(frame, foreseen, map.getZoomScale(zoom))
  })
  place()
  pane.append(frame)
  return frame
}
