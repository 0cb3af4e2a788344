import assert from "node:assert/strict"
import { test } from "node:test"
import type { KeyAction, Press } from "../src/keys.ts"
import { keyAction } from "../src/keys.ts"

const page: Press = { key: "", taken: false, focus: "page", rightToLeft: false }

const presses: [what: string, press: Partial<Press>, action: KeyAction | null][] = [
  ["Right steps forward", { key: "ArrowRight" }, "next"],
  ["Left steps back", { key: "ArrowLeft" }, "previous"],
  [
    "Right steps back where text runs from right to left",
    { key: "ArrowRight", rightToLeft: true },
    "previous",
  ],
  [
    "Left steps forward where text runs from right to left",
    { key: "ArrowLeft", rightToLeft: true },
    "next",
  ],
  ["arrows belong to the map while it has the focus", { key: "ArrowRight", focus: "map" }, null],
  ["nothing is taken from form fields", { key: "ArrowRight", focus: "field" }, null],
  [
    "what another listener or a modifier has taken is left alone",
    { key: "ArrowRight", taken: true },
    null,
  ],
  [
    "Home goes to the first step from the step controls",
    { key: "Home", focus: "controls" },
    "first",
  ],
  ["End goes to the last step from the step controls", { key: "End", focus: "controls" }, "last"],
  ["Home scrolls as ever from the page", { key: "Home" }, null],
  ["End scrolls as ever from the page", { key: "End" }, null],
  ["Down scrolls as ever", { key: "ArrowDown", focus: "controls" }, null],
  ["Space scrolls as ever", { key: " " }, null],
  ["Page Down scrolls as ever", { key: "PageDown" }, null],
]
for (const [what, press, action] of presses) {
  test(what, () => assert.equal(keyAction({ ...page, ...press }), action))
}
