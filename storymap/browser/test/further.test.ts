import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import type { FurtherWords } from "../src/further.ts"
import { Further } from "../src/further.ts"

interface Snapshot {
  columns: string
  words: Record<string, FurtherWords>
  places: Record<string, Expected[]>
}
interface Expected {
  title: string
  names: [text: string, tag: string, language: string, when: string][]
  at: [number, number] | null
  where: [precision: string, source: string]
  geonames: number
  wikidata: number
  remark: [notes: string, names: Record<string, string>, works: [string, string][]]
}

const { columns, words, places } = JSON.parse(
  readFileSync(new URL("../../../tests/snapshots/further/columns.json", import.meta.url), "utf8"),
) as Snapshot
const block = new Uint8Array(Buffer.from(columns, "base64")).buffer

for (const [tag, expected] of Object.entries(places)) {
  test(`the columns give back what went into them, in ${tag}`, () => {
    const said = words[tag]!
    const further = new Further(block, said)
    const found = expected.map((_, index): Expected => {
      const [, , precision, source] = said.sites[further.site[index]!]!
      const { notes, names, works } = further.remark(index)
      return {
        title: further.title(index, said.title),
        names: further.names(index).map(({ text, form }) => [text, ...said.forms[form]!]),
        at: further.position(index),
        where: [precision, source],
        geonames: further.geonames[index]!,
        wikidata: further.wikidata[index]!,
        remark: [notes, names, works],
      }
    })
    assert.deepEqual(found, expected)
  })
}

test("what nobody can locate is nowhere on the map", () => {
  const further = new Further(block, words["en"]!)
  const nowhere = places["en"]!.findIndex(({ at }) => at === null)
  assert.deepEqual([further.x[nowhere], further.y[nowhere]], [NaN, NaN])
})
