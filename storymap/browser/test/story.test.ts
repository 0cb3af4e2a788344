import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { checkStory } from "../src/story.ts"

const scene = {
  id: "founding",
  title: "The founding",
  date: "1 May 1923",
  when: "1923-05-01",
  current: [0],
  visited: [],
  labels: [0],
  frame: [18, 49, 19, 50],
  zoom: 6.5,
  camera: null,
  routes: [],
  borders: ["today"],
  dated: 0,
  undrawn: "",
  span: { from: 0.1, to: 0.11, lane: 0, start: "known", end: "known", vague: false },
}
const story = {
  version: 1,
  language: "en",
  languages: ["en"],
  title: "Interhelpo",
  map: "map_1",
  bounds: [0, 30, 90, 70],
  maxZoom: 12,
  places: [
    {
      id: "zilina",
      at: [49.22, 18.74],
      precision: "settlement",
      radius: 3000,
      shape: [],
      kind: "story",
      names: ["Žilina"],
      labels: [{ text: "Žilina", today: "" }],
    },
  ],
  routes: [],
  labels: [["Slovakia", "state", 48.7, 19.5, 5.7, 9]],
  dated: [[0]],
  datedToday: 0,
  cover: { ...scene, id: "", when: "", current: [], span: null },
  scenes: [scene],
  axis: { ticks: [{ at: 0, label: "1920" }], breaks: [], lanes: 1 },
  texts: { cover: "Cover" },
  street: null,
  further: null,
}

test("a whole story is read as it is", () => {
  assert.deepEqual(checkStory(story), story)
})

const faults: [what: string, change: object, message: string][] = [
  ["another version", { version: 2 }, "story.version: expected one of 1, got 2"],
  ["a missing part", { axis: undefined }, "story.axis: expected an object, got nothing"],
  ["a number in words", { maxZoom: "12" }, 'story.maxZoom: expected a number, got "12"'],
  ["a box of three", { bounds: [0, 30, 90] }, "story.bounds: expected 4 numbers, got [0,30,90]"],
  [
    "a wrong place",
    { places: [{ ...story.places[0], precision: "sure" }] },
    'story.places[0].precision: expected one of exact, settlement, region, approximate, unlocated, got "sure"',
  ],
  [
    "a scene that names no place there is",
    { scenes: [{ ...scene, current: [1] }] },
    "story.scenes[0].current: expected indexes below 1, got 1",
  ],
  ["half a name", { labels: [["Slovakia"]] }, 'story.labels[0]: expected 6 values, got ["Slovakia"]'],
  [
    "names that there are not",
    { dated: [[0, 1]] },
    "story.dated[0]: expected indexes below 1, got 1",
  ],
  [
    "a scene without a label for each place",
    { scenes: [{ ...scene, labels: [] }] },
    "story.scenes[0].labels: expected 1 labels, got 0",
  ],
  [
    "a label that the place has not",
    { scenes: [{ ...scene, labels: [1] }] },
    "story.scenes[0].labels: expected indexes below 1, got 1",
  ],
  [
    "a route with a leg too many",
    { routes: [{ id: "r", title: "", date: "", stops: [0, 0], legs: ["guessed", "guessed"] }] },
    "story.routes[0].legs: expected 1 legs, got 2",
  ],
  ["a text that is none", { texts: { cover: 1 } }, "story.texts.cover: expected a text, got 1"],
]
for (const [what, change, message] of faults) {
  test(`${what} is refused, and the place of the fault is said`, () => {
    assert.throws(() => checkStory({ ...story, ...change }), {
      name: "TypeError",
      message,
    })
  })
}

const snapshots = new URL("../../../tests/snapshots/", import.meta.url)
const written = existsSync(snapshots)
  ? readdirSync(snapshots).filter((name) => name.endsWith(".json"))
  : []
for (const name of written) {
  test(`what Python writes is what is read here: ${name}`, () => {
    const json = readFileSync(new URL(name, snapshots), "utf8")
    assert.deepEqual(checkStory(JSON.parse(json)), JSON.parse(json))
  })
}
