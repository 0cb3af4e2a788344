/** The search for a place by any of its names, whatever their accents and letters' case. */
import { make } from "./dom.ts"
import { whenRetold } from "./retold.ts"
import type { Place } from "./story.ts"
import type { Words } from "./words.ts"

export interface Found {
  place: Place
  /** the name that matches best */
  name: string
}

/** Letters that are no base letter with a mark, as readers type them. */
const PLAIN: Record<string, string> = {
  ı: "i",
  ł: "l",
  đ: "d",
  ð: "d",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ß: "ss",
  þ: "th",
}

/** A text reduced to what two spellings of a name share. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[ıłđðøæœßþ]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .replace(/[\s-]+/g, " ")
    .trim()
}

/** The places that *query* may mean: names that begin with it first, then those that hold it. */
export function find(places: readonly Place[], query: string): Found[] {
  const wanted = fold(query)
  if (!wanted) return []
  return places
    .flatMap((place) => {
      const [best] = place.names
        .map((name) => ({ place, name, rank: rank(fold(name), wanted) }))
        .filter(({ rank }) => rank < Infinity)
        .sort((a, b) => a.rank - b.rank)
      return best ?? []
    })
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
    .map(({ place, name }) => ({ place, name }))
}

function rank(name: string, wanted: string): number {
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  if (name.includes(` ${wanted}`)) return 2
  return name.includes(wanted) ? 3 : Infinity
}

export interface Search {
  places: readonly Place[]
  words: Words
  /** what a place is called at the step */
  label(place: Place): string
  choose(place: Place): void
  say(message: string): void
}

/** Lists what is found under *results* as the reader types; Enter chooses the first. */
export function listenToSearch(
  input: HTMLInputElement,
  results: Element,
  { places, words, label, choose, say }: Search,
): void {
  function entry({ place, name }: Found): HTMLLIElement {
    const button = make("button", { type: "button" }, name)
    const now = label(place)
    if (name !== now) button.append(" ", make("span", { class: "sm-today" }, now))
    button.addEventListener("click", () => choose(place))
    return make("li", {}, button)
  }

  /** Lists what is found, and returns that in words. */
  function show(): string {
    const found = find(places, input.value)
    const none = found.length === 0 && input.value.trim() !== ""
    results.replaceChildren(...(none ? [make("li", {}, words("noPlaces"))] : found.map(entry)))
    return none ? words("noPlaces") : words("placesFound", { count: found.length })
  }

  input.addEventListener("input", () => say(show()))
  whenRetold(show)
  input.addEventListener("keydown", (event) => {
    const [first] = find(places, input.value)
    if (event.key === "Enter" && first) choose(first.place)
  })
}
