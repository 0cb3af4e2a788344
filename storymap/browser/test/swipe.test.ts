import assert from "node:assert/strict"
import { test } from "node:test"
import { swipeAction } from "../src/swipe.ts"

type Action = "next" | "previous" | null

const strokes: [what: string, dx: number, dy: number, action: Action, rightToLeft?: true][] = [
  ["a stroke to the left goes forward", -61, 0, "next"],
  ["a stroke to the right goes back", 120, -40, "previous"],
  ["a stroke to the right goes forward where text runs from there", 61, 0, "next", true],
  ["a stroke to the left then goes back", -120, 40, "previous", true],
  ["a short stroke is a tap", -60, 0, null],
  ["a slanting stroke is a scroll", -100, 50, null],
]
for (const [what, dx, dy, action, rightToLeft = false] of strokes) {
  test(what, () => assert.equal(swipeAction(dx, dy, rightToLeft), action))
}
