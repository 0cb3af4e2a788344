/**
 * The static maps and what they draw: a page whose scripts run keeps them as text, since even
 * hidden they would take as long to build as all the rest.
 */

/** Builds the static maps, for paper or in place of a live one. */
export function buildPlates(): void {
  for (const kept of document.querySelectorAll(".sm-plate noscript, .sm-ground, .sm-relief")) {
    const { body } = new DOMParser().parseFromString(kept.textContent ?? "", "text/html")
    kept.replaceWith(...body.childNodes)
  }
}
