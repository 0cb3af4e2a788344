/**
 * The wiring: finds the page's parts and ties them to one stepper.
 *
 * The text works whatever becomes of the map.
 */
import { announcer } from "./announce.ts"
import { atlasLayer } from "./atlas.ts"
import { camera } from "./camera.ts"
import { card } from "./card.ts"
import { make, need } from "./dom.ts"
import { fail } from "./failure.ts"
import { readLink, showLink } from "./hash.ts"
import { listenToKeys } from "./keys.ts"
import { layers } from "./layers.ts"
import type { Api, State } from "./messages.ts"
import { framed, listenToParent, tellParent } from "./messages.ts"
import { popover } from "./popover.ts"
import { scroller } from "./scroll.ts"
import { listenToSearch } from "./search.ts"
import { listenToSharing } from "./sharing.ts"
import type { Cause, Entry } from "./stepper.ts"
import { COVER, stepper } from "./stepper.ts"
import type { Place, Scene, StoryDocument } from "./story.ts"
import { readStory } from "./story.ts"
import { listenToSwipes } from "./swipe.ts"
import { timeline } from "./timeline.ts"
import { fill } from "./words.ts"

/** The zoom at which a place that was searched for is shown. */
const PLACE_ZOOM = 6

declare global {
  interface Window {
    storymap?: Api
  }
}

/** What the map does for the story; nothing where it could not start. */
interface MapView {
  show(scene: Scene, motion: "fly" | "cut"): void
  look(place: Place): void
}

