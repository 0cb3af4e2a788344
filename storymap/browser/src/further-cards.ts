/** Cards of further places, made from the page's columns as its templates make those of others. */
import { make } from "./dom.ts"
import type { Further, FurtherWords } from "./further.ts"
import { fill } from "./words.ts"

/** Most places that a card names where a dot stands for several. */
const NAMED = 10

/** What is told of a place. */
export function placeCard(further: Further, words: FurtherWords, index: number): Element {
  const remark = further.remark(index)
  const [, said, precision, source] = words.sites[further.site[index]!]!
  const where = make("p", { class: "sm-where" }, precision)
  const at = further.position(index)
  if (at) {
    const spoken = coordinates(at, said, words.degrees)
    where.append(" ", make("span", { class: "sm-coordinates" }, spoken))
  }
  const names = further.names(index).map(({ text, form }, name) => {
    const [tag, language, when] = words.forms[form]!
    const said = [language, when].filter(Boolean).join(", ")
    const note = remark.names[name]
    return make("li", {}, make("b", { lang: tag }, text), `, ${said}${note ? `: ${note}` : ""}`)
  })
  const notes = new DOMParser().parseFromString(remark.notes, "text/html").body.childNodes
  return make(
    "article",
    { class: "sm-place-entry" },
    make("h3", {}, further.title(index, words.title)),
    where,
    make("ul", { class: "sm-names" }, ...names),
    ...(remark.notes ? [make("div", { class: "sm-prose" }, ...notes)] : []),
    make("ul", { class: "sm-identifiers" }, ...identifiers(further, words, index, source)),
  )
}

function identifiers(
  further: Further,
  words: FurtherWords,
  index: number,
  source: string,
): HTMLLIElement[] {
  const geonames = further.geonames[index]
  const wikidata = further.wikidata[index]
  const link = (href: string, text: string) => make("a", { href }, text)
  return [
    ...(source ? [[source]] : []),
    ...(geonames ? [[link(`https://www.geonames.org/${geonames}`, `GeoNames ${geonames}`)]] : []),
    ...(wikidata
      ? [[link(`https://www.wikidata.org/wiki/Q${wikidata}`, `Wikidata Q${wikidata}`)]]
      : []),
    ...further
      .remark(index)
      .works.map(([id, called]) => [words.source, " ", link(`#sm-source-${id}`, called)]),
  ].map((parts) => make("li", {}, ...parts))
}

/** The places that one dot stands for. */
export function severalCard(
  further: Further,
  words: FurtherWords,
  places: readonly number[],
): Element {
  const entries = places
    .slice(0, NAMED)
    .map((index) => make("li", {}, furtherLink(index, further.title(index, words.title))))
  const others = places.length - entries.length
  return make(
    "article",
    { class: "sm-place-entry" },
    make("h3", {}, fill(words.here, { count: places.length })),
    make("ul", { class: "sm-several" }, ...entries),
    ...(others > 0 ? [make("p", { class: "sm-note" }, fill(words.hidden, { count: others }))] : []),
  )
}

/** A link within the page that opens a place's card. */
const furtherLink = (index: number, text: string) =>
  make("a", { class: "sm-place", href: "#sm-further", "data-further": String(index) }, text)

function coordinates(
  [lat, lon]: readonly [number, number],
  decimals: number,
  [north, south, east, west]: FurtherWords["degrees"],
): string {
  const degrees = (value: number) => ({ degrees: Math.abs(value).toFixed(decimals) })
  // Beyond the antimeridian the map goes on; the card does not.
  const turned = ((((lon + 180) % 360) + 360) % 360) - 180
  return [
    fill(lat >= 0 ? north : south, degrees(lat)),
    fill(turned >= 0 ? east : west, degrees(turned)),
  ].join(", ")
}
