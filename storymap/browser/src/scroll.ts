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
}

/** Where a reader's eye rests: this share of the text's height below its top. */
const READING_LINE = 0.3

/** Milliseconds without a scroll after which a scroll of our own has ended. */
const REST_MS = 150

/** Glide at most over so many heights of the text; further away, cut. */
const GLIDE_HEIGHTS = 3

/** Calls *read* with each of *sections* that comes under the reader's eye. */
export function scroller(
  text: HTMLElement,
  sections: readonly Element[],
  read: (section: Element) => void,
): Scroller {
  let own = false
  let rest = 0
  let observer: IntersectionObserver | undefined

  const release = () => {
    window.clearTimeout(rest)
    own = false
  }
  const hold = () => {
    window.clearTimeout(rest)
    rest = window.setTimeout(release, REST_MS)
  }
  document.addEventListener("scroll", () => own && hold(), { capture: true, passive: true })
  for (const input of ["wheel", "touchmove", "pointerdown"]) {
    document.addEventListener(input, release, { capture: true, passive: true })
  }

  function observe(): void {
    observer?.disconnect()
    const { root, top, height } = frame()
    const line = Math.round(top + READING_LINE * (height - top))
    observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find((entry) => entry.isIntersecting)
        if (entered && !own) read(entered.target)
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

  // Also observes at once: the first call comes when the sizes are known.
  new ResizeObserver(observe).observe(text)

  return {
    show(element, motion) {
      const { root, top, height } = frame()
      const scrolled = root ?? document.documentElement
      const from = root ? root.getBoundingClientRect().top : 0
      const distance = element.getBoundingClientRect().top - from - top
      const glides = motion === "glide" && !reducedMotion() && Math.abs(distance) < GLIDE_HEIGHTS * height
      own = true
      hold()
      scrolled.scrollTo({
        top: scrolled.scrollTop + distance,
        behavior: glides ? "smooth" : "instant",
      })
    },
  }
}
