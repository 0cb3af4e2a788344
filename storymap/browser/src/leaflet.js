/**
 * The part of Leaflet that the story itself needs: a map and its handlers.
 *
 * Pages to which an author has added layers of folium's carry the whole of Leaflet instead, as
 * published; under the same name either serves.
 */
import { toBounds as bounds } from "leaflet/src/geometry/Bounds.js"
import { toPoint as point } from "leaflet/src/geometry/Point.js"
import { EPSG3857 } from "leaflet/src/geo/crs/CRS.EPSG3857.js"
import { toLatLng as latLng } from "leaflet/src/geo/LatLng.js"
import { toLatLngBounds as latLngBounds } from "leaflet/src/geo/LatLngBounds.js"
import { getPosition, setPosition, setTransform } from "leaflet/src/dom/DomUtil.js"
import { Layer } from "leaflet/src/layer/Layer.js"
import { Renderer } from "leaflet/src/layer/vector/Renderer.js"
import { Map, map } from "leaflet/src/map/index.js"

window.L = {
  CRS: { EPSG3857 },
  DomUtil: { getPosition, setPosition, setTransform },
  Layer,
  Map,
  Renderer,
  bounds,
  latLng,
  latLngBounds,
  map,
  point,
}
