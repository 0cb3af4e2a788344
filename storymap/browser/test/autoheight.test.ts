import assert from "node:assert/strict"
import { test } from "node:test"
import { askedByAddress, askedByMessage } from "../src/autoheight.ts"

const INIT = "[iFrameSizer]frame1:8:false:false:32:true:true:null:bodyOffset:null:null:0:false"

function toldBy(address: string): unknown[] {
  return askedByAddress(new URLSearchParams(address)).flatMap(([, tell]) => tell(700, 600))
}

test("an address that asks for nothing is told nothing", () => {
  assert.deepEqual(toldBy("?lang=sk&height=640"), [])
})

test("height=auto tells every host that only listens", () => {
  assert.deepEqual(toldBy("height=auto"), [
    { context: "h5p", action: "resize", scrollHeight: 700 },
    { "datawrapper-height": { storymap: 700 } },
    { subject: "lti.frameResize", height: 700 },
    { subject: "org.imsglobal.lti.frameResize", height: 700 },
    { sentinel: "amp", type: "embed-size", height: 700 },
  ])
})

test("pym is told under the id that it gave", () => {
  assert.deepEqual(toldBy("?initialWidth=600&childId=map"), ["pymxPYMxmapxPYMxheightxPYMx700"])
})

test("WordPress is told with its secret", () => {
  assert.deepEqual(toldBy("secret=abcdefghij"), [
    { message: "height", value: 700, secret: "abcdefghij" },
  ])
})

test("iframe-resizer is answered first, and told from then on", () => {
  const tell = askedByMessage(INIT)?.[1]
  assert.deepEqual(tell?.(700, 600), ["[iFrameSizer]frame1:700:600:init"])
  assert.deepEqual(tell?.(800, 600), ["[iFrameSizer]frame1:800:600:size"])
})

test("open-iframe-resizer, H5P and WordPress ask by a message", () => {
  const told = (message: unknown) => askedByMessage(message)?.[1](700, 600)[0]
  assert.deepEqual(told({ type: "iframe-child-init" }), {
    type: "iframe-resized",
    width: 600,
    height: 700,
  })
  assert.deepEqual(told({ context: "h5p", action: "ready" }), {
    context: "h5p",
    action: "resize",
    scrollHeight: 700,
  })
  assert.deepEqual(told({ message: "ready", secret: "abc" }), {
    message: "height",
    value: 700,
    secret: "abc",
  })
})

for (const message of [
  null,
  7,
  "",
  "[iFrameSizer]",
  "[iFrameSizer]frame1",
  "[iFrameSizer]resize",
  {},
  [],
  { type: "iframe-get-child-dimensions" },
  { message: "ready", secret: 7 },
  { storymap: 1, id: 1, command: "next" },
]) {
  test(`${JSON.stringify(message)} asks for no height`, () => {
    assert.equal(askedByMessage(message), null)
  })
}
