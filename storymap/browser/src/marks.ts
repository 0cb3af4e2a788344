/** Places on the map: each as what it is to the step, and no surer than anybody knows it. */
import { draw, make } from "./dom.ts"
import type { Point, Rect, Tag } from "./labels.ts"
import { square } from "./labels.ts"
import type { Area } from "./outlines.ts"
import { areaAround, areaWithin } from "./outlines.ts"
import type { Paths } from "./paths.ts"
import type { Pin } from "./pins.ts"
import type { Place, Position } from "./story.ts"
import { WORLD_PX } from "./view.ts"

export type Role = "current" | "visited" | "station" | "future"

/** Roles in order of importance. */
export const ROLES: readonly Role[] = ["current", "visited", "station", "future"]

/** Pixels between a mark and its label. */
export const LABEL_GAP_PX = 3

/** Half the size of each role's mark, in pixels; map.css draws them. */
export const MARK_PX: Record<Role, number> = { current: 15, visited: 7, station: 5, future: 7 }

/** What can be hit of a mark, in pixels; map.css says the same. */
const ICON_PX = 28

/** The smallest radius at which an area still reads as one, in pixels. */
const AREA_MIN_PX = 12

/** How far from the middle of an area its label may stand, in pixels. */
const AREA_GAP_PX = 40

/** A text longer than this breaks between the names that it is made of. */
const LINE_CHARS = 22

/** Fillings of the areas that a step is about, coloured by map.css. */
export function patterns(): SVGSVGElement {
  const hatching = draw(
    "pattern",
    {
      id: "sm-hatch",
      width: 7,
      height: 7,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    },
    draw("path", { d: "M3.5 0V7", stroke: "currentColor", "stroke-width": 1.5 }),
  )
  const soft = draw(
    "radialGradient",
    { id: "sm-soft" },
    draw("stop", { offset: 0, "stop-color": "currentColor", "stop-opacity": 0.6 }),
    draw("stop", { offset: 0.55, "stop-color": "currentColor", "stop-opacity": 0.38 }),
    draw("stop", { offset: 1, "stop-color": "currentColor", "stop-opacity": 0.04 }),
  )
  return draw("svg", { class: "sm-patterns", "aria-hidden": "true" }, draw("defs", {}, hatching, soft))
}

export interface Caption {
  /** "" where the step names only one place */
  number: string
  text: string
  today: string
}

/** One place on the map. */
export interface Mark {
  place: Place
  index: number
  role(): Role | null
  /** Shows the place in a role, null for not at all; its label waits for the next layout. */
  show(role: Role | null, caption: Caption): void
  point(): Point
  /** Puts its label, unseen, beside it: all are there before the first is measured. */
  lay(): void
  /** what its label needs */
  tag(): Omit<Tag, "claim">
  /** what labels keep off; null for a region, on which they may lie */
  rect(): Rect | null
  /** Leaves out an area that the map has no room for, unless the step is about it. */
  fit(): void
  showLabel(topLeft: Point | null): void
  hideLabel(): void
}

