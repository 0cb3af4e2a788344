/** Features on the map: points, lines and areas in their author's colours. */
import { make } from "./dom.ts"
import { actAsButton } from "./overlays.ts"
import { whenRetold } from "./retold.ts"
import type { Drawing, Feature, Figure, Paint } from "./street-story.ts"

/** How much wider than a line its casing is, in pixels. */
const CASING_PX = 3

/** The rim of a point, in pixels. */
const RIM_PX = 2

/**
 * Puts a drawing on the map, its points on top, and returns its elements; *open* shows what is told
 * of the feature with this index.
 */
export function drawingOn(
  map: L.Map,
  renderer: L.SVG,
  { features }: Drawing,
  open: (feature: number) => void,
): Element[] {
  const drawn = features.flatMap((feature, index) => {
    const paths = feature.figures.flatMap((figure) => pathsOf(renderer, figure, feature))
    for (const path of paths) {
      path.addTo(map)
      paint(path.getElement() as SVGElement, feature)
    }
    if (feature.title) tell(paths, feature, () => open(index))
    return paths
  })
  for (const path of drawn) if (path instanceof L.CircleMarker) path.bringToFront()
  return drawn.map((path) => path.getElement()!)
}

/** The paths of a figure, the one in front last. */
function pathsOf(renderer: L.SVG, { shape, lines }: Figure, feature: Feature): L.Path[] {
  const { strokeWidth: weight, strokeOpacity: opacity, fillOpacity, radius } = feature
  const interactive = feature.title !== ""
  const className = `sm-drawn sm-drawn-${shape}`
  const common = { renderer, interactive, className, opacity }
  if (shape === "point") {
    return [L.circleMarker(lines[0]![0]!, { ...common, radius, weight: RIM_PX, fillOpacity: 1 })]
  }
  const casing = { ...common, className: "sm-drawn-casing", weight: weight + CASING_PX }
  if (shape === "line") {
    return [L.polyline(lines, casing), L.polyline(lines, { ...common, weight })]
  }
  return [
    L.polyline(lines, { ...casing, interactive: false }),
    L.polygon(lines, { ...common, weight, fillOpacity }),
  ]
}

/** Lets readers open what is told of a feature: by any of its paths, and from the keyboard once. */
function tell(paths: L.Path[], feature: Feature, open: () => void): void {
  for (const path of paths) {
    path.bindTooltip(() => make("span", {}, feature.title), { sticky: true })
    path.on("click", open)
    // A tooltip listens for focus, and what does that is a stop for Tab in some browsers.
    path.getElement()!.setAttribute("tabindex", "-1")
  }
  const element = paths.at(-1)!.getElement()!
  const name = () => element.setAttribute("aria-label", feature.title)
  name()
  whenRetold(name)
  actAsButton(element, open)
}

/** Leaves the colours to street.css: they are others when the page is dark. */
function paint(element: SVGElement, { stroke, fill, marker }: Feature): void {
  const paints: Record<string, Paint> = { stroke, fill, marker }
  for (const [name, [light, dark]] of Object.entries(paints)) {
    if (!light || !dark) continue
    element.style.setProperty(`--${name}`, light)
    element.style.setProperty(`--dark-${name}`, dark)
  }
}
