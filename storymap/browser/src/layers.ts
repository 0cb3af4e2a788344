/**
 * What the map shows of a scene: places by what they are to the step, routes as far as they are
 * travelled, names where there is room.
 *
 * Layers are made once; from scene to scene only what differs changes.
 */
import { coveredEdges } from "./covers.ts"
import { draw, make, reducedMotion } from "./dom.ts"
import { head, travelled } from "./journey.ts"
import type { Point, Rect, Tag } from "./labels.ts"
import { placeLabels } from "./labels.ts"
import type { Passage, Place, Position, Route, Scene, StoryDocument } from "./story.ts"
import { project, unproject } from "./view.ts"
import type { Words } from "./words.ts"

export interface Layers {
  /** Shows a scene; its journey is played once the map stands still, or is simply there. */
  show(scene: Scene, motion: "fly" | "cut"): void
}

type Role = "current" | "visited" | "station" | "future"

/** Roles in order of importance. */
const ROLES: readonly Role[] = ["current", "visited", "station", "future"]

/** What can be hit of a mark, in pixels. */
const ICON_PX = 28

/** Half the size of each role's mark, in pixels; map.css draws them. */
const MARK_PX: Record<Role, number> = { current: 15, visited: 7, station: 5, future: 7 }

/** The smallest radius at which an area still reads as one, in pixels. */
const AREA_MIN_PX = 12

/** How far from the middle of an area its label may stand, in pixels. */
const AREA_GAP_PX = 40

/** A text longer than this breaks between the names that it is made of. */
const LINE_CHARS = 22

/** Pixels between a mark and its label, and between the dots by which labels see a route. */
const LABEL_GAP_PX = 3
const ROUTE_DOT_PX = 12

const TRAIN_PX = { width: 36, height: 24 }

/** Seconds that a journey takes: a beginning, so much for each leg, and the most of all. */
const JOURNEY = { base: 0.8, leg: 0.45, most: 4 }

/** Names keep inside what *covers* leave of the map, and off the *furniture* on it. */
export function layers(
  map: L.Map,
  story: StoryDocument,
  words: Words,
  covers: readonly Element[],
  furniture: readonly Element[],
  openCard: (place: Place) => void,
): Layers {
  const renderer = crispRenderer()
  map.addLayer(renderer)
  map.getContainer().append(patterns())

  const shown = story.places.flatMap((place, index) =>
    place.at ? [mark(map, renderer, place, place.at, index, openCard)] : [],
  )
  const journeys = new Map<number, Journey>()
  let scene = story.cover
  let playing = 0
  let pending = false

  map.on("zoomstart", () => map.getContainer().classList.add("sm-moving"))
  map.on("moveend", () => {
    map.getContainer().classList.remove("sm-moving")
    layOutLabels()
    if (pending) play()
  })

  function roleOf(place: Place, index: number): Role | null {
    if (scene.current.includes(index)) return "current"
    if (scene.visited.includes(index)) return "visited"
    if (place.kind === "story") return "future"
    return onRoute(index) ? "station" : null
  }

  function onRoute(index: number): boolean {
    return scene.routes.some(({ route }) => story.routes[route]!.stops.includes(index))
  }

  function showPlaces(): void {
    const numbered = scene.current.length > 1
    for (const each of shown) {
      const order = scene.current.indexOf(each.index)
      const { text = "", today = "" } = each.place.labels[scene.labels[each.index]!] ?? {}
      each.show(roleOf(each.place, each.index), {
        number: numbered && order >= 0 ? String(order + 1) : "",
        text,
        today: today && words("today", { name: today }),
      })
    }
  }

  function showJourneys(progress: number): void {
    for (const [index, journey] of journeys) {
      if (!scene.routes.some(({ route }) => route === index)) journey.hide()
    }
    for (const passage of scene.routes) {
      let journey = journeys.get(passage.route)
      if (!journey) {
        journey = journeyOf(map, renderer, story.routes[passage.route]!, story.places)
        journeys.set(passage.route, journey)
      }
      journey.show(passage, progress)
    }
  }

  function play(): void {
    pending = false
    const legs = Math.max(...scene.routes.map(({ first, last }) => last - first))
    const duration = 1000 * Math.min(JOURNEY.most, JOURNEY.base + JOURNEY.leg * legs)
    const start = performance.now()
    const advance = (now: number) => {
      const progress = Math.min(1, (now - start) / duration)
      showJourneys(progress)
      playing = progress < 1 ? requestAnimationFrame(advance) : 0
    }
    playing = requestAnimationFrame(advance)
  }

  function layOutLabels(): void {
    const { x: width, y: height } = map.getSize()
    const edges = coveredEdges(map.getContainer(), covers)
    const room = {
      left: edges.left + LABEL_GAP_PX,
      top: edges.top + LABEL_GAP_PX,
      right: width - edges.right - LABEL_GAP_PX,
      bottom: height - edges.bottom - LABEL_GAP_PX,
    }
    const named = shown
      .filter((each) => each.role() !== null && near(each.point(), room))
      .sort((a, b) => importance(a) - importance(b))
    const tags = named.map((each) => ({
      ...each.tag(),
      must: each.role() === "current" || isAhead(each),
    }))
    const marks = [
      ...named.flatMap((each) => each.rect() ?? []),
      ...scene.routes.flatMap((passage) => journeys.get(passage.route)?.terminus(passage) ?? []),
      ...furniture.map((element) => rectOn(map, element)),
    ]
    const dots = scene.routes.flatMap(({ route }) => journeys.get(route)?.dots() ?? [])
    const places = placeLabels(tags, room, marks, dots)
    for (const each of shown) each.hideLabel()
    named.forEach((each, index) => each.showLabel(places[index] ?? null))
  }

  /**
   * Current places first, then those visited last, then ends and stations of routes, then those to
   * come.
   */
  function importance(each: Mark): number {
    const role = each.role() ?? "future"
    const rank = isAhead(each) ? ROLES.indexOf("station") - 0.5 : ROLES.indexOf(role)
    const seen = scene.visited.indexOf(each.index)
    const order = role === "current" ? scene.current.indexOf(each.index) : -seen
    return 2 * rank + order / story.places.length
  }

  /** Tells whether a route leads to a place of which the story is yet to tell. */
  function isAhead({ index, role }: Mark): boolean {
    return role() === "future" && onRoute(index)
  }

  return {
    show(next, motion) {
      cancelAnimationFrame(playing)
      scene = next
      pending = motion === "fly" && !reducedMotion() && scene.routes.some((p) => p.first < p.last)
      showPlaces()
      showJourneys(pending ? 0 : 1)
    },
  }
}

