import assert from "node:assert/strict"
import { test } from "node:test"
import type { Leg } from "../src/journey.ts"
import { head, legOf, lines, reached, travelled } from "../src/journey.ts"
import type { Certainty, Position } from "../src/story.ts"

const lengths = [10, 30, 20]

test("a route that is not begun has nothing behind it", () => {
  assert.deepEqual(travelled(lengths, { route: 0, first: -1, last: -1, past: -1 }, 1), [0, 0, 0])
})

test("what earlier steps travelled stays behind", () => {
  assert.deepEqual(travelled(lengths, { route: 0, first: -1, last: -1, past: 2 }, 1), [1, 1, 0])
})

test("the step's own way grows from its first stop to its last", () => {
  const passage = { route: 0, first: 1, last: 3, past: 1 }
  assert.deepEqual(travelled(lengths, passage, 0), [1, 0, 0])
  assert.deepEqual(travelled(lengths, passage, 0.3), [1, 0.5, 0])
  assert.deepEqual(travelled(lengths, passage, 0.8), [1, 1, 0.5])
  assert.deepEqual(travelled(lengths, passage, 1), [1, 1, 1])
})

test("the train stands at the end of its way when the journey is over", () => {
  assert.deepEqual(head(lengths, { route: 0, first: 0, last: 2, past: -1 }, 1), {
    leg: 1,
    share: 1,
  })
})

test("it stands there though lengths that are added up are not what is left of their sum", () => {
  const passage = { route: 0, first: 0, last: 3, past: -1 }
  assert.deepEqual(head([0.3, 0.2, 0.1], passage, 1), { leg: 2, share: 1 })
})

test("a stop is reached when the whole way to it is behind the traveller", () => {
  const passage = { route: 0, first: 0, last: 3, past: -1 }
  const stops = [0, 0.1, 0.2, 0.66, 0.67, 1].map((done) => reached(lengths, passage, done))
  assert.deepEqual(stops, [0, 0, 1, 1, 2, 3])
  assert.equal(reached(lengths, { route: 0, first: -1, last: -1, past: 3 }, 1), -1)
})

test("there is no train where the step does not travel", () => {
  assert.equal(head(lengths, { route: 0, first: -1, last: -1, past: 3 }, 1).leg, -1)
})

const stops: Position[] = [
  [0, 0],
  [0, 10],
  [0, 20],
  [0, 30],
]
const leg = (index: number, certainty: Certainty): Leg =>
  legOf(stops[index]!, stops[index + 1]!, certainty)
const rounded = (drawn: Position[][]) =>
  drawn.map((line) => line.map(([lat, lon]) => [Math.round(lat), Math.round(lon)]))

test("legs that follow each other are drawn as one line, up to where the journey has come", () => {
  const legs = [leg(0, "guessed"), leg(1, "inferred"), leg(2, "inferred")]
  assert.deepEqual(rounded(lines(legs, [1, 1, 0.5])), [
    [
      [0, 0],
      [0, 10],
      [0, 20],
      [0, 25],
    ],
  ])
  assert.deepEqual(rounded(lines(legs, [1, 1, 0.5], "inferred")), [
    [
      [0, 10],
      [0, 20],
      [0, 25],
    ],
  ])
  assert.deepEqual(rounded(lines(legs, [1, 0, 0], "inferred")), [])
})

test("a line breaks where a stop is not on the map, or where another certainty begins", () => {
  const legs = [leg(0, "guessed"), null, leg(2, "guessed")]
  const apart = [
    [
      [0, 0],
      [0, 10],
    ],
    [
      [0, 20],
      [0, 30],
    ],
  ]
  assert.deepEqual(rounded(lines(legs, [1, 1, 1])), apart)
  legs[1] = leg(1, "inferred")
  assert.deepEqual(rounded(lines(legs, [1, 1, 1], "guessed")), apart)
})

test("a leg takes the shorter way round the world, over both edges of the map", () => {
  const legs = [legOf([0, -70], [0, 150], "guessed"), legOf([0, 150], [0, 120], "guessed")]
  assert.deepEqual(rounded(lines(legs, [1, 1])), [
    [
      [0, -70],
      [0, -210],
    ],
    [
      [0, 290],
      [0, 150],
      [0, 120],
    ],
  ])
  assert.deepEqual(rounded(lines(legs, [0.5, 0])), [
    [
      [0, -70],
      [0, -140],
    ],
    [
      [0, 290],
      [0, 220],
    ],
  ])
})
