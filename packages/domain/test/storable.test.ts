import { describe, expect, it } from "vitest"
import { imply, MAXIMUM_IMPLIED_EVENTS } from "../src/imply.ts"
import { toPaymentId } from "../src/PaymentId.ts"
import { storable } from "../src/storable.ts"
import { awaitingEvent, createdEvent } from "../testing/exampleEvents.ts"

describe("storable", () => {
  it("leaves well-formed text as it is", () => {
    const value = { a: ["ﾔﾏﾀﾞ", "𠮷", "\uffff", ""], b: 1, c: null, d: true }
    expect(storable(value)).toEqual({ value, replaced: [] })
  })

  it("gives back the very value where nothing was replaced", () => {
    const kept = { list: [1, { a: "x" }] }
    expect(storable(kept).value).toBe(kept)
  })

  it("cuts a text to 4,096 code units, its end marked, and no shorter one", () => {
    expect(storable("x".repeat(4_097)).value).toBe(`${"x".repeat(4_095)}…`)
    const longest = `\u0000${"x".repeat(4_095)}`
    expect(storable(longest).value).toBe(`\ufffd${"x".repeat(4_095)}`)
  })

  it.each([
    ["a\u0000b", "a\ufffdb"],
    ["\u0000\u0000", "\ufffd\ufffd"],
    ["\ud800", "\ufffd"],
    ["\udc00\ud800", "\ufffd\ufffd"],
    ["x\ud83d", "x\ufffd"],
  ])("replaces %j", (text, replaced) => {
    expect(storable({ deep: [{ text }] })).toEqual({
      value: { deep: [{ text: replaced }] },
      replaced: ["deep[0].text"],
    })
  })
})

describe("imply", () => {
  const payment = toPaymentId("example", "c1")
  if (payment === undefined) throw new Error("example:c1 is a payment id")

  it("says nothing of replacements where there were none", () => {
    expect(imply(payment, [createdEvent()])).toEqual({ _tag: "Implied", payment, events: [createdEvent()] })
  })

  it("says which texts it replaced", () => {
    const part = imply(payment, [createdEvent(), createdEvent({ orderReference: { value: "\u0000" } })])
    expect(part).toEqual({
      _tag: "Implied",
      payment,
      events: [createdEvent(), createdEvent({ orderReference: { value: "\ufffd" } })],
      replaced: ["[1].orderReference.value"],
    })
  })

  it("cuts a text that is longer than any payment needs, and says so", () => {
    const part = imply(payment, [awaitingEvent({ instructions: { pageUrl: "x".repeat(4_097) } })])
    expect(part).toMatchObject({ replaced: ["[0].instructions.pageUrl"] })
    expect(imply(payment, [awaitingEvent({ instructions: { pageUrl: "x".repeat(4_096) } })])).not.toHaveProperty(
      "replaced",
    )
  })

  it("leaves out an order reference that no index could hold, and says so", () => {
    const events = [createdEvent({ orderReference: { value: "9".repeat(256) } })]
    expect(imply(payment, events)).toEqual({
      _tag: "Implied",
      payment,
      events: [createdEvent()],
      replaced: ["[0].orderReference"],
    })
  })

  it("reads no object that implies more events than a payment can have", () => {
    const events = (count: number) => Array.from({ length: count }, () => createdEvent())
    expect(imply(payment, events(MAXIMUM_IMPLIED_EVENTS))._tag).toBe("Implied")
    expect(imply(payment, events(MAXIMUM_IMPLIED_EVENTS + 1))).toEqual({
      _tag: "Unreadable",
      reason: "an object implies 1001 events: expected at most 1000",
    })
  })
})
