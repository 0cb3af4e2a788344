import assert from "node:assert/strict"
import { test } from "node:test"
import { thin } from "../src/thinning.ts"

const x = Float64Array.of(0.1, 0.12, NaN, 0.6, 0.11, -0.2)
const y = Float64Array.of(0.1, 0.12, NaN, 0.6, 0.1, 0.1)

test("each cell shows its most important place, and how many there are", () => {
  const { shown, counts } = thin(x, y, 4)
  assert.deepEqual([...shown], [0, 3, 5])
  assert.deepEqual([...counts], [3, 1, 1])
})

test("what is shown stays so as the cells grow smaller", () => {
  const levels = [1, 2, 4, 8, 16, 64, 128].map((cells) => new Set(thin(x, y, cells).shown))
  levels.slice(1).forEach((level, i) => assert.ok([...levels[i]!].every((each) => level.has(each))))
  assert.equal(levels.at(-1)!.size, 5)
})
