import assert from "node:assert/strict"
import { test } from "node:test"
import { find, fold } from "../src/search.ts"
import type { Place } from "../src/story.ts"

function place(...names: string[]): Place {
  const [id = ""] = names
  return {
    id,
    at: null,
    precision: "unlocated",
    radius: 0,
    shape: [],
    kind: "story",
    names,
    labels: [],
  }
}

const places = [
  place("Žilina", "Zsolna", "Жилина"),
  place("Pishpek", "Frunze", "Bishkek", "Бишкек"),
  place("Intergel'po Street"),
  place("Street of Bishkek"),
  place("Łódź"),
]
const named = (query: string) => find(places, query).map(({ name }) => name)

const folded: [text: string, plain: string][] = [
  ["Žilina", "zilina"],
  ["Łódź", "lodz"],
  ["Intergel'po Street", "intergelpo street"],
  ["Alma-Ata", "alma ata"],
  ["Çeşme  ", "cesme"],
  ["Жилина", "жилина"],
  ["Großenhain", "grossenhain"],
]
for (const [text, plain] of folded) {
  test(`'${text}' is found as '${plain}'`, () => assert.equal(fold(text), plain))
}

test("a place is found by any of its names, without accents", () => {
  assert.deepEqual(named("zil"), ["Žilina"])
  assert.deepEqual(named("ZSOLNA"), ["Zsolna"])
  assert.deepEqual(named("жил"), ["Жилина"])
  assert.deepEqual(named("lodz"), ["Łódź"])
})

test("names that begin with the words come before names that hold them", () => {
  assert.deepEqual(named("bishkek"), ["Bishkek", "Street of Bishkek"])
  assert.deepEqual(named("street"), ["Street of Bishkek", "Intergel'po Street"])
})

test("nothing is found by nothing, or by what nobody is called", () => {
  assert.deepEqual(named("  "), [])
  assert.deepEqual(named("'"), [])
  assert.deepEqual(named("Atlantis"), [])
})
