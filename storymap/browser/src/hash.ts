/** The part of the address after `#`: a step's id, then `?` and settings such as `lang=sk`. */

export interface Link {
  /** "" where none is named */
  step: string
  language: string
}

/** What an address asks for; the language may stand in its hash or in its query. */
export function readLink(hash: string, query = ""): Link {
  const { step, settings } = split(hash)
  const language =
    new URLSearchParams(settings).get("lang") ?? new URLSearchParams(query).get("lang") ?? ""
  return { step: decode(step), language }
}

/** The hash that names another step and keeps the settings, which may be the embedder's. */
export function writeLink(hash: string, step: string): string {
  const { settings } = split(hash)
  const link = encodeURIComponent(step) + (settings && `?${settings}`)
  return link && `#${link}`
}

/** Shows *step* in the address bar without a new entry in the history. */
export function showLink(step: string): void {
  try {
    const page = location.href.split("#", 1)[0]
    history.replaceState(history.state, "", `${page}${writeLink(location.hash, step)}`)
  } catch {
    // A document without an address of its own, such as `srcdoc`, has none to keep up to date.
  }
}

function split(hash: string): { step: string; settings: string } {
  const [step = "", ...settings] = hash.replace(/^#/, "").split("?")
  return { step, settings: settings.join("?") }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
