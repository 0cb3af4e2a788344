/** A finger drawn sideways over the text: the next step or the one before. */

const ALONG_PX = 60
const RATIO = 2

/** What a stroke from its beginning to its end asks for; null for a scroll or a tap. */
export function swipeAction(
  dx: number,
  dy: number,
  rightToLeft: boolean,
): "next" | "previous" | null {
  if (Math.abs(dx) <= ALONG_PX || Math.abs(dx) <= RATIO * Math.abs(dy)) return null
  return dx < 0 === rightToLeft ? "previous" : "next"
}

/**
 * Calls *act* for every stroke over *text* but those on what scrolls or plays by itself, and those
 * that move a page which fingers have enlarged.
 */
export function listenToSwipes(text: Element, act: (action: "next" | "previous") => void): void {
  let start: Touch | undefined
  text.addEventListener(
    "touchstart",
    (event) => {
      const { touches, target } = event as TouchEvent
      const own = target instanceof Element && target.closest("table, audio, video, input")
      const enlarged = visualViewport && visualViewport.scale > 1
      start = touches.length === 1 && !own && !enlarged ? touches[0] : undefined
    },
    { passive: true },
  )
  text.addEventListener("touchend", (event) => {
    const end = (event as TouchEvent).changedTouches[0]
    if (!start || !end) return
    const rightToLeft = getComputedStyle(text).direction === "rtl"
    const [dx, dy] = [end.clientX - start.clientX, end.clientY - start.clientY]
    const action = swipeAction(dx, dy, rightToLeft)
    start = undefined
    if (action) act(action)
  })
}
