import assert from "node:assert/strict"
import { test } from "node:test"
import { swipeAction } from "../src/swipe.ts"

const strokes: [what: string, dx: number, dy: number, action: "next" | "previous" | null][] = [
  ["a stroke to the left goes forward", -61, 0, "next"],
  ["a stroke to the right goes back", 120, -40, "previous"],
  ["a short stroke is a tap", -60, 0, null],
  ["a slanting stroke is a scroll", -100, 50, null],
]
for (const [what, dx, dy, action] of strokes) {
  test(what, () => assert.equal(swipeAction(dx, dy), action))
}
