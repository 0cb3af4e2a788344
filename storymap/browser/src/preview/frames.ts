/**
 * The story in its frame. The next page is made ready behind the one that is read, and takes its
 * place in one go: there is no blank between the two.
 */
import { make } from "../dom.ts"
import type { Page } from "./page.ts"
import { pageIn } from "./page.ts"

export interface Frames {
  /** Shows a version of the page. */
  show(version: string): void
  /** Leads to what the part of an address after `#` names. */
  follow(hash: string): void
}

/** Milliseconds for a page to get ready; one that cannot say so is shown all the same. */
const PATIENCE_MS = 5000

/** Puts frames into *host*, and calls *opened* with each page that comes to be read. */
export function frames(host: Element, opened: (page: Page) => void): Frames {
  let shown: { frame: HTMLIFrameElement; page: Page } | null = null
  let coming: HTMLIFrameElement | null = null
  let version = ""

  function change(frame: HTMLIFrameElement): void {
    if (frame !== coming) return
    const page = pageIn(frame.contentWindow!)
    const focused = document.activeElement
    if (shown) page.resume(shown.page.bookmark())
    const takesFocus = focused === document.body || focused === shown?.frame
    frame.removeAttribute("aria-hidden")
    shown?.frame.remove()
    shown = { frame, page }
    coming = null
    if (takesFocus) frame.focus()
    opened(page)
  }

  return {
    show(next) {
      if (next === version || next === "") return
      version = next
      coming?.remove()
      const { hash } = shown ? shown.page.window.location : location
      const frame = make("iframe", {
        title: "The story",
        src: `/story?${next}${hash}`,
        allow: "clipboard-write; fullscreen",
        // Not `inert`: that would have all of the page styled once more when it is shown.
        "aria-hidden": "true",
      })
      frame.addEventListener("load", () => whenReady(frame.contentDocument!, () => change(frame)))
      host.append(frame)
      coming = frame
    },
    follow(hash) {
      if (shown) shown.page.window.location.hash = hash
    },
  }
}

/** Calls *then* once a story's map and step are complete, or its map has failed. */
function whenReady({ documentElement }: Document, then: () => void): void {
  function look(): void {
    if (documentElement.dataset["storymap"]) end()
  }
  function end(): void {
    observer.disconnect()
    window.clearTimeout(patience)
    then()
  }
  const observer = new MutationObserver(look)
  observer.observe(documentElement, { attributeFilter: ["data-storymap"] })
  const patience = window.setTimeout(end, PATIENCE_MS)
  look()
}
