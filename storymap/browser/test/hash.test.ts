import assert from "node:assert/strict"
import { test } from "node:test"
import { readLink, writeLink } from "../src/hash.ts"

const links: [hash: string, query: string, step: string, language: string][] = [
  ["", "", "", ""],
  ["#founding", "", "founding", ""],
  ["#founding?lang=sk", "", "founding", "sk"],
  ["#?lang=sk", "", "", "sk"],
  ["#founding", "?lang=sk", "founding", "sk"],
  ["#founding?lang=ru", "?lang=sk", "founding", "ru"],
  ["#founding?secret=a1b2c3d4e5", "", "founding", ""],
  ["#%C5%BEilina", "", "žilina", ""],
  ["#100%", "", "100%", ""],
]
for (const [hash, query, step, language] of links) {
  test(`'${query}${hash}' asks for step '${step}' and language '${language}'`, () => {
    assert.deepEqual(readLink(hash, query), { step, language })
  })
}

test("another step keeps the settings behind the question mark", () => {
  assert.equal(writeLink("#founding?lang=sk&secret=x?y", "trains"), "#trains?lang=sk&secret=x?y")
})

test("the cover has no hash, but keeps settings", () => {
  assert.equal(writeLink("#founding", ""), "")
  assert.equal(writeLink("#founding?lang=sk", ""), "#?lang=sk")
})

test("what is written is read back", () => {
  assert.equal(readLink(writeLink("", "žilina 1/2?")).step, "žilina 1/2?")
})

const chosen: [hash: string, step: string, link: string][] = [
  ["", "", "#?lang=ky"],
  ["#founding", "founding", "#founding?lang=ky"],
  ["#founding?lang=sk", "trains", "#trains?lang=ky"],
  ["#?secret=a1b2c3d4e5", "", "#?lang=ky&secret=a1b2c3d4e5"],
  ["#?secret=a1&lang=sk", "", "#?lang=ky&secret=a1"],
]
for (const [hash, step, link] of chosen) {
  test(`a language chosen at '${hash}' stands in '${link}'`, () => {
    assert.equal(writeLink(hash, step, "ky"), link)
  })
}
