/**
 * A story's page, from the page around it: where its reader is and what is open there, so that the
 * page's next version can be opened at the same place.
 *
 * Both come from one server, so that one may look into the other. What the next version no longer
 * has is let go.
 */
import type { State } from "../messages.ts"

export interface Page {
  readonly window: Window
  /** null where it could not start */
  readonly map: L.Map | null
  /** Where its reader is now. */
  bookmark(): Bookmark
  /** Brings its reader to where one was in an earlier version. */
  resume(bookmark: Bookmark): void
}

export interface Bookmark {
  state: State | null
  /** the part of the text that is in the middle, and how far below the window's top it begins */
  part: { id: string; top: number } | null
  /** the buttons that are pressed or have opened something */
  switches: string[]
  /** the lists and tables that are unfolded */
  unfolded: string[]
  /** the place whose card is open; "" for none */
  card: string
  /** what has the focus; "" for nothing that has a name */
  focus: string
  /** what the map shows, if the reader moved it there */
  view: { center: L.LatLng; zoom: number } | null
}

/** What a reader does to the map itself, as steps and their flights do not. */
const MOVES = ["wheel", "dblclick", "keydown"]

/** Takes the page in a window, once it is ready. */
export function pageIn(window: Window): Page {
  const { document } = window
  const map = mapOf(window)
  const step = () => window.storymap?.state().step ?? null
  /** the step at which the reader moved the map away from what the step shows */
  let movedAt: string | null | undefined

  if (map) {
    listenToMoves(document, map, (away) => (movedAt = away ? step() : undefined))
  }

  return {
    window,
    map,
    bookmark: () => ({
      state: window.storymap?.state() ?? null,
      part: partRead(document),
      switches: switches(document).filter(isOn).map(({ id }) => id),
      unfolded: folds(document).flatMap(([name, fold]) => (fold.open ? [name] : [])),
      card: openCard(document),
      focus: document.activeElement?.id ?? "",
      view: map && movedAt === step() ? { center: map.getCenter(), zoom: map.getZoom() } : null,
    }),
    resume(bookmark) {
      goTo(window, bookmark.state)
      for (const each of switches(document)) {
        if (isOn(each) !== bookmark.switches.includes(each.id)) each.click()
      }
      for (const [name, fold] of folds(document)) fold.open = bookmark.unfolded.includes(name)
      if (bookmark.card) showCard(document, bookmark.card)
      if (map && bookmark.view) {
        map.setView(bookmark.view.center, bookmark.view.zoom, { animate: false })
        movedAt = step()
      }
      giveWay(document)
      scrollTo(document, bookmark.part)
      onceWhole(document, () => scrollTo(document, bookmark.part))
      if (bookmark.focus) document.getElementById(bookmark.focus)?.focus({ preventScroll: true })
    },
  }
}

/** Ends the page's own scroll to its step, as a reader's does: see `scroll.ts`. */
function giveWay(document: Document): void {
  document.dispatchEvent(new Event("wheel"))
}

/** Calls *then* when the text has all its heights, before that is painted; see `loading.css`. */
function onceWhole({ documentElement }: Document, then: () => void): void {
  const observer = new MutationObserver(() => {
    if (!documentElement.classList.contains("sm-whole")) return
    observer.disconnect()
    then()
  })
  observer.observe(documentElement, { attributeFilter: ["class"] })
}

function mapOf(window: Window): L.Map | null {
  const { documentElement } = window.document
  if (documentElement.dataset["storymap"] !== "ready") return null
  const data = window.document.getElementById("storymap-data")?.textContent ?? "{}"
  const name: unknown = JSON.parse(data).map
  return (window as unknown as Record<string, L.Map>)[String(name)] ?? null
}

/** Calls *moved* when the reader moves the map away from what the step shows, or back to it. */
function listenToMoves(document: Document, map: L.Map, moved: (away: boolean) => void): void {
  const button = (id: string) => document.getElementById(id)
  const away = () => moved(true)
  map.on("dragstart", away)
  for (const move of MOVES) map.getContainer().addEventListener(move, away, { passive: true })
  for (const id of ["sm-zoom-in", "sm-zoom-out"]) button(id)?.addEventListener("click", away)
  button("sm-home")?.addEventListener("click", () => moved(false))
}

/** Goes to the step of a state; where it is gone, to the one in its place. */
function goTo({ document, storymap }: Window, kept: State | null): void {
  if (!storymap || !kept || storymap.state().step === kept.step) return
  const { step, index } = kept
  const exists = step !== null && document.getElementById(step)?.matches(".step")
  storymap.goTo(exists ? step : Math.min(index, storymap.state().count - 1))
}

function switches(document: Document): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(":is([aria-pressed], [aria-expanded])[id]")]
}

function isOn(element: Element): boolean {
  const on = element.getAttribute("aria-pressed") ?? element.getAttribute("aria-expanded")
  return on === "true"
}

/** What can be unfolded, by the part of the text that it stands in and its number there. */
function folds(document: Document): [name: string, fold: HTMLDetailsElement][] {
  return [...document.querySelectorAll("#sm-text details")].map((fold, _, all) => {
    const part = fold.closest("[id]")
    const beside = all.filter((other) => other.closest("[id]") === part)
    return [`${part?.id} ${beside.indexOf(fold)}`, fold as HTMLDetailsElement]
  })
}

function openCard(document: Document): string {
  const title = document.getElementById("sm-card-title")?.textContent
  const entries = [...document.querySelectorAll(".sm-place-entry")]
  const entry = title && entries.find((each) => each.querySelector("h3")?.textContent === title)
  return entry ? entry.id.replace("sm-place-", "") : ""
}

/** Follows a link to a place, which opens its card. */
function showCard(document: Document, place: string): void {
  if (!document.getElementById(`sm-place-${place}`)) return
  const link = document.createElement("a")
  link.href = `#sm-place-${place}`
  link.dataset["place"] = place
  document.body.append(link)
  link.click()
  link.remove()
}

/** The last part of the text that begins in the upper half of the window. */
function partRead(document: Document): Bookmark["part"] {
  const begins = (element: Element) => element.getBoundingClientRect().top
  const middle = document.documentElement.clientHeight / 2
  const last = (parts: Iterable<Element>) =>
    [...parts].filter((part) => part.id && begins(part) < middle).pop()
  const whole = last(document.getElementById("sm-text")?.children ?? [])
  if (!whole) return null
  const part = last(whole.querySelectorAll("[id]")) ?? whole
  return { id: part.id, top: begins(part) }
}

/** Scrolls the text until a part of it begins where it did. */
function scrollTo(document: Document, kept: Bookmark["part"]): void {
  const text = document.getElementById("sm-text")
  const part = kept && document.getElementById(kept.id)
  if (!text || !part) return
  const own = /auto|scroll/.test(document.defaultView!.getComputedStyle(text).overflowY)
  const scroller = own ? text : document.documentElement
  const by = part.getBoundingClientRect().top - kept.top
  scroller.scrollTo({ top: scroller.scrollTop + by, behavior: "instant" })
}
