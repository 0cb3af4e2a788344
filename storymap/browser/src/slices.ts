/**
 * Work in slices: a task each, so that the page answers and moves between them.
 *
 * Such work is a generator, which yields wherever it may be left for a while.
 */

/** Milliseconds after which a slice ends, at the next place where it may. */
const SLICE_MS = 6

/** Returns what starts work in a task to come, and gives up what it has not finished. */
export function slicing(): (work: Iterator<void>) => void {
  let waiting = 0
  return (work) => {
    clearTimeout(waiting)
    const next = () => {
      const end = performance.now() + SLICE_MS
      while (performance.now() < end) if (work.next().done) return
      waiting = window.setTimeout(next)
    }
    waiting = window.setTimeout(next)
  }
}
