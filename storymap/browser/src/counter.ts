/** How far a journey has come, in words: its dates, the stations passed, the last one's name. */
import { make, need } from "./dom.ts"
import type { Route } from "./story.ts"
import type { Words } from "./words.ts"

export interface Counter {
  /** *name* is what the last stop is called that was reached. */
  show(route: Route, stop: number, name: string): void
  hide(): void
}

export function counter(words: Words): Counter {
  const element = need("sm-journey")
  const date = make("span")
  const stations = make("span")
  element.replaceChildren(date, stations)

  return {
    show(route, stop, name) {
      element.hidden = false
      date.textContent = route.date
      stations.textContent = words("stations", { step: stop + 1, count: route.stops.length, name })
    },
    hide() {
      element.hidden = true
    },
  }
}
