/**
 * The wiring: finds the page's parts and ties them to one stepper.
 *
 * The text works whatever becomes of the map.
 */
import { announcer } from "./announce.ts"
import { atlasLayer } from "./atlas.ts"
import { fitFrame } from "./autoheight.ts"
import { camera } from "./camera.ts"
import type { Card } from "./card.ts"
import { card } from "./card.ts"
import { controls } from "./controls.ts"
import { need, wholePage } from "./dom.ts"
import { fail } from "./failure.ts"
import type { FurtherPlaces } from "./further-places.ts"
import { furtherOf, furtherPlaces } from "./further-places.ts"
import { readGround } from "./ground.ts"
import { readLink, showLink } from "./hash.ts"
import { listenToKeys } from "./keys.ts"
import { inset } from "./inset.ts"
import { canUnpack, languagesOf, listenToSwitch, nameOf } from "./languages.ts"
import { layers } from "./layers.ts"
import { listenToLinks } from "./links.ts"
import type { Api, State } from "./messages.ts"
import { framed, listenToParent, tellParent } from "./messages.ts"
import { notices } from "./notice.ts"
import { options } from "./options.ts"
import { openCards } from "./overlays.ts"
import { popover } from "./popover.ts"
import { whenRetold } from "./retold.ts"
import { scaleBar } from "./scale.ts"
import { scroller } from "./scroll.ts"
import type { Hits } from "./search.ts"
import { find, fold, listenToSearch, merged } from "./search.ts"
import { listenToSharing } from "./sharing.ts"
import { status } from "./status.ts"
import type { Entry, Stepper } from "./stepper.ts"
import { COVER, stepper } from "./stepper.ts"
import type { Place, Scene, StoryDocument } from "./story.ts"
import { checkStory } from "./story.ts"
import { street } from "./street.ts"
import { listenToSwipes } from "./swipe.ts"
import type { Timeline } from "./timeline.ts"
import { timeline } from "./timeline.ts"
import type { Words } from "./words.ts"
import { wordsOf } from "./words.ts"

/** The zoom at which a place that was searched for is shown. */
const PLACE_ZOOM = 6

declare global {
  interface Window {
    storymap?: Api
  }
}

/** What the map does for the story. */
interface MapView {
  /** *arrived* is called when the scene's journey has come to its end. */
  show(scene: Scene, motion: "fly" | "cut", arrived?: () => void): void
  /** Brings a place into view, no farther away than *zoom*. */
  reveal(place: Place, zoom?: number): void
  /** Shows the places that the steps do not speak of; null where that cannot be. */
  further(): Promise<FurtherPlaces | null>
}

