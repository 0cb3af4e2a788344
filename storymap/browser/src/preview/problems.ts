/** The list of problems: open where something is in error, a line at the foot for warnings. */
import { make } from "../dom.ts"
import type { Problem, State } from "./state.ts"
import { summary } from "./state.ts"

/** Returns what shows the problems of a state in *panel*, as text whatever they hold. */
export function problemList(
  panel: HTMLDetailsElement,
  title: Element,
  list: Element,
): (state: State) => void {
  let outdated = false
  return (state) => {
    panel.hidden = state.problems.length === 0
    panel.classList.toggle("outdated", state.outdated)
    if (state.outdated !== outdated) panel.open = state.outdated
    outdated = state.outdated
    title.textContent = summary(state)
    list.replaceChildren(...state.problems.map(entry))
  }
}

function entry({ where, severity, message, hint }: Problem): HTMLElement {
  const item = make("li", { class: severity }, make("code", {}, where), make("p", {}, message))
  if (hint) item.append(make("p", { class: "hint" }, hint))
  return item
}