/** Brings the page to life; throws an error that says what it lacks. */
export function start(): void {
  const story = readStory(need("storymap-data").textContent ?? "")
  const { texts } = story
  const word = (key: string, values: Record<string, string | number> = {}) =>
    fill(texts[key] ?? "", values)
  const sceneAt = (index: number) => story.scenes[index] ?? story.cover

  const text = need("sm-text")
  const sections = [need("sm-cover"), ...story.scenes.map(({ id }) => need(id))]
  const controls = need("sm-stepper")
  const announce = announcer(need("sm-live"))
  const say = notices(need("sm-stage"), announce)
  let map: MapView | null = null

  const steps = stepper(story.scenes.map(({ id }) => id), enter)
  const scroll = scroller(text, sections, (section) => {
    steps.goTo(sections.indexOf(section as HTMLElement) - 1, "scroll")
  })
  const axis = timeline(need("sm-time"), story, (index) => steps.goTo(index, "controls"))
  const placeCard = card(need("sm-card"), need("sm-card-body"), need("sm-card-close"))

  function enter({ index, cause }: Entry): void {
    placeCard.close()
    showStep(index)
    showLink(sceneAt(index).id)
    if (cause !== "scroll") scroll.show(sections[index + 1]!, cause === "start" ? "cut" : "glide")
    if (cause === "jump") sections[index + 1]!.querySelector<HTMLElement>("h1, h2")?.focus({ preventScroll: true })
    map?.show(sceneAt(index), cause === "start" ? "cut" : "fly")
    if (cause === "start") return
    announce(spoken(index))
    tellParent("step", api.state())
  }

  function showStep(index: number): void {
    const scene = sceneAt(index)
    sections.forEach((section, at) => {
      if (at === index + 1 && index !== COVER) section.setAttribute("aria-current", "step")
      else section.removeAttribute("aria-current")
    })
    for (const link of document.querySelectorAll("#sm-contents a[data-step]")) {
      if (link.getAttribute("data-step") === scene.id) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }
    need("sm-counter").textContent =
      index === COVER ? word("cover") : word("counter", { step: index + 1, count: steps.count })
    setDisabled(need("sm-previous"), index === COVER)
    setDisabled(need("sm-next"), index === steps.count - 1)
    axis.show(index)
    document.title = scene.title ? `${scene.title} · ${story.title}` : story.title
  }

  function spoken(index: number): string {
    const { title, date } = sceneAt(index)
    if (index === COVER) return word("announceCover", { title: story.title })
    return word("announce", { step: index + 1, count: steps.count, title, date })
  }

  function state(): State {
    const index = steps.index()
    const { language, languages } = story
    const step = index === COVER ? null : sceneAt(index).id
    return { version: 1, step, index, count: steps.count, language, languages: [...languages] }
  }

  function moved(move: () => void): State {
    move()
    return state()
  }

  const api: Api = {
    state,
    goTo: (target) => moved(() => steps.goTo(target, "controls")),
    next: () => moved(() => steps.next("controls")),
    previous: () => moved(() => steps.previous("controls")),
    setLanguage(tag) {
      if (tag !== story.language) throw new RangeError(`there is no language ${JSON.stringify(tag)}`)
      return state()
    },
  }

  function openPlace(place: Place, opener = document.activeElement): void {
    const entry = document.getElementById(`sm-place-${place.id}`)
    if (entry) placeCard.open(entry, opener)
  }

  /** Links stay in the page: followed by the browser, they would scroll the frame's parent too. */
  function follow(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null
    const link = target?.closest<HTMLAnchorElement>("a[href^='#']")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    const id = readLink(link.getAttribute("href") ?? "").step
    const place = story.places.find((each) => each.id === link.dataset["place"])
    if (place) {
      openPlace(place)
      map?.look(place)
    } else if (story.scenes.some((scene) => scene.id === id)) {
      closeContents()
      if (id === state().step) scroll.show(need(id), "glide")
      steps.goTo(id, "jump")
    } else {
      closeContents()
      showPart(document.getElementById(id))
    }
  }

  function showPart(part: HTMLElement | null): void {
    if (!part) return
    if (part !== text) scroll.show(part, "cut")
    if (!part.hasAttribute("tabindex")) part.tabIndex = -1
    part.focus({ preventScroll: true })
  }

  const closeContents = popover(
    need("sm-contents-button"),
    need("sm-contents"),
    () => document.querySelector("#sm-contents a[aria-current], #sm-contents a"),
  )
  const query = need<HTMLInputElement>("sm-query")
  const closeSearch = popover(need("sm-search-button"), need("sm-search"), () => query)
  listenToSearch(
    query,
    need("sm-results"),
    story.places,
    {
      none: word("noPlaces"),
      label: (place) => {
        const number = sceneAt(steps.index()).labels[story.places.indexOf(place)] ?? 0
        return place.labels[number]?.text ?? place.id
      },
    },
    (place) => {
      closeSearch()
      openPlace(place, need("sm-search-button"))
      map?.look(place)
    },
    (count) => announce(count > 0 ? word("placesFound", { count }) : word("noPlaces")),
  )
  listenToSharing(
    need("sm-link-button"),
    need("sm-full-button"),
    {
      copied: word("linkCopied"),
      shown: (address) => word("linkShown", { address }),
      noFullScreen: word("noFullScreen"),
    },
    say,
  )

  const step = (cause: Cause, way: "next" | "previous") => () => steps[way](cause)
  need("sm-next").addEventListener("click", step("controls", "next"))
  need("sm-previous").addEventListener("click", step("controls", "previous"))
  need("sm-start").addEventListener("click", () => steps.goTo(0, "jump"))
  document.addEventListener("click", follow)
  listenToKeys(need("sm-map"), controls, (action) => {
    if (action === "first") steps.goTo(0, "controls")
    else if (action === "last") steps.goTo(steps.count - 1, "controls")
    else steps[action]("controls")
  })
  listenToSwipes(text, (way) => steps[way === "forward" ? "next" : "previous"]("controls"))
  window.addEventListener("hashchange", () => {
    const link = readLink(location.hash)
    if (link.step === "" || story.scenes.some(({ id }) => id === link.step)) {
      steps.goTo(link.step, "jump")
    }
  })
  window.storymap = api
  listenToParent(api)

  showStep(COVER)
  const wanted = readLink(location.hash).step
  if (story.scenes.some(({ id }) => id === wanted)) steps.goTo(wanted, "start")
  try {
    map = startMap(story, openPlace, placeCard.open)
    map.show(sceneAt(steps.index()), "cut")
    need("sm-home").addEventListener("click", () => map?.show(sceneAt(steps.index()), "fly"))
    document.documentElement.dataset["storymap"] = "ready"
    tellParent("ready", state())
  } catch (error) {
    fail(error)
  }
}

