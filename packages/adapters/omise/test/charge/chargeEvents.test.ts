import { DEFAULT_TRANSLATE_SETTINGS, type Translation } from "@payfold/domain"
import { describe, expect, it } from "vitest"
import { translate } from "../../src/translate.ts"
import { CARD, ECONTEXT } from "../charges.ts"
import { eventOf, partOf } from "../translated.ts"

const translateAll = (body: unknown): Translation => translate(body, DEFAULT_TRANSLATE_SETTINGS)

describe("what a body says beside the payment", () => {
  it("takes the first of the merchant's keys, a number too, and no inherited one", () => {
    const reference = (metadata: unknown) =>
      eventOf("PaymentCreated", { ...CARD, metadata }, { referenceKeys: ["toString", "order", "id"] })
    expect(reference({ id: "2", order: "1" })).toMatchObject({ orderReference: { value: "1" } })
    expect(reference({ order: 3947 })).toMatchObject({ orderReference: { value: "3947" } })
    expect(reference({ order: "", id: 2 ** 53 })).not.toHaveProperty("orderReference")
    expect(reference("order")).not.toHaveProperty("orderReference")
  })

  it("takes the mode from the id where no flag tells it", () => {
    const { livemode: _, ...rest } = CARD
    expect(eventOf("PaymentCreated", rest)).toMatchObject({ mode: "test" })
    expect(eventOf("PaymentCreated", { ...rest, id: "chrg_5card" })).toMatchObject({ mode: "live" })
    expect(eventOf("PaymentCreated", { ...rest, id: "other" })).not.toHaveProperty("mode")
  })

  it.each([
    [true, "chrg_test_5card", "live", "livemode is true and the id is one of test mode"],
    [false, "chrg_5card", "test", "livemode is false and the id is one of live mode"],
  ])("keeps the flag livemode %s of %s as the mode, and says that the id differs", (livemode, id, mode, sentence) => {
    expect(eventOf("PaymentCreated", { ...CARD, livemode, id })).toMatchObject({ mode, disagreements: [sentence] })
    const refund = { object: "refund", id: "rfnd_1", amount: 1, currency: "THB", livemode, charge: id }
    expect(eventOf("PaymentCreated", refund)).toMatchObject({ mode, disagreements: [sentence] })
  })

  it("says nothing of a mode where flag and id agree, or the id is of another grammar", () => {
    expect(eventOf("PaymentCreated", CARD)).not.toHaveProperty("disagreements")
    expect(eventOf("PaymentCreated", { ...CARD, livemode: true, id: "other" })).not.toHaveProperty("disagreements")
  })

  it.each([
    ["failure_code", "declined: taro@example.com"],
    ["failure_message", "taro@example.com, 03 0000 0000, cannot pay"],
    ["card", { object: "card", brand: "Taro Yamada's card" }],
    ["source", { type: "wallet of taro@example.com" }],
    ["offsite", "taro yamada"],
  ])("keeps no personal data that stands in %s", (field, value) => {
    const shown = JSON.stringify(
      ["failed", "reversed"].map(status => translateAll({ ...CARD, status, [field]: value })),
    )
    expect(shown).toContain("PaymentFailed")
    expect(shown).not.toMatch(/taro|0000 0000/i)
  })

  it("replaces what no store accepts, and says so", () => {
    const part = partOf({ ...CARD, metadata: { order_id: "a\u0000\ud800" } })
    expect(part).toMatchObject({ replaced: ["[0].orderReference.value"] })
    expect(eventOf("PaymentCreated", { ...CARD, metadata: { order_id: "a\u0000\ud800" } })).toMatchObject({
      orderReference: { value: "a\uFFFD\uFFFD" },
    })
  })

  it("never shows who pays", () => {
    const source = { ...(typeof ECONTEXT["source"] === "object" ? ECONTEXT["source"] : {}) }
    const shown = JSON.stringify(translateAll({ ...ECONTEXT, source, status: "failed", failure_code: "timeout" }))
    expect(shown).not.toMatch(/テスト|taro|0300000000/)
  })
})
