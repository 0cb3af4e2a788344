/** A panel that a button shows and hides; Escape and a click elsewhere hide it too. */

/** Makes *button* show *panel*; *opened* then says what gets the focus. Returns what hides it. */
export function popover(
  button: HTMLElement,
  panel: HTMLElement,
  opened: () => HTMLElement | null,
): () => void {
  function show(shown: boolean): void {
    panel.hidden = !shown
    button.setAttribute("aria-expanded", String(shown))
  }

  button.addEventListener("click", () => {
    show(panel.hidden !== false)
    if (!panel.hidden) opened()?.focus()
  })
  // Escape closes first what has the focus, and only then, like a card, what has not.
  for (const part of [panel, button, document.documentElement]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || panel.hidden) return
      event.preventDefault()
      show(false)
      button.focus()
    })
  }
  document.addEventListener("pointerdown", ({ target }) => {
    if (panel.hidden || !(target instanceof Node)) return
    if (!panel.contains(target) && !button.contains(target)) show(false)
  })
  return () => show(false)
}
