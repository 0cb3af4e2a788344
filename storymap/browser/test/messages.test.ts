import assert from "node:assert/strict"
import { test } from "node:test"
import type { Api, State } from "../src/messages.ts"
import { answer } from "../src/messages.ts"

const state: State = {
  version: 1,
  step: "founding",
  index: 0,
  count: 3,
  language: "en",
  languages: ["en"],
}

function listening() {
  const calls: unknown[][] = []
  const call =
    (name: string) =>
    (...args: unknown[]) => {
      calls.push([name, ...args])
      if (args[0] === "nowhere") throw new RangeError('there is no step "nowhere"')
      return state
    }
  const api: Api = {
    goTo: call("goTo"),
    next: call("next"),
    previous: call("previous"),
    setLanguage: async (tag) => call("setLanguage")(tag),
    state: call("state"),
  }
  return { api, calls }
}

const commands: [command: string, args: unknown[]][] = [
  ["goTo", ["founding"]],
  ["goTo", [2]],
  ["setLanguage", ["sk"]],
  ["next", []],
  ["previous", []],
  ["state", []],
]
for (const [command, args] of commands) {
  test(`${command}(${args.join()}) is done and answered with the state`, async () => {
    const { api, calls } = listening()
    assert.deepEqual(await answer(api, { storymap: 1, id: 7, command, args }), {
      storymap: 1,
      id: 7,
      result: state,
    })
    assert.deepEqual(calls, [[command, ...args]])
  })
}

test("arguments may be left out where there are none", async () => {
  const { api } = listening()
  const answered = await answer(api, { storymap: 1, id: "a", command: "next" })
  assert.equal(answered?.result, state)
})

test("what a command throws is the answer", async () => {
  const { api } = listening()
  assert.deepEqual(await answer(api, { storymap: 1, id: 1, command: "goTo", args: ["nowhere"] }), {
    storymap: 1,
    id: 1,
    error: 'there is no step "nowhere"',
  })
})

const refused: [what: string, message: object, error: string][] = [
  ["an unknown command", { command: "quit" }, 'there is no command "quit"'],
  ["a method that every object has", { command: "toString" }, 'there is no command "toString"'],
  ["no command", {}, "there is no command undefined"],
  [
    "a step that is an object",
    { command: "goTo", args: [{}] },
    "goTo: expected a step's id or index",
  ],
  [
    "a language that is a number",
    { command: "setLanguage", args: [1] },
    "setLanguage: expected a language tag",
  ],
  ["arguments that are no list", { command: "next", args: "x" }, "args: expected a list"],
]
for (const [what, message, error] of refused) {
  test(`${what} is refused in words and does nothing`, async () => {
    const { api, calls } = listening()
    assert.deepEqual(await answer(api, { storymap: 1, id: 1, ...message }), { storymap: 1, id: 1, error })
    assert.deepEqual(calls, [])
  })
}

for (const message of [
  null,
  "next",
  5,
  {},
  { storymap: 2, id: 1, command: "next" },
  { storymap: 1, command: "next" },
]) {
  test(`${JSON.stringify(message)} is not for us and gets no answer`, async () => {
    const { api, calls } = listening()
    assert.equal(await answer(api, message), null)
    assert.deepEqual(calls, [])
  })
}