/** Takes over the map that folium's script has made. */
function startMap(
  story: StoryDocument,
  openPlace: (place: Place) => void,
  openCard: (content: ParentNode, opener: Element | null) => void,
): MapView {
  const map = (window as unknown as Record<string, unknown>)[story.map]
  if (!(map instanceof L.Map)) throw new Error(`the page has no map ${story.map}`)
  const container = map.getContainer()
  const covers = document.querySelectorAll("#sm-text, #sm-time, #sm-card, .sm-bar")
  const furniture = document.querySelectorAll(".sm-controls, #sm-attribution")

  container.setAttribute("role", "group")
  container.setAttribute("aria-label", need("sm-stage").getAttribute("aria-label") ?? "")
  map.attributionControl?.remove()
  map.zoomControl?.remove()
  if (framed()) wheelOnlyWithFocus(map)
  need("sm-zoom-in").addEventListener("click", () => map.zoomIn(1))
  need("sm-zoom-out").addEventListener("click", () => map.zoomOut(1))
  openCardsOf(map, openCard)

  map.addLayer(atlasLayer(document.body))
  const view = camera(map, story.bounds, story.maxZoom, [...covers])
  const shown = layers(map, story, [...covers], [...furniture], openPlace)
  let scene = story.cover
  let byReader = false
  map.on("dragstart", () => (byReader = true))
  map.on("resize", () => {
    if (!byReader) view.show(scene, "cut")
  })
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(container)

  return {
    show(next, motion) {
      scene = next
      byReader = false
      shown.show(scene, motion)
      view.show(scene, motion)
    },
    look(place) {
      byReader = true
      if (place.at) view.look(place.at, Math.max(map.getZoom(), PLACE_ZOOM))
    },
  }
}

/** In a frame the wheel scrolls the page round it, until the reader is at work on the map. */
function wheelOnlyWithFocus(map: L.Map): void {
  map.scrollWheelZoom.disable()
  map.on("focus", () => map.scrollWheelZoom.enable())
  map.on("blur", () => map.scrollWheelZoom.disable())
}

/** Overlays that name a template of the page in `storymapCard` open it as a card. */
function openCardsOf(
  map: L.Map,
  openCard: (content: ParentNode, opener: Element | null) => void,
): void {
  function attach(layer: L.Layer & { storymapCard?: string; getElement?(): Element | undefined }): void {
    if (!layer.storymapCard) return
    const template = document.getElementById(layer.storymapCard)
    if (!(template instanceof HTMLTemplateElement)) return
    const open = () => openCard(template.content, document.activeElement)
    layer.on("click", open)
    const element = layer.getElement?.()
    element?.setAttribute("tabindex", "0")
    element?.setAttribute("role", "button")
    element?.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Enter") open()
    })
  }
  map.eachLayer(attach)
}

/** A line of text that appears over the stage for what no other place tells. */
function notices(stage: Element, announce: (message: string) => void): (message: string) => void {
  const notice = make("p", { class: "sm-notice", "aria-hidden": "true" })
  let timer = 0
  stage.append(notice)
  return (message) => {
    announce(message)
    notice.textContent = message
    notice.classList.add("sm-shown")
    window.clearTimeout(timer)
    timer = window.setTimeout(() => notice.classList.remove("sm-shown"), NOTICE_MS)
  }
}

/** Milliseconds that a notice stays; long enough to copy an address from it by hand. */
const NOTICE_MS = 8000

/** Disabled for every reader, but still focusable: focus must not fall off the last step's button. */
function setDisabled(button: Element, disabled: boolean): void {
  button.setAttribute("aria-disabled", String(disabled))
}
