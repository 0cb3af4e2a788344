/** A rectangle drawn into any four corners, as a plane in perspective would be. */

export interface Corner {
  x: number
  y: number
}

/**
 * The CSS matrix that takes a rectangle to four corners, in the order top left, top right, bottom
 * right, bottom left; its origin is the rectangle's top left.
 *
 * Source: Heckbert, "Fundamentals of Texture Mapping and Image Warping" (1989), 2.2.3.
 */
export function matrixTo(width: number, height: number, corners: readonly Corner[]): string {
  const [p0, p1, p2, p3] = corners as [Corner, Corner, Corner, Corner]
  const dx1 = p1.x - p2.x
  const dx2 = p3.x - p2.x
  const dy1 = p1.y - p2.y
  const dy2 = p3.y - p2.y
  const sx = p0.x - p1.x + p2.x - p3.x
  const sy = p0.y - p1.y + p2.y - p3.y
  const area = dx1 * dy2 - dx2 * dy1
  const g = (sx * dy2 - dx2 * sy) / area
  const h = (dx1 * sy - sx * dy1) / area
  const across = [p1.x - p0.x + g * p1.x, p1.y - p0.y + g * p1.y, 0, g].map((n) => n / width)
  const down = [p3.x - p0.x + h * p3.x, p3.y - p0.y + h * p3.y, 0, h].map((n) => n / height)
  return `matrix3d(${[...across, ...down, 0, 0, 1, 0, p0.x, p0.y, 0, 1].map(decimal).join()})`
}

/** Without an exponent, which CSS reads too, and digits that no screen shows. */
const decimal = (n: number) => String(Number(n.toFixed(9)))
