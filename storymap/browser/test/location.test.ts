import assert from "node:assert/strict"
import { test } from "node:test"
import { locationBlock } from "../src/preview/location.ts"

const clicks: [what: string, lat: number, lng: number, zoom: number, lines: string[]][] = [
  [
    "from afar a click is approximate, within a few pixels",
    42.8746,
    74.5698,
    4,
    ["point: [42.9, 74.6]", "precision: approximate", "radius-km: 60"],
  ],
  [
    "nearer it is less so",
    42.8746,
    74.5698,
    7.5,
    ["point: [42.87, 74.57]", "precision: approximate", "radius-km: 5"],
  ],
  [
    "close by it tells a settlement",
    42.8746,
    74.5698,
    9,
    ["point: [42.875, 74.57]", "precision: settlement"],
  ],
  [
    "it is never exact",
    -0.00001,
    -179.123456,
    14,
    ["point: [0, -179.1235]", "precision: settlement"],
  ],
]
for (const [what, lat, lng, zoom, lines] of clicks) {
  test(what, () => {
    const expected = ["  location:", ...[...lines, "source: read off the map"].map((l) => `    ${l}`), ""]
    assert.equal(locationBlock({ lat, lng, zoom }), expected.join("\n"))
  })
}
