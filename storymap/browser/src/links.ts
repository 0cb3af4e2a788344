/**
 * Links within the page, followed by us: a browser following them would scroll the page that frames
 * this one, and leave it altogether where somebody has set a `<base>`.
 */
import { readLink } from "./hash.ts"

/** Calls *follow* with each link that the reader follows here, and the id that it names. */
export function listenToLinks(follow: (link: HTMLAnchorElement, id: string) => void): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null
    const link = target?.closest<HTMLAnchorElement>("a[href^='#']")
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0
    if (!link || elsewhere) return
    event.preventDefault()
    follow(link, readLink(link.getAttribute("href") ?? "").step)
  })
}