const around = ({ x, y }: Point, half: number): Rect => ({
  left: x - half,
  top: y - half,
  right: x + half,
  bottom: y + half,
})

const near = ({ x, y }: Point, { left, top, right, bottom }: Rect) =>
  x > left && x < right && y > top && y < bottom

function rectOn(map: L.Map, element: Element): Rect {
  const { left: x, top: y } = map.getContainer().getBoundingClientRect()
  const { left, top, right, bottom } = element.getBoundingClientRect()
  return { left: left - x, top: top - y, right: right - x, bottom: bottom - y }
}

/** Redraws at every frame of a flight, where Leaflet's own would stretch its lines until the end. */
function crispRenderer(): L.SVG {
  type Events = Record<string, L.LeafletEventHandlerFn>
  type Redrawing = { getEvents(): Events; _reset: L.LeafletEventHandlerFn }
  const svg = L.svg({ padding: 0.1 })
  const own = svg as unknown as Redrawing
  const events = own.getEvents.bind(own)
  own.getEvents = () => ({ ...events(), zoom: own._reset })
  return svg
}

/** Fillings of areas, one of each for each role, coloured by map.css. */
function patterns(): SVGSVGElement {
  const fillings = ROLES.flatMap((role) => [
    draw(
      "pattern",
      {
        id: `sm-hatch-${role}`,
        "data-role": role,
        width: 7,
        height: 7,
        patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)",
      },
      draw("path", { d: "M3.5 0V7", stroke: "currentColor", "stroke-width": 1.5 }),
    ),
    draw(
      "radialGradient",
      { id: `sm-soft-${role}`, "data-role": role },
      draw("stop", { offset: 0, "stop-color": "currentColor", "stop-opacity": 0.6 }),
      draw("stop", { offset: 0.55, "stop-color": "currentColor", "stop-opacity": 0.38 }),
      draw("stop", { offset: 1, "stop-color": "currentColor", "stop-opacity": 0.04 }),
    ),
  ])
  return draw("svg", { class: "sm-patterns", "aria-hidden": "true" }, draw("defs", {}, ...fillings))
}

interface Caption {
  /** "" where the step names only one place */
  number: string
  text: string
  today: string
}

/** One place on the map. */
interface Mark {
  place: Place
  index: number
  role(): Role | null
  /** Shows the place in a role, null for not at all; its label waits for the next layout. */
  show(role: Role | null, caption: Caption): void
  point(): Point
  /** what its label needs */
  tag(): Omit<Tag, "must">
  /** what labels keep off; null for a region, on which they may lie */
  rect(): Rect | null
  showLabel(topLeft: Point | null): void
  hideLabel(): void
}

