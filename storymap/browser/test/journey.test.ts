import assert from "node:assert/strict"
import { test } from "node:test"
import { head, travelled } from "../src/journey.ts"

const lengths = [10, 30, 20]

test("a route that is not begun has nothing behind it", () => {
  assert.deepEqual(travelled(lengths, { route: 0, first: -1, last: -1, past: -1 }, 1), [0, 0, 0])
})

test("what earlier steps travelled stays behind", () => {
  assert.deepEqual(travelled(lengths, { route: 0, first: -1, last: -1, past: 2 }, 1), [1, 1, 0])
})

test("the step's own way grows from its first stop to its last", () => {
  const passage = { route: 0, first: 1, last: 3, past: 1 }
  assert.deepEqual(travelled(lengths, passage, 0), [1, 0, 0])
  assert.deepEqual(travelled(lengths, passage, 0.3), [1, 0.5, 0])
  assert.deepEqual(travelled(lengths, passage, 0.8), [1, 1, 0.5])
  assert.deepEqual(travelled(lengths, passage, 1), [1, 1, 1])
})

test("the train stands at the end of its way when the journey is over", () => {
  assert.deepEqual(head(lengths, { route: 0, first: 0, last: 2, past: -1 }, 1), {
    leg: 1,
    share: 1,
  })
})

test("there is no train where the step does not travel", () => {
  assert.equal(head(lengths, { route: 0, first: -1, last: -1, past: 3 }, 1).leg, -1)
})
