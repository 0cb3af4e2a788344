import assert from "node:assert/strict"
import { test } from "node:test"
import type { Problem } from "../src/preview/state.ts"
import { summary } from "../src/preview/state.ts"

const problem = (severity: Problem["severity"]): Problem => ({
  where: "a",
  severity,
  message: "m",
  hint: "",
})
const error = problem("error")
const warning = problem("warning")

const states: [page: string, outdated: boolean, problems: Problem[], said: string][] = [
  ["p", false, [], ""],
  ["p", false, [warning], "1 warning"],
  ["p", true, [error, warning, error], "2 errors, 1 warning: this is the last good page"],
  ["", true, [error], "1 error: there is no page yet"],
]
for (const [page, outdated, problems, said] of states) {
  test(`a state is said as "${said}"`, () => {
    assert.equal(summary({ page, outdated, problems }), said)
  })
}
