import assert from "node:assert/strict"
import { test } from "node:test"
import type { Plane } from "../src/outlines.ts"
import { areaAround, areaWithin, clipped, linesThrough } from "../src/outlines.ts"

const room = { left: 0, top: 0, right: 100, bottom: 100 }
const plane: Plane = { world: 360, left: 0, top: 0, room: { ...room, right: 360, bottom: 360 } }

test("a line that is in sight stays as it is", () => {
  const line = [
    { x: 10, y: 10 },
    { x: 50, y: 90 },
    { x: 90, y: 10 },
  ]
  assert.deepEqual(clipped(line, room), [line])
})

test("a line ends where the room does, and begins again where it comes back", () => {
  const line = [
    { x: 50, y: 50 },
    { x: 150, y: 50 },
    { x: 150, y: 20 },
    { x: 50, y: 20 },
  ]
  assert.deepEqual(clipped(line, room), [
    [
      { x: 50, y: 50 },
      { x: 100, y: 50 },
    ],
    [
      { x: 100, y: 20 },
      { x: 50, y: 20 },
    ],
  ])
})

test("a line across the room keeps what is inside; one beside it keeps nothing", () => {
  const across = [
    { x: -100, y: -100 },
    { x: 200, y: 200 },
  ]
  assert.deepEqual(clipped(across, room), [
    [
      { x: 0, y: 0 },
      { x: 100, y: 100 },
    ],
  ])
  const beside = across.map(({ x, y }) => ({ x: x + 150, y: y - 150 }))
  assert.deepEqual(clipped(beside, room), [])
})

test("a line is written from point to point", () => {
  const outline = linesThrough([
    [
      [0, -90],
      [0, 90],
    ],
  ])
  assert.equal(outline(plane), "M90 180L270 180")
})

test("an area is closed, be it in sight or not", () => {
  const { outline, width } = areaWithin([
    [
      [0, -90],
      [0, 90],
      [10, 90],
    ],
  ])
  assert.equal(outline({ ...plane, room }), "M90 180L270 180L270 169.9Z")
  assert.equal(width, 0.5)
})

test("a circle grows with the zoom, and never shrinks to a point", () => {
  const { outline, width } = areaAround([0, 0], 111_195, 12)
  assert.equal(outline(plane), "M168 180a12 12 0 1 0 24 0a12 12 0 1 0 -24 0Z")
  assert.equal(outline({ ...plane, world: 36_000 }).slice(0, 16), "M17900 18000a100")
  assert.ok(Math.abs(width - 2 / 360) < 1e-6)
})
