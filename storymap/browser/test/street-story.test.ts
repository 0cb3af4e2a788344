import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { readStreet } from "../src/street-story.ts"

const plan = {
  kind: "plan",
  picture: "sm-picture-0",
  alt: "A plan.",
  corners: [[2, 1], [2, 2], [1, 2], [1, 1]],
  size: [400, 300],
  opacity: 1,
}
const feature = {
  title: "",
  stroke: [],
  strokeWidth: 2,
  strokeOpacity: 1,
  fill: ["#000033", "#7c7ca0"],
  fillOpacity: 0.6,
  marker: [],
  radius: 7,
  figures: [{ shape: "line", lines: [[[1, 2], [3, 4]]] }],
}
const street = { overlays: [plan, { kind: "drawing", features: [feature] }], steps: [[0], []], tiles: null }

test("plans and drawings are read as they are", () => {
  assert.deepEqual(readStreet(structuredClone(street)), street)
})

const faults: [what: string, change: object, message: string][] = [
  ["a step that shows what is not there", { steps: [[2]] }, "story.street.steps[0]: expected indexes below 2, got 2"],
  [
    "an overlay of no kind",
    { overlays: [{ kind: "map" }] },
    'story.street.overlays[0].kind: expected one of drawing, got "map"',
  ],
  [
    "a shape that nobody draws",
    { overlays: [{ kind: "drawing", features: [{ ...feature, figures: [{ shape: "star", lines: [] }] }] }] },
    'story.street.overlays[0].features[0].figures[0].shape: expected one of point, line, area, got "star"',
  ],
  ["tiles without an address", { tiles: { maxZoom: 18 } }, "story.street.tiles.url: expected a text, got nothing"],
]
for (const [what, change, message] of faults) {
  test(`${what} is refused, and the place of the fault is said`, () => {
    assert.throws(() => readStreet({ ...street, ...change }), { name: "TypeError", message })
  })
}

const snapshots = new URL("../../../tests/snapshots/street/", import.meta.url)
for (const name of readdirSync(snapshots)) {
  test(`what Python writes is what is read here: ${name}`, () => {
    const written: unknown = JSON.parse(readFileSync(new URL(name, snapshots), "utf8"))
    assert.deepEqual(readStreet(written), written)
  })
}
