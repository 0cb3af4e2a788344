/**
 * Names for orientation: states, waters, mountains and towns that are not the story's.
 *
 * They stand where the story leaves room, keep off its routes, and each name stands once. Rivers are
 * lettered along their courses where these are calm enough.
 */
import type { Stretch } from "./along.ts"
import { stretches } from "./along.ts"
import { brushOf, PLANE_ZOOM } from "./brush.ts"
import type { Course } from "./courses.ts"
import { coursesAt, coursesOf } from "./courses.ts"
import { draw, make } from "./dom.ts"
import type { GroundPath } from "./ground.ts"
import type { Point, Rect, Spot, Stand, Tag } from "./labels.ts"
import type { MapLabel, StoryDocument } from "./story.ts"

export interface Letters {
  tag(): Tag
  show(spot: Spot): void
}

export interface Lettering {
  /**
   * The names that may stand on the map, in order of importance: of dated ones those of a list in
   * the story's `dated`.
   */
  candidates(list: number, room: Rect): Letters[]
  /** Takes all names off the map. */
  clear(): void
  /** Reads the names anew: they are others. */
  renew(): void
}

/** Half the dot of a town, in pixels; lettering.css draws it. */
const DOT_PX = 2.5

/** Between the letters of a river's name, in em. */
const TRACKING = 0.1

/** Pixels that stay free round a name: maps are calm where names are few. */
const AIR_PX = { x: 8, y: 4 }

const STANDS: Record<MapLabel[1], Stand> = {
  state: "on",
  sea: "on",
  lake: "on",
  mountain: "on",
  town: "beside",
  river: "around",
}

export function lettering(
  map: L.Map,
  { labels, dated }: StoryDocument,
  ground: readonly GroundPath[],
): Lettering {
  const pane = map.createPane("lettering")
  pane.setAttribute("aria-hidden", "true")
  const passing = new Set(dated.flat())
  let read: Course[] | undefined
  const courses = () => (read ??= coursesOf(ground))
  const ruler = rulerOf()
  const lettersOf = (label: MapLabel, index: number) => {
    const level = levelLetters(map, label)
    const letters = label[1] === "river" ? windingLetters(map, label, courses, ruler, level) : level
    return { label, index, letters }
  }
  let all = labels.map(lettersOf)
  return {
    candidates(list, room) {
      const zoom = map.getZoom()
      const held = dated[list] ?? []
      const found = all
        .filter(({ label: [, , , , from, to] }) => from <= zoom && zoom < to)
        .filter(({ index }) => !passing.has(index) || held.includes(index))
        .map(({ letters }) => letters)
        .filter((letters) => near(letters.point(), room))
      for (const letters of found) letters.lay(pane)
      return found
    },
    clear() {
      for (const { letters } of all) letters.hide()
    },
    renew() {
      pane.replaceChildren()
      all = labels.map(lettersOf)
    },
  }
}

interface Laid extends Letters {
  /** where on the map its middle belongs */
  point(): Point
  /** Puts the name, unseen, into the pane: all are there before the first is measured. */
  lay(pane: HTMLElement): HTMLElement
  hide(): void
}

function levelLetters(map: L.Map, [text, kind, ...at]: MapLabel): Laid {
  // Seas are seldom as wide as their names.
  const lines = kind === "sea" ? text.replace(/ (?=\S+$)/, "\n") : text
  let element: HTMLElement | undefined
  let size: { width: number; height: number } | undefined
  const point = () => map.latLngToContainerPoint([at[0], at[1]])
  return {
    point,
    lay(pane) {
      element ??= make("span", { class: "sm-label sm-letters", "data-kind": kind }, lines)
      if (!element.isConnected) pane.append(element)
      return element
    },
    tag() {
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
        once: `${kind} ${text}`,
      }
    },
    show({ x, y }) {
      const origin = map.containerPointToLayerPoint([x + AIR_PX.x, y + AIR_PX.y])
      element!.style.transform = `translate(${Math.round(origin.x)}px, ${Math.round(origin.y)}px)`
      element!.classList.toggle("sm-west", x + AIR_PX.x + size!.width / 2 < point().x)
      element!.classList.add("sm-shown")
    },
    hide() {
      element?.classList.remove("sm-shown")
    },
  }
}

/** Tells how wide a letter is in a font, in pixels. */
type Ruler = (letter: string, font: string) => number

function rulerOf(): Ruler {
  const brush = brushOf(document.createElement("canvas"))
  const widths = new Map<string, number>()
  return (letter, font) => {
    const known = widths.get(letter + font)
    if (known !== undefined) return known
    brush.font = font
    const { width } = brush.measureText(letter)
    widths.set(letter + font, width)
    return width
  }
}

/** Letters along a river; *level* ones where it winds too much. */
function windingLetters(
  map: L.Map,
  [text, , lat, lon]: MapLabel,
  courses: () => Course[],
  ruler: Ruler,
  level: Laid,
): Laid {
  const letters = [...text]
  const halo = draw("text", { class: "sm-halo" })
  const ink = draw("text")
  const svg = draw("svg", { class: "sm-label sm-letters sm-along", "data-kind": "river" }, halo, ink)
  for (const line of [halo, ink]) line.textContent = text
  let span: HTMLElement
  let passing: Course[] | undefined

  /** The ways to write it along its course on the map as it is now. */
  function along(): Stretch[] {
    const zoom = map.getZoom()
    passing ??= coursesAt(courses(), map.project([lat, lon], PLANE_ZOOM))
    const course = passing.filter(({ from }) => from <= zoom).pop()
    if (!course) return []
    const scale = map.getZoomScale(zoom, PLANE_ZOOM)
    const { x, y } = map.getPixelBounds().getTopLeft()
    const points = course.points.map((point) => ({ x: point.x * scale - x, y: point.y * scale - y }))
    const { font, fontSize } = getComputedStyle(span)
    const em = parseFloat(fontSize)
    const widths = letters.map((letter) => ruler(letter, font) + TRACKING * em)
    return stretches(points, level.point(), widths, em)
  }

  return {
    ...level,
    lay(pane) {
      span = level.lay(pane)
      if (!svg.isConnected) pane.append(svg)
      return span
    },
    tag: () => ({ ...level.tag(), along: along() }),
    show(spot) {
      if (!("letters" in spot)) {
        level.show(spot)
        return
      }
      const set = (spot as Stretch).letters
      for (const line of [halo, ink]) {
        line.setAttribute("x", set.map(({ x }) => (x - spot.x).toFixed(1)).join(" "))
        line.setAttribute("y", set.map(({ y }) => (y - spot.y).toFixed(1)).join(" "))
        line.setAttribute("rotate", set.map(({ angle }) => angle.toFixed(1)).join(" "))
      }
      const origin = map.containerPointToLayerPoint([spot.x, spot.y])
      svg.style.transform = `translate(${origin.x}px, ${origin.y}px)`
      svg.classList.add("sm-shown")
    },
    hide() {
      level.hide()
      svg.classList.remove("sm-shown")
    },
  }
}

const near = ({ x, y }: Point, { left, top, right, bottom }: Rect) =>
  x > left && x < right && y > top && y < bottom
