/** The map that could not start: said aloud, while the story stays readable. */
import { wholePage } from "./dom.ts"
import { complainToParent } from "./messages.ts"
import { buildPlates } from "./plates.ts"

export function fail(error: unknown): void {
  console.error(error)
  const page = document.documentElement.dataset
  page["storymap"] = "failed"
  delete page["opensIn"]
  complainToParent(String(error))
  void wholePage().then(buildPlates)
  const notice = document.getElementById("sm-fail")
  if (notice) notice.hidden = false
}
