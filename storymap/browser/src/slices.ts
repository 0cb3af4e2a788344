/**
 * Work in slices: a task each, so that the page answers and moves between them.
 *
 * Such work is a generator, which yields wherever it may be left for a while.
 */

/** Milliseconds after which a slice ends, at the next place where it may. */
const SLICE_MS = 6

/**
 * Returns what starts work in a task to come, and gives up what it has not finished. A slice ends
 * after so many milliseconds, at the next place where it may.
 */
export function slicing(slice = SLICE_MS): (work?: Iterator<void>) => void {
  let waiting = 0
  return (work) => {
    clearTimeout(waiting)
    if (!work) return
    const next = () => {
      const end = performance.now() + slice
      do if (work.next().done) return
      while (performance.now() < end)
      waiting = window.setTimeout(next)
    }
    waiting = window.setTimeout(next)
  }
}

/** Does work that could be done in slices. */
export function atOnce(work: Iterator<void>): void {
  while (!work.next().done);
}
