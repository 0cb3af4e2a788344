/** The scale bar: a round number of kilometres, as long as they are at the middle of the map. */
import { need } from "./dom.ts"
import { whenRetold } from "./retold.ts"
import type { Words } from "./words.ts"

/** The longest that the bar may be, in pixels. */
const LONGEST_PX = 90

/** Web Mercator's world at the equator: its circumference in metres, its width at zoom 0. */
const EQUATOR_M = 40_075_016.686
const WORLD_PX = 256

/** Shows the scale of the map, always. */
export function scaleBar(map: L.Map, words: Words): void {
  const bar = need("sm-scale")

  function show(): void {
    const perPixel = metresPerPixel(map.getCenter().lat, map.getZoom())
    const metres = roundLength(LONGEST_PX * perPixel)
    bar.style.setProperty("--length", `${metres / perPixel}px`)
    bar.textContent =
      metres < 1000
        ? words("metres", { count: metres })
        : words("kilometres", { count: metres / 1000 })
  }

  map.on("zoom moveend", show)
  whenRetold(show)
  show()
}

/** How many metres a pixel is at a latitude and zoom. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (WORLD_PX * 2 ** zoom)
}

/** The largest length of 1, 2 or 5 times a power of ten that is no longer than this. */
export function roundLength(longest: number): number {
  const power = 10 ** Math.floor(Math.log10(longest))
  const digit = [5, 2, 1].find((each) => each * power <= longest) ?? 1
  return digit * power
}
