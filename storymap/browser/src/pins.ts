/**
 * Elements that stay at their places while the map moves.
 *
 * They are what `L.Marker` is to the reader; there are so many from the start that what else a
 * marker can do would take a tenth of the time until the map is there.
 */
import type { Position } from "./story.ts"

export interface Pin {
  /** Puts the element on the map, below those of a higher level and those farther south. */
  show(at: Position, level: number): void
  hide(): void
}

/** Returns what pins elements to places of a map, by their middle. */
export function pins(map: L.Map): (element: HTMLElement) => Pin {
  type Animated = { _latLngToNewLayerPoint(at: Position, zoom: number, center: L.LatLng): L.Point }
  const pane = map.getPanes().markerPane
  const shown = new Map<HTMLElement, { at: Position; level: number }>()

  function place(point: (at: Position) => L.Point): void {
    for (const [element, { at, level }] of shown) put(element, point(at).round(), level)
  }

  map.on("zoom viewreset", () => place((at) => map.latLngToLayerPoint(at)))
  map.on("zoomanim", (event) => {
    const { center, zoom } = event as L.ZoomAnimEvent
    place((at) => (map as unknown as Animated)._latLngToNewLayerPoint(at, zoom, center))
  })

  return (element) => {
    element.classList.add("leaflet-marker-icon", "leaflet-zoom-animated")
    return {
      show(at, level) {
        if (!shown.has(element)) pane.append(element)
        shown.set(element, { at, level })
        put(element, map.latLngToLayerPoint(at).round(), level)
      },
      hide() {
        shown.delete(element)
        // Or the focus would fall to the page's beginning.
        if (element === document.activeElement) map.getContainer().focus({ preventScroll: true })
        element.remove()
      },
    }
  }
}

function put(element: HTMLElement, point: L.Point, level: number): void {
  L.DomUtil.setPosition(element, point)
  element.style.zIndex = String(point.y + level)
}