/** Brings the page to life; throws an error that says what it lacks. */
export async function start(): Promise<void> {
  const story = JSON.parse(need("storymap-data").textContent ?? "") as StoryDocument
  // Some viewers of HTML files show what is in this element, and lose its attributes.
  document.documentElement.lang ||= story.language
  const languages = languagesOf(story)
  const page = document.documentElement.dataset
  // Only where it is another than that of the page: all others have the map in this very task.
  if (page["opensIn"]) await languages.set(page["opensIn"]).catch(console.error)
  const words = wordsOf(story.texts)
  const text = need("sm-text")
  const sections = [need("sm-cover")]
  findSections()
  const announce = announcer(need("sm-live"))
  const placeCard = card(need("sm-card"), need("sm-card-body"), need("sm-card-close"))
  const contents = need("sm-contents")
  const hideContents = popover(
    need("sm-contents-button"),
    contents,
    () => contents.querySelector("[aria-current]") ?? contents.querySelector("a"),
  )
  const where = status(story, sections, words)
  const steps = stepper(
    story.scenes.map(({ id }) => id),
    enter,
  )
  const scroll = scroller(text, sections, (section) => {
    steps.goTo(sections.indexOf(section as HTMLElement) - 1, "scroll")
  })
  let axis: Timeline | null = null
  const api = apiOf(story, steps, tellIn)
  let map: MapView | null = null
  /** places that the steps do not speak of; none until the map is there */
  let further: Promise<FurtherPlaces | null> = Promise.resolve(null)

  /** Takes note of the steps that have been read; the script stands behind the first of many. */
  function findSections(): void {
    for (const { id } of story.scenes.slice(sections.length - 1)) {
      const section = document.getElementById(id)
      if (!section) return
      sections.push(section)
    }
  }

  async function findAllSections(): Promise<void> {
    await wholePage()
    findSections()
    scroll.watch()
  }

  function enter(entry: Entry): void {
    const { index, cause } = entry
    const scene = sceneAt(story, index)
    const section = sections[index + 1]
    if (!section) {
      void findAllSections().then(() => {
        if (steps.index() === index && sections[index + 1]) enter(entry)
      })
      return
    }
    placeCard.close()
    where.show(index)
    axis?.show(index)
    showLink(scene.id)
    if (cause !== "scroll") scroll.show(section, cause === "start" ? "cut" : "glide")
    if (cause === "jump") focusOn(section)
    map?.show(scene, "fly")
    if (cause === "start") return
    announce(where.sentence(index))
    tellParent("step", api.state())
    if (index === steps.count - 1) tellParent("complete", api.state())
  }

  async function tellIn(tag: string): Promise<State> {
    await languages.set(tag, (change) => {
      scroll.keep(change)
      showLink(sceneAt(story, steps.index()).id, tag)
      announce(words("language", { name: nameOf(tag) }))
      tellParent("language", api.state())
    })
    return api.state()
  }

  function drawAxis(): void {
    axis = timeline(need("sm-time"), story, words, (index) => steps.goTo(index, "controls"))
    axis.show(steps.index())
  }

  /** Lays out the whole text, of which only what is in sight was laid out; see loading.css. */
  function layOutText(): void {
    scroll.keep(() => document.documentElement.classList.add("sm-whole"))
  }

  /** Opens a place's card and brings it into view, no farther away than *zoom*. */
  async function openPlace(
    place: Place,
    opener = document.activeElement,
    zoom = 0,
  ): Promise<void> {
    await wholePage()
    const entry = document.getElementById(`sm-place-${place.id}`)
    if (!entry) return
    placeCard.open(entry, opener)
    map?.reveal(place, zoom)
  }

  function follow(link: HTMLAnchorElement, id: string): void {
    const place = story.places.find((each) => each.id === link.dataset["place"])
    if (place) {
      void openPlace(place)
      return
    }
    const other = FURTHER ? furtherOf(story, link) : undefined
    if (other !== undefined) {
      void further.then((places) => places?.open(other, document.activeElement))
      return
    }
    hideContents()
    if (isStep(story, id)) {
      scroll.show(need(id), "glide")
      steps.goTo(id, "jump")
      focusOn(need(id)) // which has been entered already where it is the step that is read
      return
    }
    const part = document.getElementById(id)
    if (!part) return
    if (part !== text) scroll.show(part, "cut")
    if (!part.hasAttribute("tabindex")) part.tabIndex = -1
    part.focus({ preventScroll: true })
  }

  listenToSteps(story, steps, text, tellIn)
  listenToLinks(follow)
  listenToReplays((id) => {
    if (api.state().step !== id) steps.goTo(id, "jump")
    map?.show(sceneAt(story, steps.index()), "fly", () =>
      announce(need("sm-journey").innerText),
    )
  })
  listenToSharing(words, notices(need("sm-stage")), announce)
  const hideSearch = searchPlaces(words, announce, async (query) => {
    const hits = find(story.places, query).map(({ place, name, rank }) => ({
      name,
      rank,
      now: labelOf(story, steps.index(), place),
      open() {
        hideSearch()
        void openPlace(place, need("sm-search-button"), PLACE_ZOOM)
      },
    }))
    const told = { hits, count: hits.length }
    const others = FURTHER ? await (await further)?.find(fold(query), hideSearch) : undefined
    return others ? merged(told, others) : told
  })
  if (story.languages.length > 1 && canUnpack()) offerLanguages(tellIn)
  window.storymap = api
  listenToParent(api)
  if (framed()) fitFrame((height) => tellParent("height", api.state(), { height }))

  where.show(COVER)
  whenRetold(() => where.show(steps.index()))
  const wanted = readLink(location.hash).step
  if (isStep(story, wanted)) {
    if (!document.getElementById(wanted)) await findAllSections()
    steps.goTo(wanted, "start")
  }
  const view = startMap(story, sceneAt(story, steps.index()), words, openPlace, placeCard)
  map = view
  delete page["opensIn"]
  page["storymap"] = "ready"
  tellParent("ready", api.state())
  // What the map does without, before the first frame is drawn and after it.
  requestAnimationFrame(() => {
    drawAxis()
    setTimeout(() => {
      layOutText()
      if (sections.length <= story.scenes.length) void findAllSections()
      if (FURTHER) further = view.further().catch(withoutFurther)
      distrust(story)
    })
  })
}

