/**
 * Where the reader is in the story: -1 on the cover, then 0 to one less than the count of steps.
 *
 * A step is entered once, and only when it differs from the one before.
 */

export const COVER = -1

/** Why a step is entered: it decides whether text, focus and map have to follow. */
export type Cause =
  /** the page opens on it */
  | "start"
  /** the reader scrolled to it: the text is there already */
  | "scroll"
  /** buttons, keys, axis, messages: focus stays where it is */
  | "controls"
  /** a link or a list entry: focus moves to the step */
  | "jump"

export interface Entry {
  index: number
  previous: number
  cause: Cause
}

export interface Stepper {
  readonly count: number
  index(): number
  /** Enters a step by id or index ("" or -1: the cover); throws a `RangeError` if there is none. */
  goTo(target: string | number, cause: Cause): void
  /** Enters the step after this one, if there is one. */
  next(cause: Cause): void
  /** Enters the step before this one, the cover before the first. */
  previous(cause: Cause): void
}

export function stepper(ids: readonly string[], enter: (entry: Entry) => void): Stepper {
  let current = COVER

  function indexOf(target: string | number): number {
    const index = typeof target === "number" ? target : target === "" ? COVER : ids.indexOf(target)
    const known = Number.isInteger(index) && index >= COVER && index < ids.length
    if (!known || (index === COVER && target !== "" && target !== COVER)) {
      throw new RangeError(`there is no step ${JSON.stringify(target)}`)
    }
    return index
  }

  function move(index: number, cause: Cause): void {
    if (index === current) return
    const previous = current
    current = index
    enter({ index, previous, cause })
  }

  return {
    count: ids.length,
    index: () => current,
    goTo: (target, cause) => move(indexOf(target), cause),
    next: (cause) => move(Math.min(current + 1, ids.length - 1), cause),
    previous: (cause) => move(Math.max(current - 1, COVER), cause),
  }
}
