/** The search in the names of many places: through one text, with a line for each place. */
import { fold } from "./search.ts"

export interface Match {
  place: number
  /** index of the name among the place's */
  name: number
  /** how well it matches, as `rank` in search.ts has it */
  rank: number
}

export interface Matches {
  /** the best of them, at most as many as were asked for */
  best: Match[]
  /** how many places there are in all */
  count: number
}

/** How many places are made ready at a time; the page answers the reader in between. */
const SLICE = 2000

/** Ends of names; a line has one before each name, and one at its end. */
const MARK = "\t"

export class Finder {
  readonly #text: string
  /** where each line begins, and the end of the text */
  readonly #starts: Uint32Array

  private constructor(text: string, starts: Uint32Array) {
    this.#text = text
    this.#starts = starts
  }

  /** Makes *count* places ready whose names *namesOf* gives. */
  static async of(count: number, namesOf: (place: number) => string[]): Promise<Finder> {
    const starts = new Uint32Array(count + 1)
    const slices: string[] = []
    let length = 0
    for (let from = 0; from < count; from += SLICE) {
      let slice = ""
      for (let place = from; place < Math.min(from + SLICE, count); place += 1) {
        slice += `${MARK}${namesOf(place).map(fold).join(MARK)}${MARK}\n`
        starts[place + 1] = length + slice.length
      }
      length += slice.length
      slices.push(slice)
      await new Promise((go) => setTimeout(go))
    }
    return new Finder(slices.join(""), starts)
  }

  /** Names that are *wanted*, folded, come first, then those that begin with it, then others. */
  find(wanted: string, most: number): Matches {
    const seen = new Uint8Array(this.#starts.length)
    const best: Match[] = []
    let count = 0
    const patterns = [`${MARK}${wanted}${MARK}`, `${MARK}${wanted}`, ` ${wanted}`, wanted]
    for (const [rank, pattern] of patterns.entries()) {
      let place = 0
      let at = this.#text.indexOf(pattern)
      while (at >= 0) {
        while (this.#starts[place + 1]! <= at) place += 1
        if (!seen[place]) {
          seen[place] = 1
          count += 1
          if (best.length < most) best.push({ place, name: this.#nameAt(place, at), rank })
        }
        at = this.#text.indexOf(pattern, this.#starts[place + 1])
      }
    }
    return { best, count }
  }

  #nameAt(place: number, at: number): number {
    return this.#text.slice(this.#starts[place]! + 1, at + 1).split(MARK).length - 1
  }
}
