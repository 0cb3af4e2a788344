/** The buttons that reach out of the page: the step's address, full screen. Frames may forbid both. */

export interface SharingWords {
  copied: string
  /** with the address in it */
  shown(address: string): string
  noFullScreen: string
}

/** Makes the buttons work; *say* tells what came of it. */
export function listenToSharing(
  linkButton: HTMLElement,
  fullButton: HTMLElement,
  words: SharingWords,
  say: (message: string) => void,
): void {
  linkButton.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      say(words.copied)
    } catch {
      say(words.shown(location.href))
    }
  })
  fullButton.addEventListener("click", async () => {
    try {
      if (document.fullscreenElement) await document.exitFullscreen()
      else await document.documentElement.requestFullscreen()
    } catch {
      say(words.noFullScreen)
    }
  })
}
