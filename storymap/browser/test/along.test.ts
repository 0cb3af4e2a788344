import assert from "node:assert/strict"
import { test } from "node:test"
import { stretches } from "../src/along.ts"

const widths = [10, 12, 8, 10]
const line = (length: number, bend: (x: number) => number = () => 0) =>
  Array.from({ length: length / 4 + 1 }, (_, i) => ({ x: 4 * i, y: 100 + bend(4 * i) }))

test("a name stands above a straight river, in the middle", () => {
  const [first] = stretches(line(600), { x: 300, y: 100 }, widths, 14)
  assert.ok(first)
  assert.deepEqual(
    first.letters.map(({ x, angle }) => [Math.round(x), angle]),
    [
      [280, 0],
      [290, 0],
      [302, 0],
      [310, 0],
    ],
  )
  assert.ok(first.rects.every(({ bottom }) => bottom < 100))
})

test("it is upright and reads from left to right whichever way the river flows", () => {
  const [there] = stretches(line(600), { x: 300, y: 100 }, widths, 14)
  const [back] = stretches(line(600).reverse(), { x: 300, y: 100 }, widths, 14)
  assert.deepEqual(back, there)
})

test("letters turn with the river", () => {
  const [slope] = stretches(line(600, (x) => x / 2), { x: 300, y: 250 }, widths, 14)
  assert.ok(slope?.letters.every(({ angle }) => Math.abs(angle - 26.6) < 0.1))
})

test("no letter is turned far from the next", () => {
  const winding = line(600, (x) => 40 * Math.sin(x / 25))
  for (const { letters } of stretches(winding, { x: 300, y: 100 }, widths, 14)) {
    letters.slice(1).forEach(({ angle }, i) => {
      assert.ok(Math.abs(angle - letters[i]!.angle) <= 17)
    })
  }
})

test("a river that winds too much or is too short carries no name", () => {
  const coiled = line(600, (x) => 18 * Math.sin(x / 6))
  assert.deepEqual(stretches(coiled, { x: 300, y: 100 }, widths, 14), [])
  assert.deepEqual(stretches(line(24), { x: 12, y: 100 }, widths, 14), [])
})
