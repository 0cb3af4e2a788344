/** The buttons that reach out of the page: its address, full screen. Frames may forbid both. */
import { need } from "./dom.ts"
import type { Words } from "./words.ts"

/** Makes the buttons work; what came of it is shown and announced. */
export function listenToSharing(
  words: Words,
  show: (message: string) => void,
  announce: (message: string) => void,
): void {
  function say(message: string): void {
    show(message)
    announce(message)
  }

  const known = document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href
  const link = need("sm-link-button")
  // Where the page was not loaded from an address, there is none to give away.
  link.hidden = !known && !/^(https?|file):/.test(location.href)
  link.addEventListener("click", async () => {
    const address = known ? known + location.hash : location.href
    try {
      await navigator.clipboard.writeText(address)
      say(words("linkCopied"))
    } catch {
      say(words("linkShown", { address }))
    }
  })
  need("sm-full-button").addEventListener("click", async () => {
    try {
      if (document.fullscreenElement) await document.exitFullscreen()
      else await document.documentElement.requestFullscreen()
    } catch {
      say(words("noFullScreen"))
    }
  })
}
