/** What readers choose for the map: borders of the time or none, names of the time or of today. */
import type { Atlas } from "./atlas.ts"
import { need } from "./dom.ts"
import { popover } from "./popover.ts"
import { whenRetold } from "./retold.ts"
import type { Scene } from "./story.ts"
import type { Words } from "./words.ts"

export interface Options {
  /** Draws the borders of the scene's date, or says that nobody has them. */
  show(scene: Scene): void
}

/** Calls *nameToday* when the names of today are wanted, or no longer. */
export function options(
  atlas: Atlas,
  words: Words,
  nameToday: (wanted: boolean) => void,
): Options {
  const note = need("sm-undrawn")
  const button = need("sm-borders")
  let wanted = true
  let scene: Scene | null = null

  function show(): void {
    if (!scene) return
    atlas.setPeriods(wanted ? scene.borders : [])
    note.hidden = !wanted || scene.undrawn === ""
    note.textContent = note.hidden ? "" : words("undrawn", { date: scene.undrawn })
  }

  whenRetold(show)
  popover(need("sm-options-button"), need("sm-options"), () => button)
  listenToSwitch(button, (on) => {
    wanted = on
    show()
  })
  listenToSwitch(need("sm-names-today"), nameToday)

  return {
    show(next) {
      scene = next
      show()
    },
  }
}

function listenToSwitch(button: Element, turn: (on: boolean) => void): void {
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true"
    button.setAttribute("aria-pressed", String(on))
    turn(on)
  })
}
