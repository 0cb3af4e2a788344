/**
 * The relief: the page's tiles put together, so that no seam can show between them.
 *
 * It is halved again and again beforehand: to shrink it anew for every picture would take longer
 * than all the rest of the painting.
 */
import { brushOf } from "./brush.ts"
import { wholePage } from "./dom.ts"

/** Light and shade in middle grey, and where it lies on the plane. */
export interface Relief {
  picture: HTMLCanvasElement
  left: number
  top: number
  /** pixels of the plane that a pixel of the picture is wide */
  unit: number
}

/** What is no relief: in hard light it changes nothing. */
const FLAT = "#808080"

/** How often the relief is halved. */
const HALVINGS = 3

/** Returns the relief whose tiles are inside `root`, the smallest size first; none if it has none. */
export async function readRelief(root: Element): Promise<Relief[]> {
  await wholePage()
  await nextFrame()
  const tiles = await Promise.all(
    [...kept(root).querySelectorAll<SVGImageElement>("#sm-a-relief image")].map(
      async ({ href, x, y, width }) => ({
        image: await createImageBitmap(decoded(href.baseVal)),
        x: x.baseVal.value,
        y: y.baseVal.value,
        size: width.baseVal.value,
      }),
    ),
  )
  const [first] = tiles
  if (!first) return []
  const left = Math.min(...tiles.map(({ x }) => x))
  const top = Math.min(...tiles.map(({ y }) => y))
  const right = Math.max(...tiles.map(({ x }) => x)) + first.size
  const bottom = Math.max(...tiles.map(({ y }) => y)) + first.size
  const unit = first.size / first.image.width
  const { picture, context } = flat((right - left) / unit, (bottom - top) / unit)
  for (const { image, x, y } of tiles) {
    context.drawImage(image, (x - left) / unit, (y - top) / unit)
    image.close()
  }
  const sizes: [Relief, ...Relief[]] = [{ picture, left, top, unit }]
  while (sizes.length <= HALVINGS) {
    await nextFrame()
    const [larger] = sizes
    sizes.unshift({ ...larger, picture: halved(larger.picture), unit: 2 * larger.unit })
  }
  return sizes
}

/** Where the tiles are: in text that no browser reads before the first frame, if it is still there. */
function kept(root: Element): ParentNode {
  const text = root.querySelector(".sm-relief")?.textContent
  return text ? new DOMParser().parseFromString(text, "text/html") : root
}

/** The bytes of a `data:` address: as a blob, a picture is decoded beside the page's own work. */
function decoded(address: string): Blob {
  const [head = "", data = ""] = address.split(",", 2)
  const text = atob(data)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return new Blob([bytes], { type: head.slice("data:".length, head.indexOf(";")) })
}

function halved(larger: HTMLCanvasElement): HTMLCanvasElement {
  const { picture, context } = flat(larger.width / 2, larger.height / 2)
  context.drawImage(larger, 0, 0, larger.width / 2, larger.height / 2)
  return picture
}

function flat(width: number, height: number) {
  const picture = document.createElement("canvas")
  picture.width = width
  picture.height = height
  const context = brushOf(picture)
  context.fillStyle = FLAT
  context.fillRect(0, 0, width, height)
  return { picture, context }
}

/** Waits until the page has shown what there is. */
const nextFrame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))
