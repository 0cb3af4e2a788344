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

  need("sm-link-button").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      say(words("linkCopied"))
    } catch {
      say(words("linkShown", { address: location.href }))
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
