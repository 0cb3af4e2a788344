/**
 * The static maps and what they draw: a page whose scripts run keeps them as text, since even
 * hidden they would take as long to build as all the rest.
 */

const waiting = new Map<Element, (built: Element) => void>()

/** Builds the static maps, for paper or in place of a live one. */
export function buildPlates(): void {
  for (const kept of document.querySelectorAll(".sm-plate noscript, .sm-ground, .sm-relief")) {
    const { body } = new DOMParser().parseFromString(kept.textContent ?? "", "text/html")
    const built = body.firstElementChild
    kept.replaceWith(...body.childNodes)
    if (built) waiting.get(kept)?.(built)
    waiting.delete(kept)
  }
}

/** Calls *change* with what was *kept* as text when it is built, unless that is called off. */
export function whenBuilt(kept: Element, change: (built: Element) => void): () => void {
  waiting.set(kept, change)
  return () => waiting.delete(kept)
}
