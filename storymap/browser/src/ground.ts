/**
 * The base map's paths. The page keeps them as text: a browser that made elements of them would
 * take each apart once for nothing, before the first is drawn.
 */

export interface GroundPath {
  layer: string
  /** which borders it shows: today's, or those of states of former times */
  periods: string[]
  /** zoom from which it is drawn */
  from: number
  /** pixels of the plane: length of the path's unit, and where its origin lies */
  unit: number
  left: number
  top: number
  /** as SVG has it */
  d: string
}

/** A path as `storymap/atlas` writes it; its transform is `matrix(unit 0 0 unit left top)`. */
const PATH =
  /<path id="[^"]*" class="sm-a" data-layer="([^"]*)"(?: data-periods="([^"]*)")? data-from="([^"]*)" transform="matrix\(([^)]*)\)" d="([^"]*)"/g

/** The paths that are kept inside `root`, in the order in which they are painted. */
export function readGround(root: Element): GroundPath[] {
  const text = root.querySelector(".sm-ground")?.textContent ?? ""
  return Array.from(text.matchAll(PATH), (found) => {
    const [, layer = "", periods = "", from, matrix = "", d = ""] = found
    const [unit = 1, , , , left = 0, top = 0] = matrix.split(" ").map(Number)
    return { layer, periods: periods.split(" "), from: Number(from), unit, left, top, d }
  })
}
