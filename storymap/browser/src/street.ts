/** What authors lay over the map for a step, and the detailed map that readers may load. */
import type { Card } from "./card.ts"
import { need } from "./dom.ts"
import { drawingOn } from "./drawings.ts"
import { planOn } from "./plans.ts"
import type { Scene, StoryDocument } from "./story.ts"
import { readStreet } from "./street-story.ts"
import { offerTiles } from "./tiles.ts"

export interface Street {
  /** Shows the scene's overlays and no others. */
  show(scene: Scene): void
}

/** Where overlays lie: over the atlas and the tiles, under the story's routes, areas and marks. */
const PANES = { plans: "250", drawings: "300" }

/** Zoom from which the atlas, true to a kilometre or so, recedes: its shores would mislead. */
const FAINT_FROM = 13.5

export function street(map: L.Map, story: StoryDocument, card: Card): Street {
  const { overlays, steps, tiles } = readStreet(story.street)
  const elements = new Map<number, Element[]>()
  let step = -1

  for (const [name, zIndex] of Object.entries(PANES)) map.createPane(name).style.zIndex = zIndex
  const renderer = crispRenderer()
  map.addLayer(renderer)
  if (tiles) offerTiles(map, tiles)
  map.on("zoomend", recede)
  recede()

  function recede(): void {
    map.getContainer().classList.toggle("sm-faint", map.getZoom() > FAINT_FROM)
  }

  /** Opens what the step's text tells of a feature. */
  function open(overlay: number, feature: number): void {
    const told = need(story.scenes[step]!.id).querySelector(
      `[data-overlay="${overlay}"] [data-feature="${feature}"]`,
    )
    if (told) card.open(told, document.activeElement)
  }

  function put(index: number): Element[] {
    const overlay = overlays[index]!
    if (overlay.kind === "plan") return [planOn(map, map.getPane("plans")!, overlay)]
    return drawingOn(map, renderer, overlay, (feature) => open(index, feature))
  }

  return {
    show(scene) {
      step = story.scenes.indexOf(scene)
      const wanted = steps[step] ?? []
      for (const index of wanted) if (!elements.has(index)) elements.set(index, put(index))
      for (const [index, parts] of elements) {
        for (const part of parts) part.classList.toggle("sm-off", !wanted.includes(index))
      }
    },
  }
}

/** Redraws at every frame of a flight; Leaflet's own would stretch its lines until the end. */
function crispRenderer(): L.SVG {
  type Events = Record<string, L.LeafletEventHandlerFn>
  type Redrawing = { getEvents(): Events; _reset: L.LeafletEventHandlerFn }
  const svg = L.svg({ padding: 0.1, pane: "drawings" })
  const own = svg as unknown as Redrawing
  const events = own.getEvents.bind(own)
  own.getEvents = () => ({ ...events(), zoom: own._reset })
  return svg
}
