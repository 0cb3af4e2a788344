/** Routes on the map: what is travelled, what is ahead, how sure each leg is, and the train. */
import { draw, make } from "./dom.ts"
import type { Leg } from "./journey.ts"
import { head, legOf, lengthOf, lines, reached, strokes, travelled } from "./journey.ts"
import type { Point, Rect } from "./labels.ts"
import { square } from "./labels.ts"
import { MARK_PX } from "./marks.ts"
import { linesThrough } from "./outlines.ts"
import type { Paths } from "./paths.ts"
import type { Pin } from "./pins.ts"
import type { Certainty, Passage, Place, Position, Route } from "./story.ts"

const CERTAINTIES: readonly Certainty[] = ["documented", "inferred", "guessed"]

/** Pixels between the dots by which labels see a route, and the most dots on a leg. */
const DOT_PX = 12
const MOST_DOTS = 200

/** The size of a train, which map.css gives it, and how far above all places it lies. */
const TRAIN_PX = { width: 36, height: 24 }
const TRAIN_LEVEL = 5000

/** One route on the map. */
export interface Journey {
  show(passage: Passage, progress: number): void
  hide(): void
  /** the last of its stops that is reached; -1 when the step does not travel */
  reached(passage: Passage, progress: number): number
  /** points along it, for labels to keep off */
  dots(): Point[]
  /** where its train comes to rest; null where it has none */
  terminus(passage: Passage): Rect | null
}

/** Makes the drawing of a route, which shows nothing yet. */
export function journeyOf(
  map: L.Map,
  path: Paths,
  pin: (element: HTMLElement) => Pin,
  { stops, legs: certainties }: Route,
  places: readonly Place[],
): Journey {
  const legs = certainties.map((certainty, index): Leg | null => {
    const from = places[stops[index]!]!.at
    const to = places[stops[index + 1]!]!.at
    return from && to && legOf(from, to, certainty)
  })
  const lengths = legs.map((leg) => (leg ? lengthOf(leg) : 0))
  const whole = legs.map(() => 1)
  const line = (kind: string, points: Position[][]) =>
    path(`sm-leg ${kind}`, linesThrough(points))
  const ahead = CERTAINTIES.map((sure) => line(`sm-ahead sm-${sure}`, lines(legs, whole, sure)))
  const casing = line("sm-casing", [])
  const behind = CERTAINTIES.map((sure) => line(`sm-behind sm-${sure}`, []))
  const all = [...ahead, casing, ...behind]
  const train = make("div", { class: "sm-train" }, trainDrawing())
  const marker = pin(train)

  function showTrain(passage: Passage, progress: number): void {
    const { leg, share } = head(lengths, passage, progress)
    const way = legs[leg]
    if (!way) {
      marker.hide()
      return
    }
    marker.show(headOf(way, share), TRAIN_LEVEL)
    train.classList.toggle("sm-westward", way.to[1] < way.from[1])
    train.classList.toggle("sm-arrived", progress === 1)
  }

  return {
    show(passage, progress) {
      const shares = travelled(lengths, passage, progress)
      casing.lead(linesThrough(lines(legs, shares)))
      behind.forEach((way, index) => {
        way.lead(linesThrough(lines(legs, shares, CERTAINTIES[index])))
      })
      for (const each of all) each.show()
      showTrain(passage, progress)
    },
    hide() {
      for (const each of all) each.hide()
      marker.hide()
    },
    reached: (passage, progress) => reached(lengths, passage, progress),
    terminus(passage) {
      const { leg, share } = head(lengths, passage, 1)
      const way = legs[leg]
      if (!way) return null
      const { x, y } = map.latLngToContainerPoint(headOf(way, share))
      return square({ x, y: y - MARK_PX.current - TRAIN_PX.height / 2 }, TRAIN_PX.width / 2)
    },
    dots: () =>
      legs.flatMap((leg) => (leg ? strokes(leg, 1) : [])).flatMap((stroke) => {
        const from = map.latLngToContainerPoint(stroke[0])
        const to = map.latLngToContainerPoint(stroke[1])
        const count = Math.min(MOST_DOTS, Math.ceil(from.distanceTo(to) / DOT_PX))
        return Array.from({ length: count }, (_, i) => ({
          x: from.x + ((to.x - from.x) * i) / count,
          y: from.y + ((to.y - from.y) * i) / count,
        }))
      }),
  }
}

/** Where the train is: half of a way over the map's edge at the one, half at the other. */
function headOf(way: Leg, share: number): Position {
  const ends = strokes(way, share)
  return ends[share < 0.5 ? 0 : ends.length - 1]![1]
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
