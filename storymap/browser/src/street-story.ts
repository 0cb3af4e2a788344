/**
 * Overlays and tiles as the page carries them: what `storymap/street.py` writes.
 *
 * Only pages that have some carry this and what it serves.
 */
import type { Position } from "./story.ts"
import { checkIndexes, list, nullable, number, numbers, one, position, record, text } from "./story.ts"

export interface Street {
  overlays: Overlay[]
  /** for each step the overlays that it shows */
  steps: number[][]
  tiles: Tiles | null
}

export type Overlay = Plan | Drawing

/** A picture with a place for each of its corners. */
export interface Plan {
  kind: "plan"
  /** id of the SVG image that holds it */
  picture: string
  alt: string
  /** top left, top right, bottom right, bottom left of the picture */
  corners: Position[]
  /** pixels */
  size: [width: number, height: number]
  opacity: number
}

export interface Drawing {
  kind: "drawing"
  features: Feature[]
}

/** A colour on the light page and on the dark; none for the page's own. */
export type Paint = string[]

export interface Feature {
  /** what it is called; "" where nothing is told of it */
  title: string
  stroke: Paint
  /** pixels */
  strokeWidth: number
  strokeOpacity: number
  fill: Paint
  fillOpacity: number
  marker: Paint
  /** of points, in pixels */
  radius: number
  figures: Figure[]
}

export interface Figure {
  shape: "point" | "line" | "area"
  /** a line of one position for a point; of an area the outer ring, then its holes */
  lines: Position[][]
}

export interface Tiles {
  url: string
  maxZoom: number
}

const plan = record<Plan>({
  kind: one("plan"),
  picture: text,
  alt: text,
  corners: list(position),
  size: numbers<Plan["size"]>(2),
  opacity: number,
})

const feature = record<Feature>({
  title: text,
  stroke: list(text),
  strokeWidth: number,
  strokeOpacity: number,
  fill: list(text),
  fillOpacity: number,
  marker: list(text),
  radius: number,
  figures: list(
    record<Figure>({ shape: one("point", "line", "area"), lines: list(list(position)) }),
  ),
})

const drawing = record<Drawing>({ kind: one("drawing"), features: list(feature) })

const overlay = (value: unknown, at: string): Overlay =>
  (value as Partial<Overlay> | null)?.kind === "plan" ? plan(value, at) : drawing(value, at)

const street = record<Street>({
  overlays: list(overlay),
  steps: list(list(number)),
  tiles: nullable(record<Tiles>({ url: text, maxZoom: number })),
})

/** The part of the story's document; throws an error that says what is wrong with it. */
export function readStreet(value: unknown): Street {
  const read = street(value, "story.street")
  for (const [step, shown] of read.steps.entries()) {
    checkIndexes(shown, read.overlays.length, `story.street.steps[${step}]`)
  }
  return read
}
