import assert from "node:assert/strict"
import { test } from "node:test"
import { coursesAt, linesOf, nearestOn } from "../src/courses.ts"

test("path data is read as lines, each from where the last one ended", () => {
  assert.deepEqual(linesOf("m10 20 5-6 0 4m-1-1 2 2"), [
    [
      { x: 10, y: 20 },
      { x: 15, y: 14 },
      { x: 15, y: 18 },
    ],
    [
      { x: 14, y: 17 },
      { x: 16, y: 19 },
    ],
  ])
  assert.deepEqual(linesOf("m1 1 3 0 0 3zm9 9 1 1")[1], [
    { x: 10, y: 10 },
    { x: 11, y: 11 },
  ])
  assert.deepEqual(linesOf(""), [])
})

test("the nearest point of a line lies between its corners", () => {
  const line = [0, 100, 200].map((x) => ({ x, y: 0 }))
  assert.deepEqual(nearestOn(line, { x: 130, y: 7 }), { off: 7, after: 1, x: 130, y: 0 })
})

test("a name follows the nearest course of each level of detail, if any is near", () => {
  const at = (y: number, from: number) => ({ from, points: [0, 500].map((x) => ({ x, y })) })
  const [near, nearest, fine, other] = [at(40, 0), at(10, 0), at(30, 6.5), at(5000, 0)]
  const courses = [fine, other, near, nearest]
  assert.deepEqual(coursesAt(courses, { x: 250, y: 0 }), [nearest, fine])
  assert.deepEqual(coursesAt(courses, { x: 250, y: 900 }), [])
})
