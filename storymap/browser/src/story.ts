/**
 * The story as the page carries it: what `storymap/document.py` writes and everything here reads.
 *
 * Places and routes are referred to by their index. Positions are [latitude, longitude] in degrees.
 */

export type Position = [lat: number, lon: number]
export type Box = [west: number, south: number, east: number, north: number]

export interface StoryDocument {
  version: 1
  /** BCP 47 tag of the sections' language */
  language: string
  languages: string[]
  title: string
  /** name of the global variable in which folium's script leaves the map */
  map: string
  /** what the atlas covers, and so the map may show */
  bounds: Box
  maxZoom: number
  places: Place[]
  routes: Route[]
  /** names for orientation, the kinds with the first claim to room first */
  labels: MapLabel[]
  /** of `labels` those that have a date: which of them hold together */
  dated: number[][]
  /** of `dated` what holds today */
  datedToday: number
  /** the overview; its id is "" */
  cover: Scene
  /** one per step, in order */
  scenes: Scene[]
  axis: Axis
  /** the interface's words; placeholders are {step}, {count}, {title} and {date} */
  texts: Record<string, string>
  /** overlays and tiles, null where there are none; read by street-story.ts */
  street: unknown
  /** places that the steps do not speak of, null where there are none; see further.ts */
  further: unknown
}

export interface Place {
  id: string
  /** null when nobody can locate it */
  at: Position | null
  precision: "exact" | "settlement" | "region" | "approximate" | "unlocated"
  /** metres; 0 where none is known */
  radius: number
  /** rings of a box or a polygon; empty where it is neither */
  shape: Position[][]
  /** a station is named by a route only, never by a step */
  kind: "story" | "station"
  /** every name that it is found by */
  names: string[]
  labels: Label[]
}

export interface Label {
  text: string
  /** what it is called today; "" where that is the same */
  today: string
}

/**
 * A name that is not the story's, where it stands, and the zooms between which it may be shown; long
 * rivers and large states have several.
 */
export type MapLabel = [
  text: string,
  kind: "state" | "sea" | "lake" | "mountain" | "town" | "river",
  lat: number,
  lon: number,
  from: number,
  to: number,
]

export type Certainty = "documented" | "inferred" | "guessed"

export interface Route {
  id: string
  title: string
  /** in words, "" when undated */
  date: string
  /** places */
  stops: number[]
  /** one fewer than stops */
  legs: Certainty[]
}

export interface Scene {
  id: string
  title: string
  /** in words: "1 May 1923", "undated" */
  date: string
  /** EDTF, "" when undated */
  when: string
  /** located places that the step names, the one it is about first */
  current: number[]
  /** located places that earlier steps named and this one does not */
  visited: number[]
  /** for each place, which of its labels is valid */
  labels: number[]
  /** what the camera must show */
  frame: Box
  /** the closest the camera may come to do so */
  zoom: number
  /** what the author chose instead */
  camera: { center: Position; zoom: number } | null
  routes: Passage[]
  /** periods of the atlas whose borders hold at the date; none where nobody knows */
  borders: string[]
  /** of the story's `dated` what holds at the date */
  dated: number
  /** the date in words where nobody knows its borders, else "" */
  undrawn: string
  /** null for the undated lane */
  span: Span | null
}

/** How far a route has come; routes without one are not drawn. */
export interface Passage {
  route: number
  /** stops between which this step travels; both -1 where it does not */
  first: number
  last: number
  /** last stop reached before this step; -1 where the journey has not begun */
  past: number
}

export interface Axis {
  ticks: { at: number; label: string }[]
  /** where the axis leaves out empty years */
  breaks: number[]
  lanes: number
}

export type Limit = "known" | "unknown" | "open"

/** A date on the axis: from 0 to 1 along it. */
export interface Span {
  from: number
  to: number
  lane: number
  start: Limit
  end: Limit
  /** approximate or uncertain */
  vague: boolean
}

/** Returns *value* as a T, or throws a `TypeError` that names the path *at* which it is none. */
type Reader<T> = (value: unknown, at: string) => T

/** Returns *value* as a story, or throws an error that says what is wrong with it. */
export function checkStory(value: unknown): StoryDocument {
  const story = storyDocument(value, "story")
  for (const [index, scene] of [story.cover, ...story.scenes].entries()) {
    checkReferences(story, scene, index === 0 ? "story.cover" : `story.scenes[${index - 1}]`)
  }
  checkIndexes([story.datedToday], story.dated.length, "story.datedToday")
  for (const [index, names] of story.dated.entries()) {
    checkIndexes(names, story.labels.length, `story.dated[${index}]`)
  }
  for (const [index, { stops, legs }] of story.routes.entries()) {
    checkIndexes(stops, story.places.length, `story.routes[${index}].stops`)
    if (legs.length !== stops.length - 1) {
      throw wrong(`story.routes[${index}].legs`, `${stops.length - 1} legs`, legs.length)
    }
  }
  return story
}

