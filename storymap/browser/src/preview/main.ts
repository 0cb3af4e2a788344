/** The page around a story that is being written: its newest page, its problems, a click's place. */
import { need } from "../dom.ts"
import { frames } from "./frames.ts"
import { locationBlock } from "./location.ts"
import type { Page } from "./page.ts"
import { problemList } from "./problems.ts"
import type { State } from "./state.ts"
import { summary } from "./state.ts"

const said = need("said")
const lost = need("lost")
const pointed = need("location")
const story = frames(need("story"), open)
const showProblems = problemList(
  need<HTMLDetailsElement>("problems"),
  need("problems-title"),
  need("problems-list"),
)
let current: Page | null = null

const changes = new EventSource("/changes")
changes.addEventListener("message", ({ data }) => show(JSON.parse(data)))
changes.addEventListener("error", () => (lost.hidden = false))
window.addEventListener("hashchange", () => story.follow(window.location.hash))
window.addEventListener("message", ({ source, data }) => {
  if (source === current?.window && data?.storymap === 1) showAddress()
})
need("location-close").addEventListener("click", () => {
  pointed.hidden = true
  current?.window.focus()
})

function show(state: State): void {
  lost.hidden = true
  pointed.hidden = true
  said.textContent = summary(state) || (said.textContent && "no problems")
  showProblems(state)
  story.show(state.page)
}

function open(page: Page): void {
  const { document } = page.window
  current = page
  window.document.title = `Preview: ${document.title}`
  showAddress()
  // The frame holds the story only: what leads out of it opens elsewhere.
  document.addEventListener("click", ({ target }) => outward(target)?.setAttribute("target", "_blank"))
  listenToMap(page)
}

const outward = (target: EventTarget | null) =>
  (target as Element).closest("a[href]:not([href^='#'])")

/** Keeps the step that is read in the address, so that this page may be loaded again, too. */
function showAddress(): void {
  const hash = current?.window.location.hash ?? ""
  history.replaceState(history.state, "", hash || window.location.pathname)
}

/** Has a click on the map, or Enter for its middle, give the position there. */
function listenToMap({ map }: Page): void {
  if (!map) return
  const container = map.getContainer()
  map.on("click", ({ latlng, originalEvent: { target } }) => {
    if (!(target as Element).closest("[data-place], a, button")) void give(latlng)
  })
  container.addEventListener("keydown", ({ key, target }) => {
    if (key === "Enter" && target === container) void give(map.getCenter())
  })

  async function give(at: L.LatLng): Promise<void> {
    const { lat, lng } = at.wrap()
    const block = locationBlock({ lat, lng, zoom: map!.getZoom() })
    const copied = await copy(block)
    need("location-title").textContent = copied
      ? "Copied: paste it below a place in the gazetteer"
      : "Copy this and paste it below a place in the gazetteer"
    need("location-block").textContent = block
    pointed.hidden = false
    said.textContent = need("location-title").textContent
  }
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
