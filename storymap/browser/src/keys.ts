/** Keys that step: which press means what, and which belong to someone else. */

export type KeyAction = "next" | "previous" | "first" | "last"

export interface Press {
  key: string
  /** Ctrl, Alt, Meta or Shift is held, or another listener has taken the key */
  taken: boolean
  /** where the focus is */
  focus: "map" | "field" | "controls" | "page"
  /** the page reads from right to left */
  rightToLeft: boolean
}

/** What a key press asks for; null where it is not ours. */
export function keyAction({ key, taken, focus, rightToLeft }: Press): KeyAction | null {
  if (taken || focus === "map" || focus === "field") return null
  if (key === "ArrowRight") return rightToLeft ? "previous" : "next"
  if (key === "ArrowLeft") return rightToLeft ? "next" : "previous"
  if (focus !== "controls") return null
  if (key === "Home") return "first"
  if (key === "End") return "last"
  return null
}

const FIELDS = "input, select, textarea, audio, video, [contenteditable], [role=slider]"

/** Tells whether a key is pressed with another, which makes it the browser's. */
export const withModifier = ({ ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent) =>
  ctrlKey || altKey || metaKey || shiftKey

/** Calls *act* for every press that steps. */
export function listenToKeys(
  map: Element,
  controls: Element,
  act: (action: KeyAction) => void,
): void {
  function focusOf(target: Element): Press["focus"] {
    if (map.contains(target)) return "map"
    if (target.closest(FIELDS)) return "field"
    return controls.contains(target) ? "controls" : "page"
  }

  document.addEventListener("keydown", (event) => {
    const action = keyAction({
      key: event.key,
      taken: withModifier(event) || event.defaultPrevented,
      focus: event.target instanceof Element ? focusOf(event.target) : "page",
      rightToLeft: getComputedStyle(document.documentElement).direction === "rtl",
    })
    if (!action) return
    event.preventDefault()
    act(action)
  })
}
