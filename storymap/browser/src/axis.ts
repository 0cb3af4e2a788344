/** The time axis as pure geometry: what each event looks like, and which years have room. */
import type { Scene } from "./story.ts"

/** A point for a single day, a bar for anything longer, a dot in its own lane for no date. */
export type Shape = "day" | "span" | "undated"

const DAY = /^-?\d{4,}-\d\d-\d\d[?~%]?$/

export function shapeOf({ when, span }: Scene): Shape {
  if (!span) return "undated"
  return DAY.test(when) ? "day" : "span"
}

/**
 * Which labels of an axis *length* pixels long can be written without touching: the first, then
 * each that is *gap* pixels clear of the one before. Labels are centred on their positions.
 */
export function readable(
  positions: readonly number[],
  widths: readonly number[],
  length: number,
  gap: number,
): boolean[] {
  let free = -Infinity
  return positions.map((at, index) => {
    const half = (widths[index] ?? 0) / 2
    if (at * length - half < free) return false
    free = at * length + half + gap
    return true
  })
}
