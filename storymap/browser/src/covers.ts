/** What lies over the map and hides it: panels, the time axis, the place card. */
import type { Padding } from "./view.ts"

/** A cover that takes more of the map than this share leaves no map to speak of beside it. */
const MOST = 0.6

/** Pixels that *covers* take off each edge of *map*: each cover off the edge that it lies along. */
export function coveredEdges(map: Element, covers: readonly Element[]): Padding {
  const edges = { left: 0, top: 0, right: 0, bottom: 0 }
  const box = map.getBoundingClientRect()
  for (const cover of covers) {
    const over = cover.getBoundingClientRect()
    const width = Math.min(over.right, box.right) - Math.max(over.left, box.left)
    const height = Math.min(over.bottom, box.bottom) - Math.max(over.top, box.top)
    if (width <= 0 || height <= 0) continue
    const [edge, depth] = nearestEdge(box, over, width > height)
    const across = edge === "left" || edge === "right" ? box.width : box.height
    if (depth <= MOST * across) edges[edge] = Math.max(edges[edge], depth)
  }
  return edges
}

function nearestEdge(box: DOMRect, over: DOMRect, flat: boolean): [keyof Padding, number] {
  if (flat) {
    return over.top + over.bottom < box.top + box.bottom
      ? ["top", over.bottom - box.top]
      : ["bottom", box.bottom - over.top]
  }
  return over.left + over.right < box.left + box.right
    ? ["left", over.right - box.left]
    : ["right", box.right - over.left]
}
