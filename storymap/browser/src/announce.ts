/** What a screen reader says of changes: one polite message at a time, the last one wins. */

/** Milliseconds to wait for the next change before speaking of this one. */
const PAUSE_MS = 300

/** Speaks through a live region. */
export function announcer(live: Element): (message: string) => void {
  let timer = 0
  return (message) => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => {
      live.textContent = message
    }, PAUSE_MS)
  }
}
