/**
 * The text and its scrolling: which step is being read, and how a step is brought into view.
 *
 * A scroll of our own enters no steps on its way. Only the page's own scroller moves, never that of
 * a page which frames it.
 */
import { reducedMotion } from "./dom.ts"

export interface Scroller {
  /** Brings an element to the top of the text. */
  show(element: Element, motion: "glide" | "cut"): void
  /** Watches all sections that are there by now. */
  watch(): void
  /** Makes a *change* to the text; the section that is shown stays where it is. */
  keep(change: () => void): void
}

/** Where a reader's eye rests: this share of the text's height below its top. */
const READING_LINE = 0.3

/** Milliseconds from the end of a scroll of our own until the observer has spoken of all of it. */
const SETTLE_MS = 100

/** The same where nothing tells the end: the text stood there already, or the browser is old. */
const PATIENCE_MS = 1000

/** Keys that scroll whatever has the focus. */
const SCROLL_KEYS = [" ", "PageDown", "PageUp", "ArrowDown", "ArrowUp"]

/** Glide at most over so many heights of the text; further away, cut. */
const GLIDE_HEIGHTS = 3

/** In so many frames after it a cut is corrected. */
const CORRECTIONS = 4

/** Calls *read* with each of *sections*, which may grow, that comes under the reader's eye. */
export function scroller(
  text: HTMLElement,
  sections: readonly Element[],
  read: (section: Element) => void,
): Scroller {
  let own = false
  let rest = 0
  let correction = 0
  let shown = sections[0]!
  let observer: IntersectionObserver | undefined

  function release(): void {
    window.clearTimeout(rest)
    cancelAnimationFrame(correction)
    own = false
  }

  function releaseIn(milliseconds: number): void {
    window.clearTimeout(rest)
    rest = window.setTimeout(release, milliseconds)
  }

  const always = { capture: true, passive: true }
  document.addEventListener("scroll", () => own && releaseIn(PATIENCE_MS), always)
  document.addEventListener("scrollend", () => own && releaseIn(SETTLE_MS), always)
  for (const input of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(input, release, always)
  }

  function observe(): void {
    observer?.disconnect()
    const { root, top, height } = frame()
    const line = Math.round(top + READING_LINE * (height - top))
    let first = true
    observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find((entry) => entry.isIntersecting)
        // The first call tells where the text stands, not that anybody moved it.
        if (entered && !own && !first) {
          shown = entered.target
          read(shown)
        }
        first = false
      },
      // The document as the root: margins do not count for the default one inside a frame.
      { root: root ?? document, rootMargin: `${-line}px 0px ${line + 1 - height}px 0px` },
    )
    for (const section of sections) observer.observe(section)
  }

  /** What scrolls the text, its height, and how much of its top is covered by a map that sticks. */
  function frame(): { root: Element | null; top: number; height: number } {
    const { overflowY } = getComputedStyle(text)
    const root = overflowY === "auto" || overflowY === "scroll" ? text : null
    return {
      root,
      top: parseFloat(getComputedStyle(sections[sections.length - 1]!).scrollMarginTop) || 0,
      height: root ? root.clientHeight : window.innerHeight,
    }
  }

  let width = 0
  new ResizeObserver(() => {
    // Other line breaks move the step out of sight; the reader is to find it where it was.
    if (width && text.clientWidth !== width && shown !== sections[0]) scroll(shown, "cut")
    width = text.clientWidth
    observe()
  }).observe(text)

  function scroll(element: Element, motion: "glide" | "cut"): void {
    const { height } = frame()
    cancelAnimationFrame(correction)
    if (!height) {
      // In a frame that is folded away there is no next picture until it is unfolded.
      window.clearTimeout(rest)
      correction = requestAnimationFrame(() => scroll(element, "cut"))
      return
    }
    const distance = distanceTo(element)
    const near = Math.abs(distance) < GLIDE_HEIGHTS * height
    const glides = motion === "glide" && !reducedMotion() && near
    scrollBy(distance, glides ? "smooth" : "instant")
    if (!near) correct(element, CORRECTIONS)
  }

  function distanceTo(element: Element): number {
    const { root, top } = frame()
    const from = root ? root.getBoundingClientRect().top : 0
    return element.getBoundingClientRect().top - from - top
  }

  /** What comes into sight only now may be laid out larger or smaller than it was thought to be. */
  function correct(element: Element, times: number): void {
    correction = requestAnimationFrame(() => {
      const distance = distanceTo(element)
      if (Math.abs(distance) >= 1) scrollBy(distance, "instant")
      if (times > 1) correct(element, times - 1)
    })
  }

  function scrollBy(top: number, behavior: ScrollBehavior): void {
    own = true
    releaseIn(PATIENCE_MS)
    const scrolled = frame().root ?? document.documentElement
    scrolled.scrollBy({ top, behavior })
  }

  // Where the text scrolls by itself, keys would scroll nothing until it has the focus.
  document.addEventListener("keydown", ({ key }) => {
    if (SCROLL_KEYS.includes(key) && frame().root && document.activeElement === document.body) {
      text.focus({ preventScroll: true })
    }
  })

  return {
    watch: observe,
    show(element, motion) {
      if (sections.includes(element)) shown = element
      scroll(element, motion)
    },
    keep(change) {
      const top = () => shown.getBoundingClientRect().top
      const before = top()
      change()
      scrollBy(top() - before, "instant")
    },
  }
}
