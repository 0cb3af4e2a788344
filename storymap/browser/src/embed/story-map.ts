/**
 * `<story-map src height lang step>`: a story in a frame of another page, which grows with it.
 *
 * What stands inside the element, a link to the story, is for readers without scripts, and names the
 * frame. The methods answer with the state; events are `story-ready`, `story-step`,
 * `story-complete`, `story-language`, `story-height` and `story-error`, with it as their detail.
 */
import type { COMMANDS, State } from "../messages.ts"

type Command = (typeof COMMANDS)[number]

/** An answer that is waited for. */
interface Waiting {
  resolve(state: State): void
  reject(error: Error): void
}

/** CSS pixels until the story tells how high it is. */
const FIRST_HEIGHT = 640

export class StoryMap extends HTMLElement {
  static readonly observedAttributes = ["src", "height", "lang", "step"]

  /** null until the story is ready */
  state: State | null = null
  readonly #frame = document.createElement("iframe")
  readonly #waiting = new Map<number, Waiting>()
  #unsent: object[] = []
  #asked = 0
  /** why the story could not start; "" where nothing is known against it */
  #failure = ""

  connectedCallback(): void {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).append(this.#frame)
    this.style.display ||= "block"
    this.#name()
    // Where this script is there first, what the element holds is yet to come.
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.#name(), { once: true })
    }
    this.#frame.allow = "fullscreen; clipboard-write"
    this.#frame.setAttribute("loading", "lazy")
    Object.assign(this.#frame.style, { display: "block", width: "100%", border: "0" })
    window.addEventListener("message", this.#hear)
    this.#load()
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.#hear)
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected) return
    if (name === "height" && Number(before) && Number(after)) {
      this.#frame.style.height = `${after}px`
    } else if (name === "src" || name === "height") {
      if (before !== after) this.#load()
    } else if (name === "step") {
      this.goTo(after ?? "").catch(console.error)
    } else if (after) {
      this.setLanguage(after).catch(console.error)
    }
  }

  goTo(step: string | number): Promise<State> {
    return this.#ask("goTo", step)
  }

  next(): Promise<State> {
    return this.#ask("next")
  }

  previous(): Promise<State> {
    return this.#ask("previous")
  }

  setLanguage(tag: string): Promise<State> {
    return this.#ask("setLanguage", tag)
  }

  #name(): void {
    this.#frame.title = this.title || (this.textContent ?? "").trim()
  }

  /** Opens the story anew, at the step and in the language that the attributes name. */
  #load(): void {
    const height = parseInt(this.getAttribute("height") ?? "", 10)
    const address = new URL(this.getAttribute("src") ?? "", document.baseURI)
    const [lang, step] = [this.getAttribute("lang"), this.getAttribute("step")]
    if (lang) address.searchParams.set("lang", lang)
    if (!height) address.searchParams.set("height", "auto")
    if (step) address.hash = encodeURIComponent(step)
    this.state = null
    this.#failure = ""
    this.#frame.style.height = `${height || FIRST_HEIGHT}px`
    this.#frame.src = address.href
  }

  #ask(command: Command, ...args: unknown[]): Promise<State> {
    if (this.#failure) return Promise.reject(new Error(this.#failure))
    const id = ++this.#asked
    const message = { storymap: 1, id, command, args }
    if (this.state) this.#frame.contentWindow?.postMessage(message, "*")
    else this.#unsent.push(message)
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  readonly #hear = ({ source, data }: MessageEvent): void => {
    if (source !== this.#frame.contentWindow || !source || data?.storymap !== 1) return
    if (typeof data.event === "string") this.#tell(data)
    else this.#answer(data)
  }

  #answer({ id, result, error }: { id: number; result?: State; error?: string }): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (result) waiting?.resolve(result)
    else waiting?.reject(new Error(error))
  }

  /** Answers whoever waits, now or later, for a story that could not start. */
  #giveUp(error: string): void {
    this.#failure = error
    for (const { reject } of this.#waiting.values()) reject(new Error(error))
    this.#waiting.clear()
    this.#unsent = []
  }

  #tell({ event, state, height, error }: Record<string, unknown>): void {
    if (state) {
      this.state = state as State
      this.#failure = ""
    }
    if (event === "height" && Number(height) > 0) this.#frame.style.height = `${height}px`
    if (event === "error" && !this.state) this.#giveUp(String(error))
    if (event === "ready") {
      for (const message of this.#unsent.splice(0)) {
        this.#frame.contentWindow?.postMessage(message, "*")
      }
    }
    const detail = error ? { error } : { ...(state as State), ...(height ? { height } : {}) }
    this.dispatchEvent(new CustomEvent(`story-${event}`, { detail, bubbles: true }))
  }
}

if (!customElements.get("story-map")) customElements.define("story-map", StoryMap)
