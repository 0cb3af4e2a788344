/** A line over the map for what the page has no other place to say. */
import { make } from "./dom.ts"

/** Milliseconds that it stays: long enough to copy an address from it by hand. */
const STAY_MS = 8000

/** Returns what shows a message on *stage*; screen readers get it by way of the live region. */
export function notices(stage: Element): (message: string) => void {
  const notice = make("p", { class: "sm-notice", "aria-hidden": "true" })
  let timer = 0
  stage.append(notice)
  return (message) => {
    notice.textContent = message
    notice.classList.add("sm-shown")
    window.clearTimeout(timer)
    timer = window.setTimeout(() => notice.classList.remove("sm-shown"), STAY_MS)
  }
}
