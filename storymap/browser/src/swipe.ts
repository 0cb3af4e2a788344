/** A finger drawn sideways over the text: the next step or the one before. */

const ALONG_PX = 60
const RATIO = 2

/** What a stroke from its beginning to its end asks for; null for a scroll or a tap. */
export function swipeAction(dx: number, dy: number): "next" | "previous" | null {
  if (Math.abs(dx) <= ALONG_PX || Math.abs(dx) <= RATIO * Math.abs(dy)) return null
  return dx < 0 ? "next" : "previous"
}

/** Calls *act* for every stroke over *text* but those on what scrolls or plays by itself. */
export function listenToSwipes(text: Element, act: (action: "next" | "previous") => void): void {
  let start: Touch | undefined
  text.addEventListener(
    "touchstart",
    (event) => {
      const { touches, target } = event as TouchEvent
      const own = target instanceof Element && target.closest("table, audio, video, input")
      start = touches.length === 1 && !own ? touches[0] : undefined
    },
    { passive: true },
  )
  text.addEventListener("touchend", (event) => {
    const end = (event as TouchEvent).changedTouches[0]
    if (!start || !end) return
    const action = swipeAction(end.clientX - start.clientX, end.clientY - start.clientY)
    start = undefined
    if (action) act(action)
  })
}
