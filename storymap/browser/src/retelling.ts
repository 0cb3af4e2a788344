/**
 * The page in another language: what differs is changed in place, and changed back.
 *
 * `storymap/retelling.py` has compared the pages. Elements and objects stay the same ones, and with
 * them focus, listeners and whatever else holds on to them.
 */
import { need } from "./dom.ts"
import { whenBuilt } from "./plates.ts"

/** What turns one page into the other, for ids of elements, and one document into the other. */
export interface Retelling {
  page: Record<string, Patch>
  story: Revision
}

/** What changes of an element of the page. */
export interface Patch {
  /** attributes; null for one that goes */
  a?: Record<string, string | null>
  /** all that is in it: markup, and numbers of child elements that stay */
  c?: (string | number)[]
  /** patches of child elements, by their number before the change */
  k?: Record<string, Patch>
  /** the patch of a static map, which may still be kept as text */
  n?: Patch
}

/** `[value]`, or revisions for keys or indexes. */
export type Revision = [value: unknown] | { [key: string]: Revision }

/** Takes a change back. */
type Undo = () => void

/** Changes page and *story*; all of it, or nothing where that fails. Returns what changes it back. */
export function retell({ page, story: revision }: Retelling, story: object): Undo {
  const undo: Undo[] = []
  const changes = Object.entries(page).flatMap(([id, patch]) => [
    ...changesOf(id ? need(id) : document.documentElement, patch),
  ])
  for (const change of changes) undo.push(change())
  revise(story as Record<string, unknown>, revision as Record<string, Revision>, undo)
  return () => {
    for (const back of undo.reverse()) back()
  }
}

/** Finds what a patch speaks of before anything changes: numbers are those of the page as it is. */
function* changesOf(element: Element, { a = {}, c, k = {}, n }: Patch): Generator<() => Undo> {
  const children = [...element.children]
  const child = (number: number) => {
    const found = children[number]
    if (!found) throw new Error(`the page has no child ${number} in ${element.outerHTML}`)
    return found
  }
  for (const [name, value] of Object.entries(a)) yield () => set(element, name, value)
  if (c) {
    const content = c.flatMap((part) =>
      typeof part === "number" ? [child(part)] : nodesOf(part, element),
    )
    yield () => fill(element, content)
  }
  for (const [number, patch] of Object.entries(k)) yield* changesOf(child(Number(number)), patch)
  if (n && element.localName !== "noscript") yield* changesOf(element, n)
  else if (n) yield () => changeBuilt(element, n)
}

/** Changes what is kept as text once it is built. */
function changeBuilt(kept: Element, patch: Patch): Undo {
  let undo = whenBuilt(kept, (built) => {
    const undone = [...changesOf(built, patch)].map((change) => change())
    undo = () => undone.reverse().forEach((back) => back())
  })
  return () => undo()
}

function set(element: Element, name: string, value: string | null): Undo {
  const before = element.getAttribute(name)
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
  return () => void set(element, name, before)
}

/** Puts *content* into an element; what is there already and stays does not move. */
function fill(element: Element, content: readonly Node[]): Undo {
  const before = [...element.childNodes]
  for (const node of before) if (!content.includes(node)) node.remove()
  let next = element.firstChild
  for (const node of content) {
    if (node === next) next = next.nextSibling
    else element.insertBefore(node, next)
  }
  return () => void fill(element, before)
}

const MARKUP = /[<&]/

function nodesOf(html: string, parent: Element): Node[] {
  if (!MARKUP.test(html)) return [document.createTextNode(html)]
  const inSvg = parent instanceof SVGElement
  // A template takes whatever belongs into a parent of any kind, white space included.
  const markup = `<template>${inSvg ? `<svg>${html}</svg>` : html}</template>`
  const { head } = new DOMParser().parseFromString(markup, "text/html")
  const { content } = head.firstElementChild as HTMLTemplateElement
  return [...document.importNode(inSvg ? content.firstChild! : content, true).childNodes]
}

function revise(
  target: Record<string, unknown>,
  revisions: Record<string, Revision>,
  undo: Undo[],
): void {
  for (const [key, revision] of Object.entries(revisions)) {
    const before = target[key]
    if (!Array.isArray(revision)) {
      revise(before as Record<string, unknown>, revision, undo)
      continue
    }
    target[key] = revision[0]
    undo.push(() => (target[key] = before))
  }
}
