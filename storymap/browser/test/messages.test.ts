import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import type { Api, State } from "../src/messages.ts"
import { answer, COMMANDS, EVENTS } from "../src/messages.ts"

interface Shape {
  properties: Record<string, { const?: string; enum?: string[] }>
}

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
  assert.deepEqual(answered, { storymap: 1, id: "a", result: state })
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
  ["another version", { storymap: 2, command: "next" }, "storymap: this page speaks version 1"],
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
  { storymap: 1, id: 1 },
  { storymap: "1", id: 1, command: "next" },
  { id: 1, command: "next" },
]) {
  test(`${JSON.stringify(message)} is not for us and gets no answer`, async () => {
    const { api, calls } = listening()
    assert.equal(await answer(api, message), null)
    assert.deepEqual(calls, [])
  })
}

for (const id of [undefined, null, {}, ["a"]]) {
  test(`a command under the id ${JSON.stringify(id)} is complained of`, async () => {
    const { api, calls } = listening()
    assert.deepEqual(await answer(api, { storymap: 1, id, command: "next" }), {
      storymap: 1,
      event: "error",
      error: "id: expected a text or a number",
    })
    assert.deepEqual(calls, [])
  })
}

test("the schema has the commands and the events that there are", async () => {
  const file = new URL("../../../docs/messages.schema.json", import.meta.url)
  const { $defs } = JSON.parse(await readFile(file, "utf8"))
  const words = ({ oneOf }: { oneOf: object[] }, key: string) =>
    oneOf.flatMap((each) => {
      const { const: one, enum: several = [one] } = (each as Shape).properties[key]!
      return several
    })
  assert.deepEqual(words($defs.command, "command").sort(), [...COMMANDS].sort())
  assert.deepEqual(words($defs.event, "event").sort(), [...EVENTS].sort())
  assert.deepEqual($defs.state.required.sort(), Object.keys(state).sort())
})
