/**
 * The page's side of the talk with the page that frames it: `{storymap: 1, id, command, args}` in,
 * `{storymap: 1, id, result | error}` and `{storymap: 1, event, state}` out. docs/embedding.md tells
 * it in full, docs/messages.schema.json as JSON Schema.
 *
 * Only the parent window is listened to; its origin proves nothing, a sandboxed one is "null".
 */

export interface State {
  version: 1
  /** null on the cover */
  step: string | null
  index: number
  count: number
  language: string
  languages: string[]
}

/** What the page tells of its own accord; "complete": the reader has come to the last step. */
export const EVENTS = ["ready", "step", "complete", "language", "height", "error"] as const

export const COMMANDS = ["goTo", "next", "previous", "setLanguage", "state"] as const

export interface Api {
  goTo(target: string | number): State
  next(): State
  previous(): State
  /** told when the page is in that language */
  setLanguage(tag: string): Promise<State>
  state(): State
}

export interface Answer {
  storymap: 1
  id: string | number
  result?: State
  error?: string
}

/** Something that went wrong, and not in answer to a command. */
export interface Complaint {
  storymap: 1
  event: "error"
  error: string
}

const complaint = (error: string): Complaint => ({ storymap: 1, event: "error", error })

/** Does what a message asks for; null where the message is not for us. */
export async function answer(api: Api, message: unknown): Promise<Answer | Complaint | null> {
  if (typeof message !== "object" || message === null) return null
  const { storymap, id, command, args = [] } = message as Record<string, unknown>
  if (typeof storymap !== "number" || command === undefined) return null
  if (typeof id !== "string" && typeof id !== "number") {
    return complaint("id: expected a text or a number")
  }
  try {
    if (storymap !== 1) throw new RangeError("storymap: this page speaks version 1")
    if (!Array.isArray(args)) throw new TypeError("args: expected a list")
    return { storymap: 1, id, result: await run(api, command, args) }
  } catch (error) {
    return { storymap: 1, id, error: (error as Error).message }
  }
}

function run(api: Api, command: unknown, args: unknown[]): State | Promise<State> {
  const [argument] = args
  switch (command) {
    case "goTo":
      if (typeof argument !== "string" && typeof argument !== "number") {
        throw new TypeError("goTo: expected a step's id or index")
      }
      return api.goTo(argument)
    case "setLanguage":
      if (typeof argument !== "string") throw new TypeError("setLanguage: expected a language tag")
      return api.setLanguage(argument)
    case "next":
    case "previous":
    case "state":
      return api[command]()
    default:
      throw new TypeError(`there is no command ${JSON.stringify(command) ?? "undefined"}`)
  }
}

export const framed = () => window.parent !== window

/** Answers the parent's messages. */
export function listenToParent(api: Api): void {
  if (!framed()) return
  window.addEventListener("message", async ({ source, data }) => {
    if (source !== window.parent) return
    const reply = await answer(api, data)
    if (reply) window.parent.postMessage(reply, "*")
  })
}

/** Tells the parent of an event. */
export function tellParent(
  event: Exclude<(typeof EVENTS)[number], "error">,
  state: State,
  more: { height?: number } = {},
): void {
  if (framed()) window.parent.postMessage({ storymap: 1, event, state, ...more }, "*")
}

/** Tells the parent that the map could not start. */
export function complainToParent(error: string): void {
  if (framed()) window.parent.postMessage(complaint(error), "*")
}
