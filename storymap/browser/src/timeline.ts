/**
 * The time axis under the map: every step at its own precision, the undated ones beside it.
 *
 * It is one stop of the Tab key; Left and Right step there as everywhere, and the focus follows.
 */
import { readable, shapeOf } from "./axis.ts"
import { draw, make } from "./dom.ts"
import { whenRetold } from "./retold.ts"
import { COVER } from "./stepper.ts"
import type { Axis, Scene, StoryDocument } from "./story.ts"
import type { Words } from "./words.ts"

export interface Timeline {
  /** Marks the step at *index*, -1 for none. */
  show(index: number): void
}

/** Pixels between the years written under the axis. */
const TICK_GAP_PX = 10

/** Puts the axis into *nav*, with no step marked. */
export function timeline(
  nav: HTMLElement,
  story: StoryDocument,
  words: Words,
  choose: (index: number) => void,
): Timeline {
  const events = story.scenes.map((scene, index) => eventButton(scene, () => choose(index)))
  const dated = events.filter((_, index) => story.scenes[index]!.span)
  const undated = events.filter((_, index) => !story.scenes[index]!.span)
  const ticks = story.axis.ticks.map(({ at }) => placed(make("span", { class: "sm-tick" }), at))
  const name = make("p", { class: "sm-undated-name" })
  const date = make("p", { class: "sm-axis-date", "aria-hidden": "true" })
  const track = make("div", { class: "sm-axis-track" }, date, ...ticks, ...dated)
  for (const at of story.axis.breaks) track.append(placed(zigzag(), at))
  track.style.setProperty("--lanes", String(story.axis.lanes))

  function write(): void {
    nav.setAttribute("aria-label", words("axis", { count: events.length }))
    name.textContent = words("undated")
    ticks.forEach((tick, index) => (tick.textContent = story.axis.ticks[index]!.label))
    events.forEach((event, index) => {
      const { date, title } = story.scenes[index]!
      for (const attribute of ["aria-label", "title"]) {
        event.setAttribute(attribute, `${date}: ${title}`)
      }
    })
  }

  /** Leaves out the years for which there is no room. */
  function thin(): void {
    const drawn = story.axis.ticks.map(({ at }, index) => {
      const width = ticks[index]!.offsetWidth
      const left = at * (track.clientWidth - width)
      return { at: left + width / 2, width, resumes: resumes(story.axis, index) }
    })
    const written = readable(drawn, TICK_GAP_PX)
    ticks.forEach((tick, index) => tick.classList.toggle("sm-mute", !written[index]))
  }

  let shown = COVER
  write()
  new ResizeObserver(thin).observe(track)
  whenRetold(() => {
    write()
    show(shown)
    thin()
  })

  function show(index: number): void {
    const focused = nav.contains(document.activeElement)
    const before = events[Math.max(shown, 0)]
    before?.removeAttribute("aria-current")
    before?.setAttribute("tabindex", "-1")
    shown = index
    const scene = story.scenes[index]
    events[index]?.setAttribute("aria-current", "true")
    events[Math.max(index, 0)]?.setAttribute("tabindex", "0")
    date.textContent = scene?.span ? scene.date : ""
    placed(date, scene?.span ? (scene.span.from + scene.span.to) / 2 : 0)
    if (focused) events[Math.max(index, 0)]?.focus({ preventScroll: true })
  }

  nav.append(track)
  if (undated.length > 0) {
    const dots = make("div", { class: "sm-undated-dots" }, ...undated)
    nav.append(make("div", { class: "sm-undated" }, name, dots))
  }
  return { show }
}

/** Tells whether years are left out between a tick and the one before. */
function resumes({ ticks, breaks }: Axis, index: number): boolean {
  const before = ticks[index - 1]?.at ?? 0
  return breaks.some((at) => at > before && at < ticks[index]!.at)
}

function eventButton(scene: Scene, choose: () => void): HTMLButtonElement {
  const look = { type: "button", class: "sm-event", tabindex: "-1", "data-shape": shapeOf(scene) }
  const button = make("button", look)
  if (scene.span) {
    const { from, to, lane, start, end, vague } = scene.span
    button.style.setProperty("--from", String(from))
    button.style.setProperty("--to", String(to))
    button.style.setProperty("--lane", String(lane))
    button.dataset["start"] = start
    button.dataset["end"] = end
    button.toggleAttribute("data-vague", vague)
  }
  button.addEventListener("click", choose)
  return button
}

function placed<E extends HTMLElement | SVGElement>(element: E, at: number): E {
  element.style.setProperty("--at", String(at))
  return element
}

/** The sign for years left out. */
function zigzag(): SVGSVGElement {
  return draw(
    "svg",
    { class: "sm-break", viewBox: "0 0 24 12", "aria-hidden": "true" },
    draw("path", { d: "M0 6h5l4-5 6 10 4-5h5" }),
  )
}
