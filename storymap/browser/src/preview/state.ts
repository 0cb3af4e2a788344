/** What the server tells: `State.message` in `storymap/preview/session.py`. */

export interface Problem {
  /** file, line and column */
  where: string
  severity: "error" | "warning"
  message: string
  /** "" where there is none */
  hint: string
}

export interface State {
  /** names the last good page; "" where there is none yet */
  page: string
  /** whether problems keep that page from showing the story as it is now */
  outdated: boolean
  problems: Problem[]
}

/** What a state comes to, in words; "" where there is nothing to say. */
export function summary({ page, outdated, problems }: State): string {
  const errors = problems.filter(({ severity }) => severity === "error").length
  const counts = [counted(errors, "error"), counted(problems.length - errors, "warning")]
  const count = counts.filter(Boolean).join(", ")
  if (!outdated) return count
  return `${count}: ${page ? "this is the last good page" : "there is no page yet"}`
}

const counted = (number: number, noun: string) =>
  number === 0 ? "" : `${number} ${noun}${number === 1 ? "" : "s"}`
