import assert from "node:assert/strict"
import { test } from "node:test"
import { Finder } from "../src/finder.ts"
import { fold } from "../src/search.ts"

const places = [["Kara-Balta", "Кара-Балта"], ["Karabulak"], ["Novo-Kara"], ["Žilina", "Zsolna"], ["Kara"]]
const finder = Finder.of(places.length, (place) => places[place]!)
const named = async (query: string, most = 10) => {
  const { best, count } = (await finder).find(fold(query), most)
  return [best.map(({ place, name }) => places[place]![name]), count]
}

test("the whole name comes first, then its beginning, then a word's, then any part", async () => {
  assert.deepEqual(await named("kara"), [["Kara", "Kara-Balta", "Karabulak", "Novo-Kara"], 4])
  assert.deepEqual(await named("bal"), [["Kara-Balta"], 1])
  assert.deepEqual(await named("BULAK"), [["Karabulak"], 1])
})

test("a place is found once, by the name that matches", async () => {
  assert.deepEqual(await named("балта"), [["Кара-Балта"], 1])
  assert.deepEqual(await named("zsol"), [["Zsolna"], 1])
})

test("all are counted, however few are given", async () => {
  assert.deepEqual(await named("a", 2), [["Kara-Balta", "Karabulak"], 5])
  assert.deepEqual(await named("atlantis"), [[], 0])
})