/** Puts the focus on the heading of a step. */
function focusOn(section: Element): void {
  section.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true })
}

/** Looks into the whole story for what no page of ours holds, and gives the map up for it. */
function distrust(story: StoryDocument): void {
  try {
    checkStory(story)
  } catch (error) {
    fail(error)
  }
}

/** The page does without what it cannot unpack. */
function withoutFurther(reason: unknown): null {
  console.error(reason)
  return null
}

const sceneAt = (story: StoryDocument, index: number) => story.scenes[index] ?? story.cover

const isStep = (story: StoryDocument, id: string) => story.scenes.some((scene) => scene.id === id)

function labelOf(story: StoryDocument, index: number, place: Place): string {
  const label = sceneAt(story, index).labels[story.places.indexOf(place)] ?? 0
  return place.labels[label]?.text ?? place.id
}

function apiOf(story: StoryDocument, steps: Stepper, setLanguage: Api["setLanguage"]): Api {
  function state(): State {
    const index = steps.index()
    const step = index === COVER ? null : sceneAt(story, index).id
    const { language, languages } = story
    return { version: 1, step, index, count: steps.count, language, languages: [...languages] }
  }

  function after(move: () => void): State {
    move()
    return state()
  }

  return {
    state,
    goTo: (target) => after(() => steps.goTo(target, "controls")),
    next: () => after(() => steps.next("controls")),
    previous: () => after(() => steps.previous("controls")),
    setLanguage,
  }
}

/** Calls *replay* with the step whose journey the reader wants to see again. */
function listenToReplays(replay: (step: string) => void): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>(".sm-replay") : null
    if (button) replay(button.dataset["step"] ?? "")
  })
}

/** Lets the reader choose the language, in the bar and on the cover. */
function offerLanguages(tellIn: (tag: string) => Promise<State>): void {
  const button = need("sm-language-button")
  const sheet = need("sm-languages")
  const hide = popover(button, sheet, () => sheet.querySelector("[aria-current]"))
  listenToSwitch((tag) => {
    if (sheet.contains(document.activeElement)) button.focus()
    hide()
    tellIn(tag).catch(console.error)
  })
}

/** Steps by buttons, keys, swipes and the address, which may name a language too. */
function listenToSteps(
  story: StoryDocument,
  steps: Stepper,
  text: Element,
  tellIn: (tag: string) => Promise<State>,
): void {
  need("sm-start").addEventListener("click", () => steps.goTo(0, "jump"))
  need("sm-next").addEventListener("click", () => steps.next("controls"))
  need("sm-previous").addEventListener("click", () => steps.previous("controls"))
  listenToSwipes(text, (way) => steps[way]("controls"))
  listenToKeys(need("sm-map"), need("sm-stepper"), (action) => {
    if (action === "first") steps.goTo(0, "controls")
    else if (action === "last") steps.goTo(steps.count - 1, "controls")
    else steps[action]("controls")
  })
  window.addEventListener("hashchange", () => {
    const { step, language } = readLink(location.hash)
    if (story.languages.includes(language)) tellIn(language).catch(console.error)
    if (step === "" || isStep(story, step)) steps.goTo(step, "jump")
  })
}

