/**
 * What the map shows of a scene: places by what they are to the step, routes as far as they are
 * travelled, names where there is room.
 *
 * Layers are made once; from scene to scene only what differs changes.
 */
import { counter } from "./counter.ts"
import { coveredEdges } from "./covers.ts"
import { reducedMotion } from "./dom.ts"
import type { GroundPath } from "./ground.ts"
import type { Point, Rect, Spot, Tag } from "./labels.ts"
import { placer } from "./labels.ts"
import type { Lettering } from "./lettering.ts"
import { lettering } from "./lettering.ts"
import type { Mark, Role } from "./marks.ts"
import { LABEL_GAP_PX, mark, patterns, ROLES } from "./marks.ts"
import { paths } from "./paths.ts"
import { pins } from "./pins.ts"
import { whenRetold } from "./retold.ts"
import type { Journey } from "./routes.ts"
import { journeyOf } from "./routes.ts"
import { slicing } from "./slices.ts"
import type { Label, Place, Scene, StoryDocument } from "./story.ts"
import type { Words } from "./words.ts"

export interface Layers {
  /**
   * Shows a scene; its journey waits for the map to stand still, or is simply there. *arrived* is
   * called when the traveller is.
   */
  show(scene: Scene, motion: "fly" | "cut", arrived?: () => void): void
  /** The map stands still: puts names where there is room, and plays the journey. */
  settle(): void
  /** Calls all places as they are called today, or as they were at the scene's date. */
  nameToday(wanted: boolean): void
}

/** Seconds that a journey takes: a beginning, so much for each leg, and the most of all. */
const JOURNEY = { base: 0.8, leg: 0.45, most: 4 }

/** Names keep inside what *covers* leave of the map, and off the *furniture* on it. */
export function layers(
  map: L.Map,
  story: StoryDocument,
  ground: readonly GroundPath[],
  words: Words,
  covers: readonly Element[],
  furniture: readonly Element[],
  openCard: (place: Place) => void,
): Layers {
  map.getContainer().append(patterns())

  const path = paths(map)
  const pin = pins(map)
  const shown = story.places.flatMap((place, index) =>
    place.at ? [mark(map, path, pin, place, place.at, index, openCard)] : [],
  )
  let letters: Lettering | null = null
  const { dataset } = map.getContainer()
  const inSlices = slicing()
  const journeys = new Map<number, Journey>()
  const counted = counter(words)
  let scene = story.cover
  let playing = 0
  let pending = false
  let arrive: (() => void) | undefined
  let todaysNames = false

  map.on("zoomstart", () => map.getContainer().classList.add("sm-moving"))
  map.on("moveend", settle)

  whenRetold(() => {
    letters?.renew()
    showPlaces()
    if (!playing) showJourneys(pending ? 0 : 1)
    nameAnew()
  })

  function settle(): void {
    for (const each of shown) each.fit()
    nameAnew()
  }

  /** Gives all places their names, in tasks to come, and then plays a journey that waits for it. */
  function nameAnew(): void {
    dataset["naming"] = ""
    inSlices(naming())
  }

  function* naming(): Generator<void> {
    yield* layOutLabels()
    map.getContainer().classList.remove("sm-moving")
    delete dataset["naming"]
    if (pending) play()
  }

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
      const { text, today } = captionOf(each.index)
      each.show(roleOf(each.place, each.index), {
        number: numbered && order >= 0 ? String(order + 1) : "",
        text,
        today: today && words("today", { name: today }),
      })
    }
  }

  function captionOf(index: number): Label {
    const { labels } = story.places[index]!
    const label = labels[scene.labels[index]!] ?? { text: "", today: "" }
    return todaysNames && label.today ? { text: label.today, today: "" } : label
  }

  function showJourneys(progress: number): void {
    for (const [index, journey] of journeys) {
      if (!scene.routes.some(({ route }) => route === index)) journey.hide()
    }
    for (const passage of scene.routes) {
      let journey = journeys.get(passage.route)
      if (!journey) {
        journey = journeyOf(map, path, pin, story.routes[passage.route]!, story.places)
        journeys.set(passage.route, journey)
      }
      journey.show(passage, progress)
    }
    count(progress)
  }

  /** Tells how far the step's journey has come. */
  function count(progress: number): void {
    const passage = scene.routes.find(({ first, last }) => first < last)
    if (!passage) {
      counted.hide()
      return
    }
    const route = story.routes[passage.route]!
    const stop = journeys.get(passage.route)!.reached(passage, progress)
    counted.show(route, stop, captionOf(route.stops[stop]!).text)
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
      if (!playing) arrive?.()
    }
    playing = requestAnimationFrame(advance)
  }

  function* layOutLabels(): Generator<void> {
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
    for (const each of named) each.lay()
    yield
    const tags = named.map((each): Tag => {
      const claim = each.role() === "current" || isAhead(each) ? "must" : "may"
      return { ...each.tag(), claim }
    })
    yield
    letters ??= lettering(map, story, ground)
    const around = letters.candidates(todaysNames ? story.datedToday : scene.dated, room)
    for (const each of around) {
      yield
      tags.push(each.tag())
    }
    yield
    const marks = [
      ...named.flatMap((each) => each.rect() ?? []),
      ...scene.routes.flatMap((passage) => journeys.get(passage.route)?.terminus(passage) ?? []),
      ...overlays().map((element) => rectOn(map, element)),
    ]
    const dots = scene.routes.flatMap(({ route }) => journeys.get(route)?.dots() ?? [])
    const fixed = furniture.map((element) => rectOn(map, element))
    const place = placer(room, marks, dots, fixed)
    const places: (Spot | null)[] = []
    for (const tag of tags) {
      yield
      places.push(place(tag))
    }
    for (const each of shown) each.hideLabel()
    letters.clear()
    named.forEach((each, index) => each.showLabel(places[index] ?? null))
    around.forEach((each, index) => {
      const topLeft = places[named.length + index]
      if (topLeft) each.show(topLeft)
    })
  }

  /** The markers that authors have added. */
  function overlays(): Element[] {
    return [...map.getPanes().markerPane.querySelectorAll(":scope > :not(.sm-mark, .sm-train)")]
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
    settle,
    nameToday(wanted) {
      todaysNames = wanted
      showPlaces()
      nameAnew()
    },
    show(next, motion, arrived) {
      cancelAnimationFrame(playing)
      scene = next
      arrive = arrived
      pending = motion === "fly" && !reducedMotion() && scene.routes.some((p) => p.first < p.last)
      showPlaces()
      showJourneys(pending ? 0 : 1)
      if (!pending) arrive?.()
    },
  }
}

const near = ({ x, y }: Point, { left, top, right, bottom }: Rect) =>
  x > left && x < right && y > top && y < bottom

function rectOn(map: L.Map, element: Element): Rect {
  const { left: x, top: y } = map.getContainer().getBoundingClientRect()
  const { left, top, right, bottom } = element.getBoundingClientRect()
  return { left: left - x, top: top - y, right: right - x, bottom: bottom - y }
}