function mark(
  map: L.Map,
  renderer: L.SVG,
  place: Place,
  at: Position,
  index: number,
  openCard: (place: Place) => void,
): Mark {
  const area = areaOf(place, at, renderer)
  const core = make("span", { class: "sm-core" })
  const name = make("span", { class: "sm-name" })
  const today = make("span", { class: "sm-today" })
  const label = make("span", { class: "sm-label" }, name, today)
  const icon = make("span", { class: "sm-mark-body" }, ...(area ? [label] : [core, label]))
  const marker = L.marker(at, {
    icon: L.divIcon({ className: "sm-mark", html: icon, iconSize: [ICON_PX, ICON_PX] }),
    keyboard: false,
  })
  let role: Role | null = null
  let width = 0
  let height = 0

  for (const layer of area ? [marker, area] : [marker]) layer.on("click", () => openCard(place))
  marker.on("add", () => {
    const element = marker.getElement()!
    element.dataset["place"] = place.id
    element.dataset["precision"] = place.precision
    element.setAttribute("role", "button")
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      openCard(place)
    })
  })

  function point(): Point {
    return map.latLngToContainerPoint(at)
  }

  function radius(): number {
    return area ? extent(area) : MARK_PX[role ?? "future"]
  }

  return {
    place,
    index,
    role: () => role,
    point,
    show(next, { number, text, today: now }) {
      role = next
      for (const layer of area ? [area, marker] : [marker]) {
        if (next) layer.addTo(map)
        else layer.remove()
      }
      if (!next) return
      const element = marker.getElement()!
      element.dataset["role"] = next
      element.tabIndex = next === "current" ? 0 : -1
      element.setAttribute("aria-label", now ? `${text}, ${now}` : text)
      marker.setZIndexOffset(1000 * (ROLES.length - ROLES.indexOf(next)))
      const path = area?.getElement()
      if (path instanceof SVGElement) path.dataset["role"] = next
      core.textContent = number
      name.textContent = lines(area && number ? `${number}. ${text}` : text)
      today.textContent = next === "current" ? now : ""
      width = 0
    },
    tag() {
      if (!width) {
        width = label.offsetWidth
        height = label.offsetHeight
      }
      const across = place.precision === "region" || radius() > width / 2
      const gap = (across ? Math.min(radius() / 2, AREA_GAP_PX) : radius()) + LABEL_GAP_PX
      return { at: point(), gap, width, height, across }
    },
    rect() {
      if (place.precision === "region") return null
      return around(point(), radius())
    },
    showLabel(topLeft) {
      if (!topLeft) return
      const x = Math.round(topLeft.x - point().x)
      const y = Math.round(topLeft.y - point().y)
      label.style.transform = `translate(${x + ICON_PX / 2}px, ${y + ICON_PX / 2}px)`
      label.style.textAlign = x >= 0 ? "left" : x + width <= 0 ? "right" : "center"
      label.classList.add("sm-shown")
    },
    hideLabel() {
      label.classList.remove("sm-shown")
    },
  }
}

const lines = (text: string) =>
  text.length > LINE_CHARS ? text.replaceAll(" · ", " ·\n") : text

/** The outline of a place that is no point; null for one that is. */
function areaOf(place: Place, at: Position, renderer: L.SVG): L.Path | null {
  const className = `sm-area sm-area-${place.precision}`
  if (place.shape.length > 0) return L.polygon(place.shape, { renderer, className })
  if (place.precision !== "approximate" && place.precision !== "region") return null
  return disc(at, place.radius, { renderer, className })
}

/** A circle that never shrinks to a point. */
function disc(at: Position, radius: number, options: L.PathOptions): L.Path {
  type Projecting = { _project(): void; _radius: number; _radiusY: number }
  const circle = L.circle(at, { ...options, radius })
  const own = circle as unknown as Projecting
  const project = own._project.bind(own)
  own._project = () => {
    project()
    own._radius = Math.max(own._radius, AREA_MIN_PX)
    own._radiusY = Math.max(own._radiusY, AREA_MIN_PX)
  }
  return circle
}

/** Half the width of an area as drawn, in pixels. */
function extent(area: L.Path): number {
  return (area.getElement()?.getBoundingClientRect().width ?? 0) / 2
}

/** One route on the map. */
interface Journey {
  show(passage: Passage, progress: number): void
  hide(): void
  /** points along it, for labels to keep off */
  dots(): Point[]
  /** where its train comes to rest; null where it has none */
  terminus(passage: Passage): Rect | null
}

