/** What the page says of where the reader is: counter, buttons, list of steps, title. */
import { make, need } from "./dom.ts"
import { COVER } from "./stepper.ts"
import type { StoryDocument } from "./story.ts"
import type { Words } from "./words.ts"

export interface Status {
  show(index: number): void
  /** the same in one sentence, for a screen reader */
  sentence(index: number): string
}

/** *sections* are the cover and the steps. */
export function status(story: StoryDocument, sections: readonly Element[], words: Words): Status {
  const entries = document.querySelectorAll("#sm-contents [data-step]")
  const counter = need("sm-counter")
  const previous = need("sm-previous")
  const next = need("sm-next")
  const count = story.scenes.length
  /** the step and its entry in the contents */
  let current: (Element | undefined)[] = []

  return {
    show(index) {
      const { title, date } = story.scenes[index] ?? story.cover
      for (const element of current) element?.removeAttribute("aria-current")
      current = index === COVER ? [] : [sections[index + 1], entries[index]]
      current[0]?.setAttribute("aria-current", "step")
      current[1]?.setAttribute("aria-current", "true")
      counter.textContent =
        index === COVER ? words("cover") : words("counter", { step: index + 1, count })
      counter.append(make("span", { class: "sm-counter-date" }, date))
      // Not `disabled`: focus must not fall off the button that reached the last step.
      previous.setAttribute("aria-disabled", String(index === COVER))
      next.setAttribute("aria-disabled", String(index === count - 1))
      document.title = title ? `${title} · ${story.title}` : story.title
    },
    sentence(index) {
      const scene = story.scenes[index]
      if (!scene) return words("announceCover", { title: story.title })
      return words("announce", { step: index + 1, count, title: scene.title, date: scene.date })
    },
  }
}
