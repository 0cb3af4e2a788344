/**
 * Buttons for all that a hand does to the map: zoom, move, back to the step.
 *
 * A button that can do no more stays where it is and keeps the focus, but says so.
 */
import type { Camera } from "./camera.ts"
import { need } from "./dom.ts"
import { withModifier } from "./keys.ts"
import { popover } from "./popover.ts"

/** How far a button moves the map: a share of what is in view. */
const STRIDE = 0.3

/** Each button that moves the view, the key that does the same there, and the way right and down. */
const WAYS = [
  ["sm-up", "ArrowUp", 0, -1],
  ["sm-left", "ArrowLeft", -1, 0],
  ["sm-down", "ArrowDown", 0, 1],
  ["sm-right", "ArrowRight", 1, 0],
] as const

/** Zooms that differ by less are the same. */
const SAME_ZOOM = 0.01

/** Listens to the map's buttons; *back* brings the step's view back. */
export function controls(map: L.Map, camera: Camera, back: () => void): void {
  const buttons: { button: HTMLElement; can: () => boolean }[] = []

  function listen(id: string, act: () => void, can: () => boolean): void {
    const button = need(id)
    buttons.push({ button, can })
    button.addEventListener("click", () => {
      if (can()) act()
    })
  }

  function show(): void {
    for (const { button, can } of buttons) button.setAttribute("aria-disabled", String(!can()))
  }

  listen("sm-zoom-in", () => camera.zoom(1), () => map.getZoom() < map.getMaxZoom() - SAME_ZOOM)
  listen("sm-zoom-out", () => camera.zoom(-1), () => map.getZoom() > map.getMinZoom() + SAME_ZOOM)
  for (const [id, , right, down] of WAYS) {
    listen(id, () => camera.pan(right * STRIDE, down * STRIDE), () => camera.canPan(right, down))
  }
  const pad = need("sm-move")
  pad.addEventListener("keydown", (event) => {
    const way = WAYS.find(([, key]) => key === event.key)
    if (!way || withModifier(event)) return
    event.preventDefault()
    need(way[0]).focus()
    need(way[0]).click()
  })
  need("sm-home").addEventListener("click", back)
  popover(need("sm-move-button"), pad, () => need("sm-up"))
  const options = need("sm-options-button")
  options.addEventListener("click", () => options.parentElement?.classList.add("sm-all"))
  map.on("moveend resize", show)
  window.setTimeout(show)
}
