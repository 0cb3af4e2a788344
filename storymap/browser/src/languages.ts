/**
 * The languages of the page: which one it is in, and how it comes into another.
 *
 * It was built in the first; the others are kept, deflated, at its end.
 */
import { wholePage } from "./dom.ts"
import { retold } from "./retold.ts"
import type { Retelling } from "./retelling.ts"
import { retell } from "./retelling.ts"
import type { StoryDocument } from "./story.ts"

export interface Languages {
  /**
   * Brings page and document into a language; a `RangeError` if they are not in it. *around* makes
   * the change, and is not called where there is none to make.
   */
  set(tag: string, around?: (change: () => void) => void): Promise<void>
}

export function languagesOf(story: StoryDocument): Languages {
  const first = story.language
  let back = () => {}
  let wanted = first

  return {
    async set(tag, around = (change) => change()) {
      if (!story.languages.includes(tag)) {
        throw new RangeError(`there is no language ${JSON.stringify(tag)}`)
      }
      wanted = tag
      const retelling = tag === first ? null : await unpacked(tag)
      if (wanted !== tag || story.language === tag) return
      around(() => {
        back()
        back = retelling ? retell(retelling, story) : () => {}
        retold()
      })
    },
  }
}

/** What a language calls itself. */
export const nameOf = (tag: string) =>
  document.querySelector(`button[data-language="${CSS.escape(tag)}"]`)?.textContent ?? tag

/** Tells whether this browser can unpack what the page has packed. */
export const canUnpack = () => "DecompressionStream" in window

async function unpacked(tag: string): Promise<Retelling> {
  await wholePage()
  const text = document.querySelector(`.sm-retelling[data-language="${CSS.escape(tag)}"]`)?.textContent
  if (!text) throw new Error(`the page lacks its texts in ${tag}`)
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))
  return (await new Response(inflated).json()) as Retelling
}

/** Calls *choose* with the language of each button that the reader presses, and marks the chosen. */
export function listenToSwitch(choose: (tag: string) => void): void {
  for (const part of document.querySelectorAll<HTMLElement>(".sm-switch")) part.hidden = false
  for (const button of document.querySelectorAll<HTMLElement>("button[data-language]")) {
    button.addEventListener("click", () => choose(button.dataset["language"] ?? ""))
  }
}
