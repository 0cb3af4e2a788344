/**
 * The card on the map: a copy of what the page tells of a place, or of an overlay's content.
 *
 * It opens beside the map and holds nothing back: Escape closes it and focus returns.
 */

import { whenRetold } from "./retold.ts"

/** What a card copies; a function where it is not in the page, but made for it. */
export type Content = ParentNode | (() => ParentNode)

export interface Card {
  /** Shows a copy of *content*, *closed* is called after it; *opener* gets the focus back. */
  open(content: Content, opener: Element | null, closed?: () => void): void
  /** Hides the card; the focus returns if it was inside. */
  close(): void
}

export function card(element: HTMLElement, body: Element, closer: HTMLElement): Card {
  let opener: Element | null = null
  let shown: Content | null = null
  let whenClosed: (() => void) | undefined

  function close(): void {
    if (element.hidden) return
    const inside = element.contains(document.activeElement)
    element.hidden = true
    shown = null
    body.replaceChildren()
    whenClosed?.()
    if (!inside) return
    if (opener instanceof HTMLElement || opener instanceof SVGElement) {
      opener.focus({ preventScroll: true })
    }
  }

  closer.addEventListener("click", close)
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || element.hidden) return
    event.preventDefault()
    close()
  })

  whenRetold(() => {
    if (!shown) return
    if (body.contains(document.activeElement)) closer.focus({ preventScroll: true })
    body.replaceChildren(...copies(shown))
  })

  return {
    close,
    open(content, by, closed) {
      if (!element.contains(by)) opener = by
      if (shown) whenClosed?.()
      whenClosed = closed
      shown = content
      body.replaceChildren(...copies(content))
      element.hidden = false
      element.scrollTop = 0
      closer.focus({ preventScroll: true })
    },
  }
}

/** Copies of the children, without ids; the first heading names the card. */
function copies(content: Content): Node[] {
  const { children } = typeof content === "function" ? content() : content
  const copied = Array.from(children, (child) => child.cloneNode(true) as Element)
  for (const child of copied) {
    child.removeAttribute("id")
    for (const inner of child.querySelectorAll("[id]")) inner.removeAttribute("id")
  }
  const headings = copied.flatMap((child) => [child, ...child.querySelectorAll("*")])
  headings.find((child) => /^H[1-6]$/.test(child.tagName))?.setAttribute("id", "sm-card-title")
  return copied
}
