/**
 * Labels that do not touch: each takes the best free place round its mark, the important first.
 *
 * Pixels, from the top left of the map.
 */

export interface Rect {
  left: number
  top: number
  right: number
  bottom: number
}

export interface Point {
  x: number
  y: number
}

/** Where a label may stand: its top left, and what it covers there. */
export interface Spot extends Point {
  rects: readonly Rect[]
}

export interface Tag {
  /** what it names */
  at: Point
  /** pixels to keep between that and the label */
  gap: number
  width: number
  height: number
  stand: Stand
  /** "must": is shown even where it covers a mark; "yields": never covers a line */
  claim: "must" | "may" | "yields"
  /** a text that stands once on the map, whichever of its labels has room first; "" for any */
  once: string
  /** where it would rather stand, the best first; if there is any, nowhere else */
  along?: readonly Spot[]
}

type Direction = readonly [x: number, y: number]

/** Directions from the mark in order of preference: east, west, north, south, then the corners. */
const AROUND: readonly Direction[] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
]

/** What the name of an area prefers: above or below its middle it still lies across it. */
const ON: readonly Direction[] = [
  [0, 0],
  [0, -1],
  [0, 1],
]

/** Where a label may stand, seen from what it names. */
const STANDS = {
  around: AROUND,
  across: [...ON, ...AROUND],
  on: ON,
  beside: AROUND.slice(0, 2),
} satisfies Record<string, readonly Direction[]>

export type Stand = keyof typeof STANDS

/** Pixels between two names side by side: with fewer they read as one. */
const AIR_PX = 4

/** How much of the gap is kept along each axis when a label stands at a corner. */
const DIAGONAL = 0.6

/**
 * Returns what places one label after the other, the most important first: where it stands, null
 * where there is no room. Labels stay inside *room*, off the *marks*, off each other and off the
 * *furniture*, which would hide them, and cover as few *dots* of lines as they can.
 */
export function placer(
  room: Rect,
  marks: readonly Rect[],
  dots: readonly Point[],
  furniture: readonly Rect[] = [],
): (tag: Tag) => Spot | null {
  const taken = furniture.map(aired)
  const standing = new Set<string>()
  const inRoom = { rects: [room] }
  const crossed = dots.filter((dot) => holds(inRoom, dot))
  return (tag) => {
    if (standing.has(tag.once)) return null
    const inside = candidates(tag).filter(({ rects }) => rects.every((each) => contains(room, each)))
    const apart = inside.filter((spot) => !covers(spot, taken))
    const free = apart.filter((spot) => !covers(spot, marks))
    const choice =
      choose(tag, free, crossed) ?? (tag.claim === "must" ? best(apart, crossed, marks) : undefined)
    if (!choice) return null
    taken.push(...choice.rects.map(aired))
    if (tag.once) standing.add(tag.once)
    return choice
  }
}

function candidates({ at, gap, width, height, stand, along = [] }: Tag): readonly Spot[] {
  if (along.length) return along
  return STANDS[stand].map(([dx, dy]) => {
    const keep = dx && dy ? gap * DIAGONAL : gap
    const x = at.x + dx * (keep + width / 2)
    const y = at.y + dy * (keep + height / 2)
    return { x: x - width / 2, y: y - height / 2, rects: [rect(x, y, width, height)] }
  })
}

/** The square round a point that reaches *half* to each side. */
export function square({ x, y }: Point, half: number): Rect {
  return rect(x, y, 2 * half, 2 * half)
}

function aired({ left, top, right, bottom }: Rect): Rect {
  return { left: left - AIR_PX, top, right: right + AIR_PX, bottom }
}

function rect(x: number, y: number, width: number, height: number): Rect {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 }
}

function choose({ claim }: Tag, free: readonly Spot[], dots: readonly Point[]): Spot | undefined {
  if (claim !== "yields") return best(free, dots)
  return free.find((spot) => !dots.some((dot) => holds(spot, dot)))
}

/** The first of the spots that cover the fewest dots and marks. */
function best(
  spots: readonly Spot[],
  dots: readonly Point[],
  marks: readonly Rect[] = [],
): Spot | undefined {
  const covered = spots.map(
    (spot) =>
      dots.filter((dot) => holds(spot, dot)).length +
      marks.filter((each) => covers(spot, [each])).length,
  )
  return spots[covered.indexOf(Math.min(...covered))]
}

function covers({ rects }: Spot, others: readonly Rect[]): boolean {
  return rects.some((each) => others.some((other) => overlap(each, other)))
}

function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  )
}

function holds({ rects }: Pick<Spot, "rects">, { x, y }: Point): boolean {
  return rects.some(
    ({ left, top, right, bottom }) => x > left && x < right && y > top && y < bottom,
  )
}
