/** The lesson page: its buttons drive the story, and it shows where the reader of the story is. */
import type { State } from "../messages.ts"
import type { StoryMap } from "./story-map.ts"

const story = document.querySelector<StoryMap>("story-map")!
const counter = document.querySelector<HTMLElement>("[data-counter]")!
const progress = document.querySelector("progress")!
const steps = document.querySelectorAll<HTMLElement>("button[data-step]")

function show({ step, index, count, language }: State): void {
  const cover = counter.dataset["cover"] ?? ""
  const words = counter.dataset["counter"] ?? ""
  counter.textContent =
    step === null
      ? cover
      : words.replace("{step}", String(index + 1)).replace("{count}", String(count))
  progress.max = count
  progress.value = index + 1
  for (const button of steps) {
    if (button.dataset["step"] === step) button.setAttribute("aria-current", "step")
    else button.removeAttribute("aria-current")
  }
  for (const button of document.querySelectorAll<HTMLElement>("button[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset["language"] === language))
  }
}

for (const event of ["story-ready", "story-step", "story-language"]) {
  story.addEventListener(event, (told) => show((told as CustomEvent<State>).detail))
}
story.addEventListener("story-complete", () => {
  document.getElementById("complete")!.hidden = false
})
story.addEventListener("story-error", () => {
  document.getElementById("error")!.hidden = false
})

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>("button") : null
  const { step, way, language } = button?.dataset ?? {}
  if (step !== undefined) void story.goTo(step)
  else if (way === "next" || way === "previous") void story[way]()
  else if (language) void story.setLanguage(language)
})
