import assert from "node:assert/strict"
import { test } from "node:test"
import { readable, shapeOf } from "../src/axis.ts"
import type { Scene, Span } from "../src/story.ts"

const span: Span = { from: 0.1, to: 0.2, lane: 0, start: "known", end: "known", vague: false }
const dated = (when: string, at: Span | null) => ({ when, span: at }) as Scene

for (const when of ["1923-05-01", "1923-05-01?", "1923-05-01~", "-0044-03-15"]) {
  test(`${when} is a point`, () => assert.equal(shapeOf(dated(when, span)), "day"))
}
for (const when of [
  "1923",
  "1923-05",
  "1925/..",
  "/1923",
  "1925-03-29/1925-04-24",
  "192X",
  "1923-21",
]) {
  test(`${when} is a bar`, () => assert.equal(shapeOf(dated(when, span)), "span"))
}
test("what has no date is a dot beside the axis", () => {
  assert.equal(shapeOf(dated("", null)), "undated")
})

const years = (...at: number[]) => at.map((at) => ({ at, width: 40, resumes: false }))

test("years are written where they do not touch", () => {
  assert.deepEqual(readable(years(0, 40, 80, 120, 160), 10), [true, false, true, false, true])
})

test("all years are written where there is room", () => {
  assert.deepEqual(readable(years(0, 200, 400), 10), [true, true, true])
})

test("the year with which the axis resumes is written before its neighbours", () => {
  const [first, last, resumed] = years(0, 360, 380)
  assert.deepEqual(readable([first!, last!, { ...resumed!, resumes: true }], 10), [
    true,
    false,
    true,
  ])
})
