/** Which of many places a map has room for: of each cell of a grid the most important. */

export interface Thinned {
  /** indexes of what is shown */
  shown: Uint32Array
  /** for each of these, how many there are in its cell */
  counts: Uint32Array
}

/**
 * Thins places that lie at fractions of the world, the important first, to one in each cell of a
 * grid that is *cells* wide; NaN is nowhere.
 */
export function thin(x: Float64Array, y: Float64Array, cells: number): Thinned {
  const slots = new Map<number, number>()
  const shown = new Uint32Array(x.length)
  const counts = new Uint32Array(x.length)
  for (let index = 0; index < x.length; index += 1) {
    const cell = Math.floor(y[index]! * cells) * 2 * cells + Math.floor((x[index]! + 0.5) * cells)
    if (Number.isNaN(cell)) continue
    const slot = slots.get(cell)
    if (slot === undefined) {
      shown[slots.size] = index
      counts[slots.size] = 1
      slots.set(cell, slots.size)
    } else {
      counts[slot]! += 1
    }
  }
  return { shown: shown.slice(0, slots.size), counts: counts.slice(0, slots.size) }
}
