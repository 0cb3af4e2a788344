/**
 * Names for orientation: states, waters, mountains and towns that are not the story's.
 *
 * They stand where the story leaves room, keep off its routes, and each name stands once.
 */
import { make } from "./dom.ts"
import type { Point, Rect, Stand, Tag } from "./labels.ts"
import type { MapLabel, StoryDocument } from "./story.ts"

export interface Letters {
  tag(): Tag
  show(topLeft: Point): void
}

export interface Lettering {
  /**
   * Takes all names off the map and gives those that may stand on it, in order of importance: of
   * dated ones those of a list in the story's `dated`.
   */
  candidates(list: number, room: Rect): Letters[]
}

/** Half the dot of a town, in pixels; lettering.css draws it. */
const DOT_PX = 2.5

/** Pixels that stay free round a name: maps are calm where names are few. */
const AIR_PX = { x: 8, y: 4 }

const STANDS: Record<MapLabel["kind"], Stand> = {
  state: "on",
  sea: "on",
  lake: "on",
  mountain: "on",
  town: "beside",
  river: "around",
}

export function lettering(map: L.Map, { labels, dated }: StoryDocument): Lettering {
  const pane = map.createPane("lettering")
  pane.setAttribute("aria-hidden", "true")
  const passing = new Set(dated.flat())
  const all = labels.map((label, index) => ({ label, index, letters: lettersOf(map, label) }))
  return {
    candidates(list, room) {
      const zoom = map.getZoom()
      const held = dated[list] ?? []
      for (const { letters } of all) letters.hide()
      const found = all
        .filter(({ label: { from, to } }) => from <= zoom && zoom < to)
        .filter(({ index }) => !passing.has(index) || held.includes(index))
        .map(({ letters }) => letters)
        .filter((letters) => near(letters.point(), room))
      for (const letters of found) letters.lay(pane)
      return found
    },
  }
}

function lettersOf(map: L.Map, { text, at, kind }: MapLabel) {
  // Seas are seldom as wide as their names.
  const lines = kind === "sea" ? text.replace(/ (?=\S+$)/, "\n") : text
  let element: HTMLElement | undefined
  let size: { width: number; height: number } | undefined
  const point = () => map.latLngToContainerPoint(at)
  return {
    point,
    /** Puts the name, unseen, into the pane: all are there before the first is measured. */
    lay(pane: HTMLElement): void {
      element ??= make("span", { class: "sm-label sm-letters", "data-kind": kind }, lines)
      if (!element.isConnected) pane.append(element)
    },
    tag(): Tag {
      size ??= { width: element!.offsetWidth, height: element!.offsetHeight }
      const stand = STANDS[kind]
      return {
        at: point(),
        // The dot is a part of a town's name.
        gap: stand === "beside" ? -DOT_PX - AIR_PX.x : 0,
        width: size.width + 2 * AIR_PX.x,
        height: size.height + 2 * AIR_PX.y,
        stand,
        claim: "yields",
        once: text,
      }
    },
    show({ x, y }: Point): void {
      const origin = map.containerPointToLayerPoint([x + AIR_PX.x, y + AIR_PX.y])
      element!.style.transform = `translate(${Math.round(origin.x)}px, ${Math.round(origin.y)}px)`
      element!.classList.toggle("sm-west", x + AIR_PX.x + size!.width / 2 < point().x)
      element!.classList.add("sm-shown")
    },
    hide(): void {
      element?.classList.remove("sm-shown")
    },
  }
}

const near = ({ x, y }: Point, { left, top, right, bottom }: Rect) =>
  x > left && x < right && y > top && y < bottom
