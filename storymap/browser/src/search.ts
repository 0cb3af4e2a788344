/** The search for a place by any of its names, whatever their accents and letters' case. */
import { make } from "./dom.ts"
import { whenRetold } from "./retold.ts"
import type { Place } from "./story.ts"
import type { Words } from "./words.ts"

export interface Found {
  place: Place
  /** the name that matches best */
  name: string
  /** how well; 0 is best */
  rank: number
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
}

function rank(name: string, wanted: string): number {
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  if (name.includes(` ${wanted}`)) return 2
  return name.includes(wanted) ? 3 : Infinity
}

/** What is listed of a search. */
export interface Hit {
  name: string
  /** what the place is called at the step */
  now: string
  /** how well the name matches; 0 is best */
  rank: number
  open(): void
}

export interface Hits {
  hits: Hit[]
  /** how many there are in all */
  count: number
}

/** So many hits are listed. */
export const MOST = 20

/** Hits of two searches as those of one: the first one's go before their equals. */
export function merged(one: Hits, other: Hits): Hits {
  const hits = [...one.hits, ...other.hits].sort((a, b) => a.rank - b.rank)
  return { hits: hits.slice(0, MOST), count: one.count + other.count }
}

export interface Search {
  search(query: string): Promise<Hits>
  words: Words
  say(message: string): void
}

/** Lists what is found under *results* as the reader types; Enter chooses the first. */
export function listenToSearch(
  input: HTMLInputElement,
  results: Element,
  { search, words, say }: Search,
): void {
  let turn = 0

  /** Lists what is found, and returns that in words; "" where the reader has typed on. */
  async function show(): Promise<string> {
    turn += 1
    const own = turn
    const { hits, count } = await search(input.value)
    if (own !== turn) return ""
    const none = count === 0 && input.value.trim() !== ""
    const shown = hits.length
    const told = none ? words("noPlaces") : words("placesFound", { count })
    const rest = shown < count ? words("placesShown", { count, shown }) : none ? told : ""
    results.replaceChildren(...hits.map(entry), ...(rest ? [make("li", {}, rest)] : []))
    return rest || told
  }

  input.addEventListener("input", () => {
    void show().then((told) => told && say(told))
  })
  whenRetold(() => void show())
  input.addEventListener("keydown", (event) => {
    // Enter that ends the writing of a word, in Chinese or Japanese, chooses no place.
    if (event.key !== "Enter" || event.isComposing) return
    // Or the browser would press what has the focus by then: the button that closes the card.
    event.preventDefault()
    void search(input.value).then(({ hits }) => hits[0]?.open())
  })
}

function entry({ name, now, open }: Hit): HTMLLIElement {
  const button = make("button", { type: "button" }, name)
  if (name !== now) button.append(" ", make("span", { class: "sm-today" }, now))
  button.addEventListener("click", open)
  return make("li", {}, button)
}
