/** Overlays that an author has put on the map by way of folium, and their cards. */
import type { Card } from "./card.ts"

/** A layer that names in `storymapCard` the template with its content. */
type Overlay = L.Layer & { storymapCard?: string; getElement?(): Element | undefined }

/** Makes the map's overlays open their cards by click, touch and Enter. */
export function openCards(map: L.Map, card: Card): void {
  map.eachLayer((layer: Overlay) => {
    const template = document.getElementById(layer.storymapCard ?? "")
    if (!(template instanceof HTMLTemplateElement)) return
    const open = () => card.open(template.content, document.activeElement)
    layer.on("click", open)
    const element = layer.getElement?.()
    if (element) actAsButton(element, open)
  })
}

/** Lets those who use no pointer reach an element of the map and press it. */
export function actAsButton(element: Element, press: () => void): void {
  element.setAttribute("tabindex", "0")
  element.setAttribute("role", "button")
  element.addEventListener("keydown", (event) => {
    const { key } = event as KeyboardEvent
    if (key !== "Enter" && key !== " ") return
    event.preventDefault()
    press()
  })
}
