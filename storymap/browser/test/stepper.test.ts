import assert from "node:assert/strict"
import { test } from "node:test"
import type { Entry } from "../src/stepper.ts"
import { stepper } from "../src/stepper.ts"

function started() {
  const entries: Entry[] = []
  return { entries, steps: stepper(["first", "second", "third"], (entry) => entries.push(entry)) }
}

test("a story opens on the cover", () => {
  const { steps, entries } = started()
  assert.equal(steps.index(), -1)
  assert.equal(steps.count, 3)
  assert.deepEqual(entries, [])
})

test("a step is entered by its id or its index, the cover by '' or -1", () => {
  const { steps, entries } = started()
  steps.goTo("third", "jump")
  steps.goTo(0, "controls")
  steps.goTo("", "jump")
  assert.deepEqual(entries, [
    { index: 2, previous: -1, cause: "jump" },
    { index: 0, previous: 2, cause: "controls" },
    { index: -1, previous: 0, cause: "jump" },
  ])
})

test("the current step is not entered again", () => {
  const { steps, entries } = started()
  steps.goTo(1, "jump")
  steps.goTo("second", "scroll")
  assert.equal(entries.length, 1)
})

test("next stops at the last step and previous at the cover", () => {
  const { steps } = started()
  for (let press = 0; press < 9; press += 1) steps.next("controls")
  assert.equal(steps.index(), 2)
  for (let press = 0; press < 9; press += 1) steps.previous("controls")
  assert.equal(steps.index(), -1)
})

for (const target of ["nowhere", 3, -2, 0.5, NaN]) {
  test(`there is no step ${String(target)}, and the reader stays where they are`, () => {
    const { steps, entries } = started()
    assert.throws(() => steps.goTo(target, "controls"), {
      name: "RangeError",
      message: `there is no step ${JSON.stringify(target)}`,
    })
    assert.deepEqual(entries, [])
  })
}
