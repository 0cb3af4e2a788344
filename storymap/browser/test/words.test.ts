import assert from "node:assert/strict"
import { test } from "node:test"
import { fill } from "../src/words.ts"

test("placeholders are filled, and kept where nothing fills them", () => {
  assert.equal(fill("{step} of {count}: {title}", { step: 4, count: 17 }), "4 of 17: {title}")
})

test("what is filled in is not read as a placeholder", () => {
  assert.equal(fill("{title}, {date}", { title: "{date} $&", date: 1 }), "{date} $&, 1")
})
