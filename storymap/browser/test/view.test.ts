import assert from "node:assert/strict"
import { test } from "node:test"
import type { Box } from "../src/story.ts"
import type { View } from "../src/view.ts"
import {
  coveringZoom,
  flight,
  framing,
  leastZoom,
  project,
  unproject,
  within,
} from "../src/view.ts"

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)

const zilina: View = { ...project([49.22, 18.74]), zoom: 6 }
const bishkek: View = { ...project([42.87, 74.59]), zoom: 6 }
const none = { left: 0, top: 0, right: 0, bottom: 0 }
const size = { width: 1000, height: 600 }

test("positions survive the projection", () => {
  const [lat, lon] = unproject(project([49.22, 18.74]))
  near(lat, 49.22, 1e-9)
  near(lon, 18.74, 1e-9)
})

test("the world is a square from 180° west to 180° east", () => {
  assert.deepEqual(project([0, -180]), { x: 0, y: 0.5 })
  near(project([85.0511287798066, 180]).y, 0, 1e-12)
})

test("a box fills the map in one direction and lies inside it in the other", () => {
  const box: Box = [10, 40, 80, 55]
  const { x, y, zoom } = framing(box, size, none, 20)
  const px = 256 * 2 ** zoom
  const west = (project([40, 10]).x - x) * px
  const north = (project([55, 10]).y - y) * px
  near(west, -500, 1e-6)
  assert.ok(north > -300 && north < 0)
})

test("padding moves the box into what it leaves free", () => {
  const padding = { left: 400, top: 0, right: 0, bottom: 100 }
  const box: Box = [10, 40, 80, 55]
  const { x, y, zoom } = framing(box, size, padding, 20)
  const px = 256 * 2 ** zoom
  const middle = { x: (10 + 80) / 720 + 0.5, y: (project([40, 0]).y + project([55, 0]).y) / 2 }
  near((middle.x - x) * px + 500, 400 + 600 / 2, 1e-6)
  near((middle.y - y) * px + 300, 500 / 2, 1e-6)
})

test("a single point is shown no closer than the scene allows", () => {
  assert.equal(framing([18.74, 49.22, 18.74, 49.22], size, none, 6.5).zoom, 6.5)
})

test("a view never shows what lies beyond the bounds", () => {
  const bounds: Box = [0, 30, 90, 70]
  const least = coveringZoom(bounds, size)
  const { x, y, zoom } = within({ ...project([31, 1]), zoom: 1 }, bounds, size, least)
  near(zoom, least, 1e-12)
  const half = { x: 500 / (256 * 2 ** zoom), y: 300 / (256 * 2 ** zoom) }
  assert.ok(x - half.x >= project([0, 0]).x - 1e-9)
  assert.ok(y + half.y <= project([30, 0]).y + 1e-9)
})

test("only a narrow map goes so far out that it shows all of the story", () => {
  const bounds: Box = [0, 30, 90, 70]
  const story: Box = [15, 45, 75, 55]
  const wide = { width: 1000, height: 400 }
  assert.equal(leastZoom(bounds, story, wide, none), coveringZoom(bounds, wide))
  const narrow = { width: 300, height: 600 }
  const zoom = leastZoom(bounds, story, narrow, none)
  near(zoom, framing(story, narrow, none, 20).zoom, 1e-12)
  const { y } = within({ ...project([31, 45]), zoom }, bounds, narrow, zoom)
  near(y, (project([70, 0]).y + project([30, 0]).y) / 2, 1e-12)
  const crowded = { ...none, left: 120, right: 120 }
  const farthest = leastZoom(bounds, story, narrow, crowded)
  near(256 * 2 ** farthest * (90 / 360), 300, 1e-9)
})

test("a flight begins and ends at its views", () => {
  const path = flight(zilina, bishkek, 1000)
  for (const key of ["x", "y", "zoom"] as const) {
    near(path.at(0)[key], zilina[key], 1e-9)
    near(path.at(1)[key], bishkek[key], 1e-9)
    near(path.at(0.999999)[key], bishkek[key], 1e-4)
  }
})

test("a long flight rises to see its whole way, a short one hardly does", () => {
  const far = flight(zilina, bishkek, 1000).at(0.5).zoom
  const close = flight(zilina, { ...zilina, x: zilina.x + 0.001 }, 1000).at(0.5).zoom
  assert.ok(far < 5, `zoom ${far}`)
  near(close, 6, 0.05)
})

test("a flight goes the same way back", () => {
  const there = flight(zilina, { ...bishkek, zoom: 8 }, 1000)
  const back = flight({ ...bishkek, zoom: 8 }, zilina, 1000)
  near(there.at(0.3).x, back.at(0.7).x, 1e-9)
  near(there.at(0.3).zoom, back.at(0.7).zoom, 1e-9)
})

test("a flight that only zooms stays where it is", () => {
  const path = flight(zilina, { ...zilina, zoom: 9 }, 1000)
  assert.equal(path.at(0.5).x, zilina.x)
  near(path.at(0.5).zoom, 7.5, 1e-9)
})

test("a flight takes 0.8 s at least and 2.5 s at most, more for a longer way", () => {
  const durations = [0, 0.01, 0.05, 0.2, 40].map(
    (far) => flight(zilina, { ...zilina, x: zilina.x + far }, 1000).duration,
  )
  assert.equal(durations[0], 0.8)
  assert.equal(durations.at(-1), 2.5)
  assert.deepEqual(
    durations,
    [...durations].sort((a, b) => a - b),
  )
})
