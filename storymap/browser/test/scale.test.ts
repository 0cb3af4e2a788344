import assert from "node:assert/strict"
import { test } from "node:test"
import { metresPerPixel, roundLength } from "../src/scale.ts"

test("a bar is 1, 2 or 5 times a power of ten long, and no longer than there is room", () => {
  const lengths = [1, 1.9, 2, 4.99, 5, 9.9, 10, 199, 450_000, 1_200_000]
  assert.deepEqual(lengths.map(roundLength), [1, 1, 2, 2, 5, 5, 10, 100, 200_000, 1_000_000])
})

test("a pixel is a 256th of the equator at zoom 0, and half of that at 60 degrees", () => {
  assert.equal(Math.round(metresPerPixel(0, 0)), 156543)
  assert.equal(Math.round(metresPerPixel(60, 0)), 78272)
  assert.equal(Math.round(metresPerPixel(-60, 1)), 39136)
})
