/**
 * The base map's paths. The page keeps them as text: a browser that made elements of them would
 * take each apart once for nothing, before the first is drawn.
 */

export interface GroundPath {
  id: string
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

/** The paths that are kept inside `root`, in the order in which they are painted. */
export function readGround(root: Element): GroundPath[] {
  const text = root.querySelector(".sm-ground")?.textContent ?? ""
  return Array.from(text.matchAll(/<path (id="[^"]*" class="sm-a"[^>]*)>/g), ([, attributes = ""]) => pathOf(attributes))
}

function pathOf(attributes: string): GroundPath {
  const found = new Map(
    Array.from(attributes.matchAll(/([\w-]+)="([^"]*)"/g), ([, name, value]) => [name, value]),
  )
  const read = (name: string) => found.get(name) ?? ""
  const [unit = 1, , , , left = 0, top = 0] = (read("transform").match(/-?[\d.]+/g) ?? []).map(Number)
  return {
    id: read("id"),
    layer: read("data-layer"),
    periods: read("data-periods").split(" "),
    from: Number(read("data-from")),
    unit,
    left,
    top,
    d: read("d"),
  }
}
