import assert from "node:assert/strict"
import { test } from "node:test"
import type { Point, Rect, Tag } from "../src/labels.ts"
import { placer } from "../src/labels.ts"

/** The top left of each label. */
const placeLabels = (tags: readonly Tag[], ...around: Parameters<typeof placer>) =>
  tags.map(placer(...around))

function topLefts(...given: Parameters<typeof placeLabels>): (Point | null)[] {
  return placeLabels(...given).map((spot) => spot && { x: spot.x, y: spot.y })
}

const room: Rect = { left: 0, top: 0, right: 300, bottom: 200 }
const tag: Tag = {
  at: { x: 150, y: 100 },
  gap: 10,
  width: 60,
  height: 20,
  stand: "around",
  claim: "may",
  once: "",
}

test("a label stands east of its mark when nothing is in the way", () => {
  assert.deepEqual(topLefts([tag], room, [], []), [{ x: 160, y: 90 }])
})

test("a label near the edge turns inwards and is never clipped", () => {
  assert.deepEqual(topLefts([{ ...tag, at: { x: 290, y: 100 } }], room, [], []), [
    { x: 220, y: 90 },
  ])
})

test("the name of an area lies across it", () => {
  assert.deepEqual(topLefts([{ ...tag, stand: "across" }], room, [], []), [{ x: 120, y: 90 }])
})

test("the name of an area stays across it where a line runs through its middle", () => {
  const line = [140, 160, 180, 200].map((x) => ({ x, y: 100 }))
  assert.deepEqual(topLefts([{ ...tag, stand: "across" }], room, [], line), [{ x: 120, y: 70 }])
})

test("the less important of two labels gives way", () => {
  const [first, second] = topLefts([tag, tag], room, [], [])
  assert.deepEqual(first, { x: 160, y: 90 })
  assert.deepEqual(second, { x: 80, y: 90 })
})

test("two names side by side do not read as one", () => {
  const touching: Tag = { ...tag, at: { x: 210, y: 100 } }
  const [, beside] = topLefts([tag, touching], room, [], [])
  assert.deepEqual(beside, { x: 180, y: 70 })
})

test("labels keep off marks", () => {
  const east = { left: 170, top: 95, right: 180, bottom: 105 }
  assert.deepEqual(topLefts([tag], room, [east], []), [{ x: 80, y: 90 }])
})

test("labels prefer the side where they cover less of a route", () => {
  const eastward = [170, 180, 190].map((x) => ({ x, y: 100 }))
  assert.deepEqual(topLefts([tag], room, [], eastward), [{ x: 80, y: 90 }])
})

test("a label without room is left out, one of the step's place covers as few marks as it can", () => {
  const everywhere = [room]
  assert.deepEqual(topLefts([tag], room, everywhere, []), [null])
  const must: Tag = { ...tag, claim: "must" }
  assert.deepEqual(topLefts([must], room, everywhere, []), [{ x: 160, y: 90 }])
  assert.deepEqual(topLefts([must], room, [], [], everywhere), [null])
  const toTheEast = [...everywhere, { left: 165, top: 95, right: 175, bottom: 105 }]
  assert.deepEqual(topLefts([must], room, toTheEast, []), [{ x: 80, y: 90 }])
})

test("a name for orientation never covers a line", () => {
  const yields: Tag = { ...tag, claim: "yields", stand: "beside" }
  const eastward = [170, 180, 190].map((x) => ({ x, y: 100 }))
  assert.deepEqual(topLefts([yields], room, [], eastward), [{ x: 80, y: 90 }])
  const both = [...eastward, { x: 110, y: 100 }]
  assert.deepEqual(topLefts([yields], room, [], both), [null])
})

test("what lies on an area stays on it", () => {
  const middle = { left: 145, top: 95, right: 155, bottom: 105 }
  assert.deepEqual(topLefts([{ ...tag, stand: "on" }], room, [middle], []), [{ x: 120, y: 70 }])
  assert.deepEqual(topLefts([{ ...tag, stand: "on" }], room, [room], []), [null])
})

test("a text that stands once does so where there first is room", () => {
  const river: Tag = { ...tag, once: "Volga" }
  const outside: Tag = { ...river, at: { x: 900, y: 100 } }
  const lower: Tag = { ...river, at: { x: 150, y: 150 } }
  assert.deepEqual(topLefts([outside, river, lower], room, [], []), [
    null,
    { x: 160, y: 90 },
    null,
  ])
})

test("no two of many labels touch", () => {
  const tags = Array.from({ length: 40 }, (_, i) => ({
    ...tag,
    at: { x: 10 + ((i * 67) % 280), y: 10 + ((i * 41) % 180) },
  }))
  const shown = topLefts(tags, room, [], []).filter((label) => label !== null)
  assert.ok(shown.length > 10)
  shown.forEach((a, i) => {
    for (const b of shown.slice(i + 1)) {
      assert.ok(Math.abs(a.x - b.x) >= tag.width || Math.abs(a.y - b.y) >= tag.height)
    }
  })
})

test("a name along a line stands on it or nowhere", () => {
  const letter = (x: number) => ({ left: x, top: 50, right: x + 9, bottom: 60 })
  const near = { x: 100, y: 50, rects: [letter(100), letter(110)] }
  const far = { x: 200, y: 50, rects: [letter(200), letter(210)] }
  const river: Tag = { ...tag, claim: "yields", along: [near, far] }
  assert.deepEqual(placeLabels([river], room, [], []), [near])
  assert.deepEqual(placeLabels([river], room, [letter(112)], []), [far])
  assert.deepEqual(placeLabels([river], room, [letter(112), letter(203)], []), [null])
})