function checkReferences(story: StoryDocument, scene: Scene, at: string): void {
  const { places, routes } = story
  checkIndexes(scene.current, places.length, `${at}.current`)
  checkIndexes(scene.visited, places.length, `${at}.visited`)
  checkIndexes([scene.dated], story.dated.length, `${at}.dated`)
  checkIndexes(
    scene.routes.map(({ route }) => route),
    routes.length,
    `${at}.routes`,
  )
  if (scene.labels.length !== places.length) {
    throw wrong(`${at}.labels`, `${places.length} labels`, scene.labels.length)
  }
  places.forEach((place, index) => {
    const label = scene.labels[index]!
    if (!place.labels[label]) checkIndexes([label], place.labels.length, `${at}.labels`)
  })
}

export function checkIndexes(indexes: number[], count: number, at: string): void {
  for (const index of indexes) {
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw wrong(at, `indexes below ${count}`, index)
    }
  }
}

function wrong(at: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${at}: expected ${expected}, got ${JSON.stringify(value) ?? "nothing"}`)
}

function primitive<T>(name: string, is: (value: unknown) => value is T): Reader<T> {
  return (value, at) => {
    if (!is(value)) throw wrong(at, name, value)
    return value
  }
}

export const text = primitive("a text", (value) => typeof value === "string")
const truth = primitive("true or false", (value) => typeof value === "boolean")
export const number = primitive("a number", (value): value is number => Number.isFinite(value))

export function one<T extends string | number>(...choices: T[]): Reader<T> {
  return primitive(`one of ${choices.join(", ")}`, (value): value is T =>
    (choices as unknown[]).includes(value),
  )
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, at) => (value === null ? null : reader(value, at))
}

export function list<T>(reader: Reader<T>): Reader<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw wrong(at, "a list", value)
    value.forEach((item, index) => reader(item, `${at}[${index}]`))
    return value
  }
}

/** A list of numbers; most of a story is that, so it is looked at as a whole first. */
const numberList: Reader<number[]> = (value, at) =>
  Array.isArray(value) && value.every(Number.isFinite) ? value : list(number)(value, at)

export function numbers<T extends number[]>(length: T["length"]): Reader<T> {
  return (value, at) => {
    if (numberList(value, at).length !== length) throw wrong(at, `${length} numbers`, value)
    return value as T
  }
}

function row<T extends unknown[]>(...readers: { [Index in keyof T]: Reader<T[Index]> }): Reader<T> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length !== readers.length) {
      throw wrong(at, `${readers.length} values`, value)
    }
    readers.forEach((reader: Reader<unknown>, index) => reader(value[index], `${at}[${index}]`))
    return value as T
  }
}

function fields(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrong(at, "an object", value)
  }
  return value as Record<string, unknown>
}

export function record<T>(readers: { [Key in keyof T]-?: Reader<T[Key]> }): Reader<T> {
  return (value, at) => {
    const found = fields(value, at)
    for (const key in readers) readers[key](found[key], `${at}.${key}`)
    return found as T
  }
}

function dictionary<T>(reader: Reader<T>): Reader<Record<string, T>> {
  return (value, at) => {
    const found = fields(value, at)
    for (const key in found) reader(found[key], `${at}.${key}`)
    return found as Record<string, T>
  }
}

export const position = numbers<Position>(2)
const box = numbers<Box>(4)
const limit = one<Limit>("known", "unknown", "open")

const place = record<Place>({
  id: text,
  at: nullable(position),
  precision: one("exact", "settlement", "region", "approximate", "unlocated"),
  radius: number,
  shape: list(list(position)),
  kind: one("story", "station"),
  names: list(text),
  labels: list(record<Label>({ text, today: text })),
})

const route = record<Route>({
  id: text,
  title: text,
  date: text,
  stops: numberList,
  legs: list(one("documented", "inferred", "guessed")),
})

const span = record<Span>({
  from: number,
  to: number,
  lane: number,
  start: limit,
  end: limit,
  vague: truth,
})

const mapLabel = row<MapLabel>(
  text,
  one("state", "sea", "lake", "mountain", "town", "river"),
  ...[number, number, number, number] as const,
)

const scene = record<Scene>({
  id: text,
  title: text,
  date: text,
  when: text,
  current: numberList,
  visited: numberList,
  labels: numberList,
  frame: box,
  zoom: number,
  camera: nullable(record<NonNullable<Scene["camera"]>>({ center: position, zoom: number })),
  routes: list(record<Passage>({ route: number, first: number, last: number, past: number })),
  borders: list(text),
  dated: number,
  undrawn: text,
  span: nullable(span),
})

const axis = record<Axis>({
  ticks: list(record<Axis["ticks"][number]>({ at: number, label: text })),
  breaks: numberList,
  lanes: number,
})

const storyDocument = record<StoryDocument>({
  version: one(1),
  language: text,
  languages: list(text),
  title: text,
  map: text,
  bounds: box,
  maxZoom: number,
  places: list(place),
  routes: list(route),
  labels: list(mapLabel),
  dated: list(numberList),
  datedToday: number,
  cover: scene,
  scenes: list(scene),
  axis,
  texts: dictionary(text),
  street: (value) => value,
  further: (value) => value,
})
