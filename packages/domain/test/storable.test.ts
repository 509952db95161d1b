import { describe, expect, it } from "vitest"
import { imply } from "../src/imply.ts"
import { toPaymentId } from "../src/PaymentId.ts"
import { storable } from "../src/storable.ts"
import { createdEvent } from "../testing/exampleEvents.ts"

describe("storable", () => {
  it("leaves well-formed text as it is", () => {
    const value = { a: ["ﾔﾏﾀﾞ", "𠮷", "\uffff", ""], b: 1, c: null, d: true }
    expect(storable(value)).toEqual({ value, replaced: [] })
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
    expect(part.replaced).toEqual(["[1].orderReference.value"])
    expect(part.events[1]).toEqual(createdEvent({ orderReference: { value: "\ufffd" } }))
  })
})
