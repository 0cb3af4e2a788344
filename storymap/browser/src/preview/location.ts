/** A position that was pointed at on the map, written as an author writes it. */

export interface Pointed {
  lat: number
  lng: number
  zoom: number
}

/** Metres to a pixel at zoom 0 on the equator. */
const METRES = 156_543

const METRES_PER_DEGREE = 111_320

/** From here on a click can tell a settlement; before, only its surroundings. */
const SETTLEMENT_ZOOM = 9

/** How far off a click may be. */
const MISS_PX = 8

/**
 * The lines of a place's `location`, as precise as a click at that zoom can be: never `exact`,
 * for what the map shows is not.
 */
export function locationBlock({ lat, lng, zoom }: Pointed): string {
  const pixel = (METRES * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom
  // Rounding moves it by a pixel at most.
  const decimals = Math.max(0, Math.ceil(Math.log10(METRES_PER_DEGREE / pixel / 2)))
  const rounded = (degrees: number) => Number(degrees.toFixed(decimals)) || 0
  const radius = Number(((pixel * MISS_PX) / 1000).toPrecision(1))
  return [
    "  location:",
    `    point: [${rounded(lat)}, ${rounded(lng)}]`,
    ...(zoom < SETTLEMENT_ZOOM
      ? ["    precision: approximate", `    radius-km: ${radius}`]
      : ["    precision: settlement"]),
    "    source: read off the map",
    "",
  ].join("\n")
}
