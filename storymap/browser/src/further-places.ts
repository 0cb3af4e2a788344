/** The places of which the steps do not speak: seen on the map, found by the search, opened. */
import type { Card } from "./card.ts"
import { make, need, wholePage } from "./dom.ts"
import type { Dot } from "./dots.ts"
import { Dots } from "./dots.ts"
import { Finder } from "./finder.ts"
import { placeCard, severalCard } from "./further-cards.ts"
import type { FurtherWords } from "./further.ts"
import { Further } from "./further.ts"
import { unpacked } from "./packed.ts"
import { whenRetold } from "./retold.ts"
import type { Hits } from "./search.ts"
import { MOST } from "./search.ts"
import type { Position, StoryDocument } from "./story.ts"

/** How near to a dot a reader has to point, in pixels: with a mouse, with a finger. */
const REACH_PX = { fine: 6, coarse: 18 }

/** What else of the map listens to clicks. */
const OTHERS = ".sm-mark, .leaflet-interactive"

export interface FurtherPlaces {
  /** Finds them by a text that `fold` has reduced; *before* is called before one is opened. */
  find(wanted: string, before: () => void): Promise<Hits>
  /** Opens a place's card. */
  open(place: number, opener: Element | null): void
}

/** The further place that a link within the page leads to. */
export function furtherOf(story: StoryDocument, { dataset }: HTMLElement): number | undefined {
  const { further, place } = dataset
  if (further !== undefined) return Number(further)
  return place === undefined ? undefined : (story.further as FurtherWords).listed[place]
}

export async function furtherPlaces(
  story: StoryDocument,
  map: L.Map,
  card: Card,
  reveal: (at: Position, zoom: number) => void,
): Promise<FurtherPlaces> {
  await wholePage()
  const said = () => story.further as FurtherWords
  const block = await unpacked(need("sm-further-data").textContent ?? "").arrayBuffer()
  const further = new Further(block, said())
  let finder: Promise<Finder> | undefined

  map.createPane("further").style.zIndex = "350"
  const dots = new Dots(further, (place) => further.title(place, said().title))
  map.addLayer(dots)
  whenRetold(dots.renew)

  function open(place: number, opener: Element | null, zoom = 0): void {
    const id = Object.entries(said().listed).find(([, index]) => index === place)?.[0]
    const told = id ? document.getElementById(`sm-place-${id}`) : null
    card.open(told ?? (() => placeCard(further, said(), place)), opener, () => dots.choose(-1))
    dots.choose(place)
    const at = further.position(place)
    if (at) reveal(at, zoom)
  }

  function openSeveral(places: readonly number[]): void {
    card.open(() => severalCard(further, said(), places), document.activeElement)
  }

  /** Opens what a dot stands for. */
  function choose(dot: Dot): void {
    if (dot.count === 1) open(dot.place, document.activeElement)
    else openSeveral(dots.behind(dot))
  }

  const name = nameTag(map)
  listenToPointer(map, dots, choose, (dot) => {
    const title = dot ? further.title(dot.place, said().title) : ""
    const others = dot && dot.count > 1 ? ` + ${dot.count - 1}` : ""
    name(title + others, dot && dots.point(dot.place))
  })

  return {
    open,
    async find(wanted, before) {
      if (!wanted) return { hits: [], count: 0 }
      finder ??= Finder.of(further.count, (place) => further.names(place).map(({ text }) => text))
      const { best, count } = (await finder).find(wanted, MOST)
      const hits = best.map(({ place, name, rank }) => ({
        rank,
        name: further.names(place)[name]?.text ?? "",
        now: further.title(place, said().title),
        open() {
          before()
          open(place, need("sm-search-button"), FOUND_ZOOM)
        },
      }))
      return { hits, count }
    },
  }
}

/** A name at a point of the map, for those who point at a dot; the card says it to all. */
function nameTag(map: L.Map): (text: string, at: L.Point | null) => void {
  const tag = make("p", { class: "sm-dot-name", "aria-hidden": "true" })
  map.getContainer().append(tag)
  return (text, at) => {
    map.getContainer().classList.toggle("sm-pointing", Boolean(at))
    tag.hidden = !at
    tag.textContent = text
    if (at) tag.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`
  }
}

/** The zoom at which a place that was searched for is shown. */
const FOUND_ZOOM = 7

/** Calls *choose* with the dot that the reader clicks, and *point* with that under the mouse. */
function listenToPointer(
  map: L.Map,
  dots: Dots,
  choose: (dot: Dot) => void,
  point: (dot: Dot | null) => void,
): void {
  const reach = matchMedia("(pointer: coarse)").matches ? REACH_PX.coarse : REACH_PX.fine
  const isFree = (target: EventTarget | null) => target instanceof Element && !target.closest(OTHERS)

  map.on("click", ({ containerPoint, originalEvent }) => {
    const dot = isFree(originalEvent.target) && dots.at(containerPoint, reach)
    if (dot) choose(dot)
  })
  map.on("mousemove", ({ containerPoint, originalEvent }) => {
    point(isFree(originalEvent.target) ? dots.at(containerPoint, reach) : null)
  })
  map.on("mouseout movestart", () => point(null))
}