interface Leg {
  from: Position
  to: Position
  /** how much of it is drawn as travelled */
  share: number
  ahead: L.Polyline
  casing: L.Polyline
  behind: L.Polyline
}

function journeyOf(
  map: L.Map,
  renderer: L.SVG,
  { stops, legs }: Route,
  places: readonly Place[],
): Journey {
  const drawn: (Leg | null)[] = legs.map((certainty, index) => {
    const from = places[stops[index]!]!.at
    const to = places[stops[index + 1]!]!.at
    if (!from || !to) return null
    const line = (kind: string, points: Position[]) =>
      L.polyline(points, {
        renderer,
        className: `sm-leg sm-${kind} sm-${certainty}`,
        interactive: false,
        smoothFactor: 0,
      })
    return {
      from,
      to,
      share: 0,
      ahead: line("ahead", [from, to]),
      casing: line("casing", []),
      behind: line("behind", []),
    }
  })
  const lengths = drawn.map((leg) => (leg ? span(leg) : 0))
  // All casings lie below all lines: at a stop, the next leg must not cut the end of this one.
  const group = L.layerGroup(
    (["ahead", "casing", "behind"] as const).flatMap((kind) =>
      drawn.flatMap((leg) => (leg ? [leg[kind]] : [])),
    ),
  )
  const train = L.marker([0, 0], {
    icon: L.divIcon({
      className: "sm-train",
      html: trainDrawing(),
      iconSize: [TRAIN_PX.width, TRAIN_PX.height],
      iconAnchor: [TRAIN_PX.width / 2, TRAIN_PX.height + 2],
    }),
    interactive: false,
    keyboard: false,
    zIndexOffset: 5000,
  })

  function showTrain(passage: Passage, progress: number): void {
    const { leg, share } = head(lengths, passage, progress)
    const way = drawn[leg]
    if (!way) {
      train.remove()
      return
    }
    train.setLatLng(along(way, share)).addTo(map)
    const icon = train.getElement()
    icon?.classList.toggle("sm-westward", way.to[1] < way.from[1])
    icon?.classList.toggle("sm-arrived", progress === 1)
  }

  return {
    show(passage, progress) {
      group.addTo(map)
      travelled(lengths, passage, progress).forEach((share, index) => {
        const leg = drawn[index]
        if (!leg || leg.share === share) return
        leg.share = share
        const points = share > 0 ? [leg.from, along(leg, share)] : []
        leg.casing.setLatLngs(points)
        leg.behind.setLatLngs(points)
      })
      showTrain(passage, progress)
    },
    hide() {
      group.remove()
      train.remove()
    },
    terminus(passage) {
      const { leg, share } = head(lengths, passage, 1)
      const way = drawn[leg]
      if (!way) return null
      const { x, y } = map.latLngToContainerPoint(along(way, share))
      return around({ x, y: y - MARK_PX.current - TRAIN_PX.height / 2 }, TRAIN_PX.width / 2)
    },
    dots: () =>
      drawn.flatMap((leg) => {
        if (!leg) return []
        const from = map.latLngToContainerPoint(leg.from)
        const to = map.latLngToContainerPoint(leg.to)
        const count = Math.min(200, Math.ceil(from.distanceTo(to) / ROUTE_DOT_PX))
        return Array.from({ length: count }, (_, i) => ({
          x: from.x + ((to.x - from.x) * i) / count,
          y: from.y + ((to.y - from.y) * i) / count,
        }))
      }),
  }
}

function span({ from, to }: Leg): number {
  const a = project(from)
  const b = project(to)
  return Math.hypot(b.x - a.x, b.y - a.y)
}

/** The point at a share of a leg, straight on the map. */
function along({ from, to }: Leg, share: number): Position {
  const a = project(from)
  const b = project(to)
  return unproject({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share })
}

/** A locomotive that runs to the right. */
function trainDrawing(): SVGSVGElement {
  return draw(
    "svg",
    { viewBox: "0 0 36 24", "aria-hidden": "true" },
    draw("path", {
      d: "M4 3h11v2h-1v3h7V4h-1V2h6v2h-1v4h4a4 4 0 0 1 2 7l3 4h-5M4 3v2h1v12h25M8 6v4h4V6z",
      "fill-rule": "evenodd",
    }),
    draw("circle", { cx: 10, cy: 18, r: 4 }),
    draw("circle", { cx: 19, cy: 19, r: 3 }),
    draw("circle", { cx: 26, cy: 19, r: 3 }),
  )
}
