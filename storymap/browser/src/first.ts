/**
 * What runs before the first paint on a page in several languages: it decides in which one the page
 * opens, and hides the page until it is in that.
 */
import { readLink } from "./hash.ts"

const root = document.documentElement

/** The language of the page that serves a reader of *tag* best. */
function serving(tag: string): string | undefined {
  const known = (root.dataset["languages"] ?? "").split(" ")
  const primary = (each: string) => each.toLowerCase().split("-")[0]
  return (
    known.find((each) => each.toLowerCase() === tag.toLowerCase()) ??
    known.find((each) => primary(each) === primary(tag))
  )
}

const wishes = [readLink(location.hash, location.search).language, ...navigator.languages]
const opening = wishes.map(serving).find((tag) => tag !== undefined) ?? root.lang
if (opening !== root.lang && "DecompressionStream" in window) {
  root.dataset["opensIn"] = opening
}
