/**
 * Pictures that can be enlarged, frames that are loaded on demand, and files that cannot be loaded.
 *
 * A script of its own, which only pages with such media carry. Nothing of it runs before the page
 * is there, and nothing is asked from anybody before a reader asks for it.
 */
import { make, need } from "./dom.ts"

/** What a page of another site may do: nothing to the page round it. */
const SANDBOX =
  "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox"

document.addEventListener("error", ({ target }) => target instanceof Element && lose(target), true)
window.addEventListener("load", () => {
  for (const image of document.querySelectorAll<HTMLImageElement>(".sm-media img")) {
    if (image.complete && !image.naturalWidth) lose(image)
  }
  for (const button of document.querySelectorAll<HTMLElement>(".sm-enlarge, .sm-frame-load")) {
    button.hidden = false
  }
})
document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element && target.closest<HTMLElement>("button")
  if (!button) return
  if (button.classList.contains("sm-enlarge")) enlarge(button)
  if (button.classList.contains("sm-frame-load")) loadFrame(button)
})

/** Says in words what a file that cannot be loaded was to show. */
function lose(element: Element): void {
  const words = element.closest(".sm-media")?.querySelector<HTMLElement>(".sm-lost")
  if (!words) return
  const shown = element.closest<HTMLElement>(".sm-picture, audio, video")
  if (shown) shown.hidden = true
  words.hidden = false
}

function loadFrame(button: HTMLElement): void {
  const { frame = "", title = "" } = button.dataset
  const page = make("iframe", {
    src: frame,
    title,
    sandbox: SANDBOX,
    referrerpolicy: "strict-origin-when-cross-origin",
    allow: "fullscreen; encrypted-media; picture-in-picture",
    allowfullscreen: "",
    tabindex: "0",
  })
  button.closest(".sm-frame")?.append(page)
  button.hidden = true
  page.focus({ preventScroll: true })
}

/** Opens the picture that *button* belongs to; from there one gets to the step's others. */
function enlarge(button: HTMLElement): void {
  const dialog = need<HTMLDialogElement>("sm-lightbox")
  const figures = [...(button.closest(".step")?.querySelectorAll(".sm-media:has(.sm-enlarge)") ?? [])]
  let at = figures.findIndex((figure) => figure.contains(button))
  const ways = [...dialog.querySelectorAll<HTMLElement>("[data-way]")]

  function show(): void {
    const figure = figures[at]!
    const image = figure.querySelector("img")!
    const large = need<HTMLImageElement>("sm-lightbox-picture")
    large.src = image.src
    large.alt = image.alt
    large.lang = image.lang
    const caption = figure.querySelector("figcaption")
    need("sm-lightbox-caption").replaceChildren(
      ...(caption ? [...caption.cloneNode(true).childNodes] : []),
    )
    need("sm-lightbox-count").textContent =
      figures.length > 1 ? `${at + 1}/${figures.length}` : ""
  }

  function turn(by: number): void {
    at = (at + by + figures.length) % figures.length
    show()
    need("sm-lightbox-said").textContent = need<HTMLImageElement>("sm-lightbox-picture").alt
  }

  for (const way of ways) {
    way.hidden = figures.length < 2
    way.onclick = () => turn(Number(way.dataset["way"]))
  }
  dialog.onclick = ({ target }) => {
    if (target === dialog || (target as Element).closest("#sm-lightbox-close")) dialog.close()
  }
  // Its keys are not the story's.
  dialog.onkeydown = (event) => {
    event.stopPropagation()
    const forward = getComputedStyle(dialog).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    if (figures.length > 1 && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      turn(event.key === forward ? 1 : -1)
    }
  }
  show()
  need("sm-lightbox-said").textContent = ""
  dialog.showModal()
  need("sm-lightbox-close").focus()
}
