/**
 * The map's camera: flies to what a step is about, or cuts where motion is not wanted.
 *
 * The reader always wins: any input on the map ends a flight where it is.
 */
import { coveredEdges } from "./covers.ts"
import { reducedMotion } from "./dom.ts"
import type { Box, Position, Scene } from "./story.ts"
import type { Padding, View } from "./view.ts"
import {
  aside,
  flight,
  framing,
  leastZoom,
  project,
  unproject,
  within,
  WORLD_PX,
} from "./view.ts"

export interface Camera {
  /** Frames a scene. */
  show(scene: Scene, motion: "fly" | "cut"): void
  /** Frames the scene anew, as the map has another size or shape; not once the reader has moved. */
  reframe(): void
  /** Brings one place into view, no farther away than *zoom*; stays where it is in view. */
  reveal(at: Position, zoom: number): void
  /** Moves the view by shares of its size, to the right and down, as far as the map goes. */
  pan(right: number, down: number): void
  /** Makes the map larger, or smaller by a negative number of zooms. */
  zoom(by: number): void
  /** Tells whether there is more of the map that way. */
  canPan(right: number, down: number): boolean
}

/** What `L.Map.flyTo` itself moves the map by; Leaflet has no public way to show a frame. */
interface Frames {
  _stop(): void
  _onZoomTransitionEnd(): void
  _zoomAnimated: boolean
  _moveStart(zooms: boolean, quiet: boolean): void
  _move(center: L.LatLng, zoom: number): void
  _moveEnd(zooms: boolean): void
}

/** Air round what is framed: a share of the map's smaller side, and the most it may be. */
const AIR = 0.12
const AIR_MAX_PX = 80

/** Air between what is framed and the furniture: no mark is larger to each side. */
const CLEAR_PX = 20

/**
 * *whole* is what a reader is to see at once. *covers* are the elements that may lie over the map,
 * *furniture* stands along its edges.
 */
export function camera(
  map: L.Map,
  bounds: Box,
  whole: Box,
  maxZoom: number,
  covers: readonly Element[],
  furniture: readonly Element[],
): Camera {
  const frames = map as unknown as Frames
  let frame = 0
  /** what is in the frame; null once somebody else has moved the map */
  let framed: Scene | null = null
  let moving = false

  // Set as options: the setters would answer with animations of their own.
  const [west, south, east, north] = bounds
  const maxBounds = L.latLngBounds([south, west], [north, east])
  Object.assign(map.options, { zoomSnap: 0, maxZoom, maxBounds, maxBoundsViscosity: 1 })
  map.invalidateSize({ pan: false })
  if (reducedMotion()) frames._zoomAnimated = false
  let least = leastZoom(bounds, whole, size(), free())
  map.options.minZoom = least
  map.on("movestart", () => {
    if (!moving) framed = null
  })
  map.on("resize", keepCovered)
  for (const input of ["pointerdown", "wheel", "keydown"]) {
    map.getContainer().addEventListener(input, stop, { capture: true, passive: true })
  }

  /** Never lets the map grow larger than the atlas, but where it would cut off the whole. */
  function keepCovered(): void {
    least = leastZoom(bounds, whole, size(), free())
    map.options.minZoom = least
    if (map.getZoom() < least) move(() => map.setZoom(least, { animate: false }))
  }

  /** Moves the map itself, which what it frames outlasts. */
  function move(start: () => void): void {
    moving = true
    start()
    moving = false
  }

  function size() {
    const { x: width, y: height } = map.getSize()
    return { width, height }
  }

  /** The covered edges, and some air round what is framed, enough to clear the furniture. */
  function free(): Padding {
    const { width, height } = size()
    const air = Math.min(AIR * Math.min(width, height), AIR_MAX_PX)
    const covered = coveredEdges(map.getContainer(), covers)
    const taken = coveredEdges(map.getContainer(), furniture)
    const edge = (name: keyof Padding) => Math.max(covered[name] + air, taken[name] + CLEAR_PX)
    return { left: edge("left"), top: edge("top"), right: edge("right"), bottom: edge("bottom") }
  }

  function here(): View {
    const { lat, lng } = map.getCenter()
    return { ...project([lat, lng]), zoom: map.getZoom() }
  }

  function target(scene: Scene): View {
    const padding = free()
    const zoomMax = Math.min(scene.zoom, maxZoom)
    if (!scene.camera) return framing(scene.frame, size(), padding, zoomMax)
    return aside({ ...project(scene.camera.center), zoom: scene.camera.zoom }, padding)
  }

  function go(view: View, motion: "fly" | "cut"): void {
    const goal = within(view, bounds, size(), least)
    frames._stop()
    frames._onZoomTransitionEnd()
    if (motion === "cut" || reducedMotion()) {
      cancelAnimationFrame(frame)
      frame = 0
      move(() => map.setView(unproject(goal), goal.zoom, { animate: false }))
    } else {
      fly(goal)
    }
  }

  /** Flies from here, be it in the middle of another flight: to the map, both are one movement. */
  function fly(goal: View): void {
    const path = flight(here(), goal, size().width)
    const start = performance.now()
    if (frame) cancelAnimationFrame(frame)
    else move(() => frames._moveStart(true, false))
    let moment = 0
    const advance = (now: number) => {
      // In a frame of its own: what waits for the end, such as names, takes as long as a movement.
      if (moment >= 1) return stop()
      moment = (now - start) / (path.duration * 1000)
      const view = within(path.at(moment), bounds, size(), least)
      frames._move(L.latLng(unproject(view)), view.zoom)
      frame = requestAnimationFrame(advance)
    }
    frame = requestAnimationFrame(advance)
  }

  function stop(): void {
    if (!frame) return
    cancelAnimationFrame(frame)
    frame = 0
    frames._moveEnd(true)
  }

  function reframe(): void {
    if (framed) go(target(framed), "cut")
  }

  function inView(at: Position): boolean {
    const { x, y } = map.latLngToContainerPoint(at)
    const { left, top, right, bottom } = free()
    const { width, height } = size()
    return x >= left && x <= width - right && y >= top && y <= height - bottom
  }

  /** How many pixels of the map there are that way, at most such shares of its size. */
  function room(right: number, down: number): L.PointTuple {
    const { width, height } = size()
    const from = here()
    const world = WORLD_PX * 2 ** from.zoom
    const wanted = {
      x: from.x + (right * width) / world,
      y: from.y + (down * height) / world,
      zoom: from.zoom,
    }
    const { x, y } = within(wanted, bounds, size(), least)
    return [Math.round((x - from.x) * world), Math.round((y - from.y) * world)]
  }

  return {
    pan(right, down) {
      stop()
      map.panBy(room(right, down), { animate: !reducedMotion() })
    },
    zoom(by) {
      stop()
      map.zoomIn(by)
    },
    canPan: (right, down) => room(right, down).some((pixels) => pixels !== 0),
    show(scene, motion) {
      framed = scene
      const hidden = map.getContainer().clientWidth === 0
      go(target(scene), hidden ? "cut" : motion)
      // In a frame that is folded away there is no next picture until it is unfolded.
      if (hidden) requestAnimationFrame(reframe)
    },
    reframe,
    reveal(at, zoom) {
      if (inView(at) && map.getZoom() >= zoom) return
      framed = null
      go(aside({ ...project(at), zoom: Math.max(zoom, map.getZoom()) }, free()), "fly")
    },
  }
}
