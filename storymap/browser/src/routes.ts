/** Routes on the map: what is travelled, what is ahead, how sure each leg is, and the train. */
import { draw } from "./dom.ts"
import { head, travelled } from "./journey.ts"
import type { Point, Rect } from "./labels.ts"
import { square } from "./labels.ts"
import { MARK_PX } from "./marks.ts"
import type { Passage, Place, Position, Route } from "./story.ts"
import { project, unproject } from "./view.ts"

/** Pixels between the dots by which labels see a route. */
const DOT_PX = 12

const TRAIN_PX = { width: 36, height: 24 }

/** One route on the map. */
export interface Journey {
  show(passage: Passage, progress: number): void
  hide(): void
  /** points along it, for labels to keep off */
  dots(): Point[]
  /** where its train comes to rest; null where it has none */
  terminus(passage: Passage): Rect | null
}

interface Leg {
  from: Position
  to: Position
  /** how much of it is drawn as travelled */
  share: number
  ahead: L.Polyline
  casing: L.Polyline
  behind: L.Polyline
}

/** Makes the drawing of a route, which shows nothing yet. */
export function journeyOf(
  map: L.Map,
  renderer: L.SVG,
  { stops, legs }: Route,
  places: readonly Place[],
): Journey {
  const drawn: (Leg | null)[] = legs.map((certainty, index) => {
    const from = places[stops[index]!]!.at
    const to = places[stops[index + 1]!]!.at
    if (!from || !to) return null
    const line = (kind: string, points: Position[]) =>
      L.polyline(points, {
        renderer,
        className: `sm-leg sm-${kind} sm-${certainty}`,
        interactive: false,
        smoothFactor: 0,
      })
    return {
      from,
      to,
      share: 0,
      ahead: line("ahead", [from, to]),
      casing: line("casing", []),
      behind: line("behind", []),
    }
  })
  const lengths = drawn.map((leg) => (leg ? span(leg) : 0))
  // All casings lie below all lines: at a stop, the next leg must not cut the end of this one.
  const group = L.layerGroup(
    (["ahead", "casing", "behind"] as const).flatMap((kind) =>
      drawn.flatMap((leg) => (leg ? [leg[kind]] : [])),
    ),
  )
  const train = L.marker([0, 0], {
    icon: L.divIcon({
      className: "sm-train",
      html: trainDrawing(),
      iconSize: [TRAIN_PX.width, TRAIN_PX.height],
      iconAnchor: [TRAIN_PX.width / 2, TRAIN_PX.height + 2],
    }),
    interactive: false,
    keyboard: false,
    zIndexOffset: 5000,
  })

  function showTrain(passage: Passage, progress: number): void {
    const { leg, share } = head(lengths, passage, progress)
    const way = drawn[leg]
    if (!way) {
      train.remove()
      return
    }
    train.setLatLng(along(way, share)).addTo(map)
    const icon = train.getElement()
    icon?.classList.toggle("sm-westward", way.to[1] < way.from[1])
    icon?.classList.toggle("sm-arrived", progress === 1)
  }

  return {
    show(passage, progress) {
      group.addTo(map)
      travelled(lengths, passage, progress).forEach((share, index) => {
        const leg = drawn[index]
        if (!leg || leg.share === share) return
        leg.share = share
        const points = share > 0 ? [leg.from, along(leg, share)] : []
        leg.casing.setLatLngs(points)
        leg.behind.setLatLngs(points)
      })
      showTrain(passage, progress)
    },
    hide() {
      group.remove()
      train.remove()
    },
    terminus(passage) {
      const { leg, share } = head(lengths, passage, 1)
      const way = drawn[leg]
      if (!way) return null
      const { x, y } = map.latLngToContainerPoint(along(way, share))
      return square({ x, y: y - MARK_PX.current - TRAIN_PX.height / 2 }, TRAIN_PX.width / 2)
    },
    dots: () =>
      drawn.flatMap((leg) => {
        if (!leg) return []
        const from = map.latLngToContainerPoint(leg.from)
        const to = map.latLngToContainerPoint(leg.to)
        const count = Math.min(200, Math.ceil(from.distanceTo(to) / DOT_PX))
        return Array.from({ length: count }, (_, i) => ({
          x: from.x + ((to.x - from.x) * i) / count,
          y: from.y + ((to.y - from.y) * i) / count,
        }))
      }),
  }
}

function span({ from, to }: Leg): number {
  const a = project(from)
  const b = project(to)
  return Math.hypot(b.x - a.x, b.y - a.y)
}

/** The point at a share of a leg, straight on the map. */
function along({ from, to }: Leg, share: number): Position {
  const a = project(from)
  const b = project(to)
  return unproject({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share })
}

/** A locomotive that runs to the right. */
function trainDrawing(): SVGSVGElement {
  return draw(
    "svg",
    { viewBox: "0 0 36 24", "aria-hidden": "true" },
    draw("path", {
      d: "M4 3h11v2h-1v3h7V4h-1V2h6v2h-1v4h4a4 4 0 0 1 2 7l3 4h-5M4 3v2h1v12h25M8 6v4h4V6z",
      "fill-rule": "evenodd",
    }),
    draw("circle", { cx: 10, cy: 18, r: 4 }),
    draw("circle", { cx: 19, cy: 19, r: 3 }),
    draw("circle", { cx: 26, cy: 19, r: 3 }),
  )
}
