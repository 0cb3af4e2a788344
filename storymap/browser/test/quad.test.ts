import assert from "node:assert/strict"
import { test } from "node:test"
import type { Corner } from "../src/quad.ts"
import { matrixTo } from "../src/quad.ts"

const WIDTH = 400
const HEIGHT = 300

/** Where a CSS matrix takes a point. */
function taken(matrix: string, x: number, y: number): Corner {
  const m = matrix.slice("matrix3d(".length, -1).split(",").map(Number)
  const at = (row: number) => m[row]! * x + m[4 + row]! * y + m[12 + row]!
  return { x: at(0) / at(3), y: at(1) / at(3) }
}

const quads: [what: string, corners: Corner[]][] = [
  ["itself", [at(0, 0), at(400, 0), at(400, 300), at(0, 300)]],
  ["a rectangle turned by a quarter", [at(300, 0), at(300, 400), at(0, 400), at(0, 0)]],
  ["a leaning parallelogram", [at(50, 10), at(250, 60), at(230, 200), at(30, 150)]],
  ["a plane in perspective", [at(100, 40), at(300, 0), at(420, 310), at(-20, 220)]],
]
for (const [what, corners] of quads) {
  test(`a rectangle is taken to ${what}, corner by corner`, () => {
    const matrix = matrixTo(WIDTH, HEIGHT, corners)
    const from: [number, number][] = [[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]
    from.forEach(([x, y], index) => {
      const { x: left, y: top } = taken(matrix, x, y)
      assert.ok(Math.hypot(left - corners[index]!.x, top - corners[index]!.y) < 0.01)
    })
  })
}

test("straight lines stay straight: the middle of a plane in perspective is where its diagonals cross", () => {
  const { x, y } = taken(matrixTo(WIDTH, HEIGHT, [at(100, 0), at(200, 0), at(300, 100), at(0, 100)]), 200, 150)
  assert.ok(Math.hypot(x - 150, y - 25) < 0.01)
})

function at(x: number, y: number): Corner {
  return { x, y }
}
