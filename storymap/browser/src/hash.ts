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

/** The hash that names a step, and a language if one is given; other settings are the embedder's. */
export function writeLink(hash: string, step: string, language = ""): string {
  const { settings } = split(hash)
  const others = settings.split("&").filter((setting) => !language || !setting.startsWith("lang="))
  const kept = [...(language ? [`lang=${language}`] : []), ...others].filter(Boolean).join("&")
  const link = encodeURIComponent(step) + (kept && `?${kept}`)
  return link && `#${link}`
}

/** Shows a step, and a language, in the address bar without a new entry in the history. */
export function showLink(step: string, language = ""): void {
  try {
    const page = location.href.split("#", 1)[0]
    history.replaceState(history.state, "", `${page}${writeLink(location.hash, step, language)}`)
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