/** Lets the reader search; returns what hides the search. */
function searchPlaces(
  words: Words,
  say: (message: string) => void,
  search: (query: string) => Promise<Hits>,
): () => void {
  const query = need<HTMLInputElement>("sm-query")
  const hide = popover(need("sm-search-button"), need("sm-search"), () => query)
  listenToSearch(query, need("sm-results"), { search, words, say })
  return hide
}

/** Takes over the map that folium's script has made, and shows the first scene on it. */
function startMap(
  story: StoryDocument,
  first: Scene,
  words: Words,
  openPlace: (place: Place) => void,
  placeCard: Card,
): MapView {
  const map = (window as unknown as Record<string, unknown>)[story.map]
  if (!(map instanceof L.Map)) throw new Error(`the page has no map ${story.map}`)
  const container = map.getContainer()
  const covers = [...document.querySelectorAll("#sm-text, #sm-time, #sm-card, .sm-bar")]
  const furniture = [
    ...document.querySelectorAll(".sm-controls, #sm-journey, #sm-scale, .sm-corner > *"),
  ]

  container.setAttribute("role", "group")
  container.setAttribute("aria-describedby", "sm-map-help")
  const name = () =>
    container.setAttribute("aria-label", need("sm-stage").getAttribute("aria-label") ?? "")
  name()
  whenRetold(name)
  if (framed()) wheelOnlyWithFocus(map)
  openCards(map, placeCard)

  // The view comes before what it shows: nothing is drawn twice.
  const view = camera(map, story.bounds, story.cover.frame, story.maxZoom, covers, furniture)
  view.show(first, "cut")
  const ground = readGround(document.body)
  const atlas = atlasLayer(ground, story.bounds, document.body)
  scaleBar(map, words)
  inset(map, story.bounds, ground)
  const chosen = options(atlas, words, (today) => shown.nameToday(today))
  chosen.show(first)
  map.addLayer(atlas)
  const shown = layers(map, story, ground, words, covers, [...furniture, need("sm-inset")], openPlace)
  shown.show(first, "cut")
  const overlaid = STREET ? street(map, story, placeCard) : null
  overlaid?.show(first)
  // Before the first frame is drawn, and when it is laid out anyway.
  requestAnimationFrame(shown.settle)

  let scene = first
  let direction = document.dir
  controls(map, view, () => show(scene, "fly"))
  container.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches(".sm-mark:focus-visible")) return
    const at = story.places.find(({ id }) => id === target.dataset["place"])?.at
    if (at) view.reveal(at, 0)
  })
  map.on("resize", view.reframe)
  whenRetold(() => {
    // What covers the map has changed sides.
    if (document.dir !== direction) view.reframe()
    direction = document.dir
  })
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(container)

  function show(next: Scene, motion: "fly" | "cut", arrived?: () => void): void {
    scene = next
    chosen.show(scene)
    shown.show(scene, motion, arrived)
    overlaid?.show(scene)
    view.show(scene, motion)
  }

  return {
    show,
    reveal({ at }, zoom = 0) {
      if (at) view.reveal(at, zoom)
    },
    async further() {
      return FURTHER ? furtherPlaces(story, map, placeCard, view.reveal) : null
    },
  }
}

/** In a frame the wheel scrolls the page round it, until the reader is at work on the map. */
function wheelOnlyWithFocus(map: L.Map): void {
  map.scrollWheelZoom.disable()
  map.on("focus", () => map.scrollWheelZoom.enable())
  map.on("blur", () => map.scrollWheelZoom.disable())
}
