/**
 * The height that the page needs, told to a page that frames it, in the words of its own script.
 *
 * Only a page that asks is told: by our address (`?height=auto`, pym's `childId`, WordPress's
 * `secret`) or by a message. The layout then shows one step at a time, see fitted.css.
 */
import { need } from "./dom.ts"

/** What says a height to one kind of host; both in CSS pixels. */
export type Tell = (height: number, width: number) => unknown[]

/** A kind of host, by name, and how it wants to be told. */
export type Asked = [host: string, tell: Tell]

/** Milliseconds without a change before a height is told. */
const REST_MS = 100

/** What the page consists of. */
const PARTS = ["sm-stage", "sm-time", "sm-stepper", "sm-text"]

/** Hosts that only listen; none of them takes offence at what is said to another. */
const listeners: Asked = [
  "listeners",
  (height) => [
    { context: "h5p", action: "resize", scrollHeight: height },
    { "datawrapper-height": { storymap: height } },
    { subject: "lti.frameResize", height },
    { subject: "org.imsglobal.lti.frameResize", height },
    { sentinel: "amp", type: "embed-size", height },
  ],
]

const wordPress = (secret: string): Asked => [
  "WordPress",
  (height) => [{ message: "height", value: height, secret }],
]

/** How those want to be told that framed the page under an address with these settings. */
export function askedByAddress(settings: URLSearchParams): Asked[] {
  const asked: Asked[] = []
  const pym = settings.get("childId")
  const secret = settings.get("secret")
  if (settings.get("height") === "auto") asked.push(listeners)
  if (pym) asked.push(["pym", (height) => [["pym", pym, "height", height].join("xPYMx")]])
  if (secret) asked.push(wordPress(secret))
  return asked
}

/** How a host wants to be told that sends this message; null where it asks for no height. */
export function askedByMessage(message: unknown): Asked | null {
  if (typeof message === "string") {
    const [, id] = /^\[iFrameSizer\]([^:]+)(?::[^:]*){8}/.exec(message) ?? []
    return id ? iframeResizer(id) : null
  }
  if (typeof message !== "object" || message === null) return null
  const { type, context, message: word, secret } = message as Record<string, unknown>
  if (type === "iframe-child-init") {
    return ["open-iframe-resizer", (height, width) => [{ type: "iframe-resized", width, height }]]
  }
  if (word === "ready" && typeof secret === "string") return wordPress(secret)
  return context === "h5p" ? listeners : null
}

function iframeResizer(id: string): Asked {
  let kind = "init"
  return [
    "iframe-resizer",
    (height, width) => {
      const told = `[iFrameSizer]${[id, height, width, kind].join(":")}`
      kind = "size"
      return [told]
    },
  ]
}

/** Shows what follows the steps, places and sources, in the place of the step that leads to it. */
function showOneAtATime(text: Element): void {
  function open(part?: Element | null): void {
    for (const each of text.querySelectorAll("[data-open]")) each.removeAttribute("data-open")
    part?.setAttribute("data-open", "")
  }

  const follow = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest("a[href^='#']:not([data-place])") : null
    const id = link?.getAttribute("href")?.slice(1)
    if (id) open(document.getElementById(id)?.closest("main > section:not(.step)"))
  }
  document.addEventListener("click", follow, true) // before the link is followed
  const steps = { attributeFilter: ["aria-current"], subtree: true }
  new MutationObserver(() => open()).observe(text, steps)
}

/** Tells the parent how high the page is, and *tellOwn* too, once somebody asks for it. */
export function fitFrame(tellOwn: (height: number) => void): void {
  const root = document.documentElement
  const parts = PARTS.map((id) => need(id))
  const tells = new Map<string, Tell>()
  let told = 0
  let timer = 0

  function tell(): void {
    const top = document.body.getBoundingClientRect().top
    const bottoms = parts.map((part) => part.getBoundingClientRect().bottom)
    const height = Math.ceil(Math.max(...bottoms) - top)
    if (Math.abs(height - told) <= 1) return
    told = height
    tellOwn(height)
    for (const message of [...tells.values()].flatMap((each) => each(height, root.clientWidth))) {
      window.parent.postMessage(message, "*")
    }
  }

  function soon(): void {
    window.clearTimeout(timer)
    timer = window.setTimeout(tell, REST_MS)
  }

  function ask([host, how]: Asked): void {
    if (!tells.size) {
      showOneAtATime(need("sm-text"))
      root.classList.add("sm-fitted")
      const observer = new ResizeObserver(soon)
      for (const part of parts) observer.observe(part)
    }
    tells.set(host, how)
    told = 0
    soon()
  }

  const settings = new URLSearchParams(`${location.search}&${location.hash.split("?")[1] ?? ""}`)
  askedByAddress(settings).forEach(ask)
  window.addEventListener("message", ({ source, data }) => {
    const asked = source === window.parent ? askedByMessage(data) : null
    if (asked) ask(asked)
  })
  // H5P answers to the origin of who greets it, which browsers refuse where there is none.
  if (tells.has("listeners") && self.origin !== "null") {
    window.parent.postMessage({ context: "h5p", action: "hello" }, "*")
  }
}