/** Makes the mark of a place that lies *at*; it shows nothing until it has a role. */
export function mark(
  map: L.Map,
  path: Paths,
  pin: (element: HTMLElement) => Pin,
  place: Place,
  at: Position,
  index: number,
  openCard: (place: Place) => void,
): Mark {
  const area = areaOf(place, at)
  const ground =
    area && path(`sm-area sm-area-${place.precision} leaflet-interactive`, area.outline)
  const core = make("span", { class: "sm-core" })
  const body = make("span", { class: "sm-mark-body" }, ...(area ? [] : [core]))
  const element = make("div", { class: "sm-mark leaflet-interactive", role: "button" }, body)
  const marker = pin(element)
  let label: Label | null = null
  let caption: Caption = { number: "", text: "", today: "" }
  let role: Role | null = null
  /** width of the map in which the label was measured: its letters are smaller in a narrow one */
  let measuredIn = 0
  let width = 0
  let height = 0

  element.dataset["place"] = place.id
  element.dataset["precision"] = place.precision
  for (const each of [element, ground?.element]) {
    each?.addEventListener("click", () => {
      // A map that was dragged by the mark is no mark that was clicked.
      if (!(map.dragging as Dragging).moved()) openCard(place)
    })
  }
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    openCard(place)
  })

  function point(): Point {
    return map.latLngToContainerPoint(at)
  }

  function radius(): number {
    return area ? Math.max(extent(area).x / 2, AREA_MIN_PX) : MARK_PX[role ?? "future"]
  }

  /** The size of an area on the map in pixels, be it in view or not. */
  function extent({ width, height }: Area): Point {
    const world = WORLD_PX * 2 ** map.getZoom()
    return { x: width * world, y: height * world }
  }

  function exceeds(shape: Area): boolean {
    const { x, y } = extent(shape)
    const room = map.getSize()
    return role !== "current" && (x > room.x || y > room.y)
  }

  return {
    place,
    index,
    role: () => role,
    point,
    show(next, { number, text, today }) {
      const before = role
      role = next
      if (!next) {
        ground?.hide()
        marker.hide()
        return
      }
      ground?.show()
      // Stations and places to come lie below what authors add to the map.
      marker.show(at, 1000 * (1 - ROLES.indexOf(next)))
      element.dataset["role"] = next
      element.tabIndex = next === "current" ? 0 : -1
      element.setAttribute("aria-label", today ? `${text}, ${today}` : text)
      if (ground) ground.element.dataset["role"] = next
      core.textContent = number
      const written = lines(area && number ? `${number}. ${text}` : text)
      const now = next === "current" ? today : ""
      if (next === before && written === caption.text && now === caption.today) return
      caption = { number, text: written, today: now }
      label?.write(caption)
      measuredIn = 0
    },
    lay() {
      if (label) return
      label = labelOf()
      label.write(caption)
      body.append(label.element)
    },
    tag() {
      const { x: room } = map.getSize()
      if (measuredIn !== room) {
        measuredIn = room
        width = label?.element.offsetWidth ?? 0
        height = label?.element.offsetHeight ?? 0
      }
      const across = place.precision === "region" || radius() > width / 2
      const gap = (across ? Math.min(radius() / 2, AREA_GAP_PX) : radius()) + LABEL_GAP_PX
      return { at: point(), gap, width, height, stand: across ? "across" : "around", once: "" }
    },
    rect() {
      if (place.precision === "region" || (area && exceeds(area))) return null
      return square(point(), radius())
    },
    fit() {
      if (!area || !ground || !role) return
      ground.element.classList.toggle("sm-exceeds", exceeds(area))
      // No route cuts through the place that the step is about; across a region it may run.
      if (role === "current" && place.precision === "approximate") ground.toFront()
    },
    showLabel(topLeft) {
      if (!topLeft || !label) return
      const { style, classList } = label.element
      const x = Math.round(topLeft.x - point().x)
      const y = Math.round(topLeft.y - point().y)
      style.transform = `translate(${x + ICON_PX / 2}px, ${y + ICON_PX / 2}px)`
      style.textAlign = x >= 0 ? "left" : x + width <= 0 ? "right" : "center"
      classList.add("sm-shown")
    },
    hideLabel() {
      label?.element.classList.remove("sm-shown")
    },
  }
}

type Dragging = L.Handler & { moved(): boolean }

interface Label {
  element: HTMLElement
  write(caption: Caption): void
}

function labelOf(): Label {
  const name = make("span", { class: "sm-name" })
  const now = make("span", { class: "sm-today" })
  return {
    element: make("span", { class: "sm-label" }, name, now),
    write({ text, today }) {
      name.textContent = text
      now.textContent = today
    },
  }
}

const lines = (text: string) => (text.length > LINE_CHARS ? text.replaceAll(" · ", " ·\n") : text)

/** What is known of where a place lies; null for a place that is a point. */
function areaOf({ shape, precision, radius }: Place, at: Position): Area | null {
  if (shape.length > 0) return areaWithin(shape)
  if (precision !== "approximate" && precision !== "region") return null
  return areaAround(at, radius, AREA_MIN_PX)
}
