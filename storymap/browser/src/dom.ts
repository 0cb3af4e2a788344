/** The page's elements: found by id, made from data; text goes in as text, never as markup. */

/** The element with this id; throws where the page lacks it. */
export function need<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found as Element as T
}

/** A new element with attributes and children. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** A new SVG element with attributes and children. */
export function draw<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | number> = {},
  ...children: Node[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  element.append(...children)
  return element
}

/** Waits until the browser has read the page to its end. */
export async function wholePage(): Promise<void> {
  if (document.readyState !== "loading") return
  await new Promise((go) => document.addEventListener("DOMContentLoaded", go, { once: true }))
}

export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches
