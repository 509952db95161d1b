import { describe, expect, it } from "vitest"
import { plainWord, withoutContacts } from "../../src/adapter/Adapter.ts"

describe("plainWord", () => {
  it.each(["payment_cancelled", "306", "TIMEOUT", "v1.2-x"])("keeps %j", word => {
    expect(plainWord(word)).toBe(word)
  })

  it.each(["taro@example.com", "Taro Yamada", "ヤマダ", "", "x".repeat(65), 306, null])(
    "keeps nothing of %j",
    value => {
      expect(plainWord(value)).toBeUndefined()
    },
  )
})

describe("withoutContacts", () => {
  it.each([
    ["Payment cancelled by payer", "Payment cancelled by payer"],
    ["call taro@example.com or 090-1234-5678", "call … or …"],
    ["INVALID: +81 90 1234 5678", "INVALID: …"],
    ["at least 2000 satang, 12345 given", "at least 2000 satang, 12345 given"],
    ["太郎＠例え.jp", "太郎＠例え.jp"],
  ])("leaves of %j: %j", (text, left) => {
    expect(withoutContacts(text)).toBe(left)
  })

  it("cuts what is longer than a message for people", () => {
    expect(withoutContacts("x".repeat(201))).toBe(`${"x".repeat(199)}…`)
    expect(withoutContacts("x".repeat(200))).toBe("x".repeat(200))
  })
})
