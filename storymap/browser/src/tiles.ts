/**
 * A detailed map from a provider on the net, loaded only where the reader asks for it.
 *
 * Nothing is requested before, and nothing is remembered: the next page asks again.
 */
import { announcer } from "./announce.ts"
import { need } from "./dom.ts"
import type { Tiles } from "./street-story.ts"

/** Servers that refuse pages that do not say which site they belong to. */
const WANT_REFERRER = /(^|\.)tile\.openstreetmap\.org$/

/** Lets the reader load the tiles, and take them off again. */
export function offerTiles(map: L.Map, { url, maxZoom }: Tiles): void {
  const ask = need("sm-tiles-ask")
  const load = need<HTMLButtonElement>("sm-tiles-load")
  const loaded = need("sm-tiles")
  const attribution = need("sm-tiles-attribution")
  const failure = need("sm-tiles-failed")
  const say = announcer(need("sm-live"))
  const closest = map.options.maxZoom!
  const closestTiled = Math.max(closest, maxZoom)

  const layer = L.tileLayer(url, {
    maxZoom: closestTiled,
    maxNativeZoom: maxZoom,
    noWrap: true,
    referrerPolicy: "strict-origin-when-cross-origin",
    updateWhenIdle: true,
    updateWhenZooming: false,
  })
  layer.on("tileload", () => (failure.hidden = true))
  layer.on("tileerror", () => {
    if (!failure.hidden) return
    failure.hidden = false
    say(failure.textContent ?? "")
  })

  function question(asked: boolean): void {
    ask.hidden = !asked
    load.setAttribute("aria-expanded", String(asked))
    ;(asked ? need("sm-tiles-yes") : load).focus()
  }

  function show(on: boolean): void {
    load.hidden = on
    loaded.hidden = !on
    attribution.hidden = !on
    failure.hidden = true
    map.getContainer().classList.toggle("sm-tiled", on)
    map.options.maxZoom = on ? closestTiled : closest
    if (on) layer.addTo(map)
    else layer.remove()
    if (map.getZoom() > map.options.maxZoom) map.setZoom(map.options.maxZoom)
  }

  if (barred(url)) {
    load.setAttribute("aria-disabled", "true")
    load.setAttribute("aria-describedby", "sm-tiles-barred")
    need("sm-tiles-barred").hidden = false
    return
  }
  load.setAttribute("aria-expanded", "false")
  load.setAttribute("aria-controls", "sm-tiles-ask")
  load.addEventListener("click", () => question(ask.hidden !== false))
  need("sm-tiles-no").addEventListener("click", () => question(false))
  need("sm-tiles-yes").addEventListener("click", () => {
    question(false)
    show(true)
    loaded.focus()
  })
  loaded.addEventListener("click", () => {
    show(false)
    load.focus()
  })
}

/** Tells whether the server would refuse this page, which sends no referrer. */
function barred(url: string): boolean {
  const nameless = self.origin === "null" || location.protocol === "file:"
  return nameless && WANT_REFERRER.test(new URL(url).hostname)
}
