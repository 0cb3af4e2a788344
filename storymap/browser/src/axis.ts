/** The time axis as pure geometry: what each event looks like, and which years have room. */
import type { Scene } from "./story.ts"

/** A point for a single day, a bar for anything longer, a dot in its own lane for no date. */
export type Shape = "day" | "span" | "undated"

const DAY = /^-?\d{4,}-\d\d-\d\d[?~%]?$/

export function shapeOf({ when, span }: Scene): Shape {
  if (!span) return "undated"
  return DAY.test(when) ? "day" : "span"
}

export interface Tick {
  /** middle of its label, in pixels along the axis */
  at: number
  /** of its label */
  width: number
  /** the first after years left out */
  resumes: boolean
}

/**
 * Which labels can be written with *gap* pixels between them: first those with which the axis
 * resumes, then the others from the left.
 */
export function readable(ticks: readonly Tick[], gap: number): boolean[] {
  const written: Tick[] = []
  for (const tick of [...ticks].sort((a, b) => Number(b.resumes) - Number(a.resumes))) {
    const clear = (other: Tick) =>
      Math.abs(tick.at - other.at) >= (tick.width + other.width) / 2 + gap
    if (written.every(clear)) written.push(tick)
  }
  return ticks.map((tick) => written.includes(tick))
}
