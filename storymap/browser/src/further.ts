/**
 * The further places of the gazetteer, of which the steps do not speak, as `storymap/further.py`
 * packs them: columns of numbers and one text, with no object for each place.
 */
import type { Position } from "./story.ts"
import { project } from "./view.ts"

/** What of the document takes the block apart, with words in the page's language. */
export interface FurtherWords {
  count: number
  /** how many names they have in all */
  names: number
  /** length of the names' text */
  textBytes: number
  /** how many columns of titles there are, and which of them is the page's */
  languages: number
  title: number
  /** of a name: its language, that in words, and its span in words, "" for none */
  forms: [tag: string, language: string, when: string][]
  /** decimals of the position as packed (-1 for none) and as said, its precision, its source */
  sites: [packed: number, said: number, precision: string, source: string][]
  /** north, south, east, west, each with `{degrees}` */
  degrees: [string, string, string, string]
  /** what stands before a work cited */
  source: string
  /** over several places, and below those that have no room; each with `{count}` */
  here: string
  hidden: string
  /** id -> index of those that the page tells of in full */
  listed: Record<string, number>
}

export interface Toponym {
  text: string
  /** of the document's `forms` */
  form: number
}

/** What few places have; `notes` are HTML. */
export interface Remark {
  notes: string
  /** index of a name -> its note */
  names: Record<string, string>
  /** id of a work, and how it is called */
  works: [id: string, called: string][]
}

const NOTHING: Remark = { notes: "", names: {}, works: [] }

/** Index of a place -> its remark, as the block has it. */
type Remarks = Record<string, [Remark["notes"], Remark["names"], Remark["works"]]>

/** The columns of the block; an index is a place, and the important come first. */
export class Further {
  readonly count: number
  /** fractions of the Web Mercator world, from the top left; NaN where nobody can locate it */
  readonly x: Float64Array
  readonly y: Float64Array
  /** of the document's `sites` */
  readonly site: Int32Array
  readonly geonames: Int32Array
  readonly wikidata: Int32Array
  readonly #lats: Int32Array
  readonly #lons: Int32Array
  readonly #decimals: number[]
  readonly #titles: Int32Array[]
  readonly #forms: Int32Array
  /** index of each place's first name among all */
  readonly #firsts: Uint32Array
  /** where each place's line begins in the text */
  readonly #starts: Uint32Array
  readonly #text: Uint8Array
  readonly #rest: Uint8Array
  #remarks: Remarks | undefined

  constructor(block: ArrayBuffer, words: FurtherWords) {
    const { count, names, textBytes, languages, sites } = words
    let at = 0
    const column = (length: number) => {
      at += 4 * length
      return planes(new Uint8Array(block, at - 4 * length, 4 * length), length)
    }
    this.count = count
    this.#lats = column(count)
    this.#lons = column(count)
    this.site = column(count)
    this.geonames = column(count)
    this.wikidata = column(count)
    this.#titles = Array.from({ length: languages }, () => column(count))
    this.#forms = column(names)
    this.#text = new Uint8Array(block, at, textBytes)
    this.#rest = new Uint8Array(block, at + textBytes)
    this.#decimals = sites.map(([packed]) => packed)
    this.#starts = new Uint32Array(count + 1)
    this.#firsts = new Uint32Array(count)
    this.#split()
    this.x = new Float64Array(count).fill(NaN)
    this.y = new Float64Array(count).fill(NaN)
    for (let index = 0; index < count; index += 1) {
      const at = this.position(index)
      if (!at) continue
      const { x, y } = project(at)
      this.x[index] = x
      this.y[index] = y
    }
  }

  /** Where a place lies; null where nobody can locate it. */
  position(index: number): Position | null {
    const decimals = this.#decimals[this.site[index]!]!
    if (decimals < 0) return null
    return [this.#lats[index]! / 10 ** decimals, this.#lons[index]! / 10 ** decimals]
  }

  names(index: number): Toponym[] {
    const line = this.#text.subarray(this.#starts[index], this.#starts[index + 1]! - 1)
    const first = this.#firsts[index]!
    const texts = new TextDecoder().decode(line).split("\t")
    return texts.map((text, name) => ({ text, form: this.#forms[first + name]! }))
  }

  /** What a place is listed under in a language of the page. */
  title(index: number, language: number): string {
    return this.names(index)[this.#titles[language]![index]!]?.text ?? ""
  }

  remark(index: number): Remark {
    this.#remarks ??= JSON.parse(new TextDecoder().decode(this.#rest)) as Remarks
    const found = this.#remarks[index]
    return found ? { notes: found[0], names: found[1], works: found[2] } : NOTHING
  }

  /** Notes where lines and names begin. */
  #split(): void {
    let place = 0
    let name = 0
    // By index: there are millions, and an iterator would take ten times as long.
    for (let at = 0; at < this.#text.length; at += 1) {
      const byte = this.#text[at]!
      if (byte === TAB) name += 1
      if (byte !== NEWLINE) continue
      place += 1
      name += 1
      this.#starts[place] = at + 1
      this.#firsts[place] = name
    }
    this.#starts[this.count] = this.#text.length + 1
  }
}

const TAB = 9
const NEWLINE = 10

/** Numbers whose lowest bytes come first, then the next ones. */
function planes(bytes: Uint8Array, length: number): Int32Array {
  const numbers = new Int32Array(length)
  for (let i = 0; i < length; i += 1) {
    const high = (bytes[i + 2 * length]! << 16) | (bytes[i + 3 * length]! << 24)
    numbers[i] = bytes[i]! | (bytes[i + length]! << 8) | high
  }
  return numbers
}
