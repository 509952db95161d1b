import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { FailureCategory } from "../../src/FailureCause.ts"
import { Instructions } from "../../src/Instructions.ts"
import { PaymentMethod } from "../../src/PaymentMethod.ts"
import { EVENT_SCHEMA_VERSION, Fees, PaymentEvent, RefundReport } from "../../src/payment/PaymentEvent.ts"
import { decodeEvent, encodeEvent, NewerEvent, UnreadableEvent, upcast } from "../../src/payment/upcast.ts"
import { storedEvents } from "../stored-events/storedEvents.ts"

const corpus = storedEvents()
const today = corpus.filter(({ schemaVersion }) => schemaVersion === EVENT_SCHEMA_VERSION)

describe("an event once stored", () => {
  it.each(corpus)("is read for ever: $place", ({ tag, text }) => {
    expect(Result.getOrThrow(decodeEvent(text))._tag).toBe(tag)
  })

  it.each(today)("is written again to the byte: $place", ({ text }) => {
    expect(encodeEvent(Result.getOrThrow(decodeEvent(text)))).toBe(text)
  })

  it("is never edited, moved or taken away: add a line, and its hash at the end of the list", () => {
    const listed = readFileSync(`${import.meta.dirname}/../stored-events/hashes.txt`, "utf8")
      .trimEnd()
      .split("\n")
    const found = corpus.map(({ place, text }) => `${createHash("sha256").update(text).digest("hex")}  ${place}`)
    expect(found.toSorted()).toEqual(listed.toSorted())
  })
})

describe("the corpus of stored events has", () => {
  const texts = today.map(({ text }) => text).join("\n")
  const has = (key: string, value?: string) => texts.includes(`"${key}":${value === undefined ? "" : `"${value}"`}`)

  it.each(Object.entries(PaymentEvent.cases))("every field of %s", (tag, { fields }) => {
    const lines = today.filter(event => event.tag === tag).map(({ text }) => Object.keys(JSON.parse(text)))
    expect(Object.keys(fields).filter(field => !lines.some(keys => keys.includes(field)))).toEqual([])
  })

  it("every kind of refund, method and failure, every instruction and fee", () => {
    const missing = [
      ...[...Object.keys(RefundReport.cases), ...Object.keys(PaymentMethod.cases)].filter(tag => !has("_tag", tag)),
      ...FailureCategory.literals.filter(category => !has("category", category)),
      ...[...Object.keys(Instructions.fields), ...Object.keys(Fees.fields)].filter(field => !has(field)),
      ...Object.values(PaymentMethod.cases)
        .flatMap(({ fields }) => Object.keys(fields))
        .filter(field => !has(field)),
    ]
    expect(missing).toEqual([])
  })
})

describe("an event of a newer version", () => {
  it.each([2, 3, 2 ** 53 - 1])("%d stops, and says what to do", schemaVersion => {
    const error = Result.getOrThrow(Result.flip(upcast({ _tag: "PaymentTeleported", schemaVersion })))
    expect(error).toBeInstanceOf(NewerEvent)
    expect(error.message).toContain("Upgrade")
  })

  it("stops though it looks like one of today's", () => {
    const [first] = today
    const newer = (first?.text ?? "").replace('"schemaVersion":1', '"schemaVersion":2')
    expect(Result.getOrThrow(Result.flip(decodeEvent(newer)))).toBeInstanceOf(NewerEvent)
  })
})

describe("a stored text that is no event", () => {
  const expiredText = '{"_tag":"PaymentExpired","schemaVersion":1,"adapter":{"name":"example","version":1}}'

  it.each<[string, string, string]>([
    ["", "the event", "other text"],
    ["{", "the event", "other text"],
    ["null", "the whole", "null"],
    ["[]", "the whole", "a list of 0"],
    ["{}", "_tag", "nothing"],
    [expiredText.replace("PaymentExpired", "PaymentTeleported"), "_tag", "a text of 17 characters"],
    [expiredText.replace('"schemaVersion":1', '"schemaVersion":0'), "schemaVersion", "0"],
    [expiredText.replace('"schemaVersion":1', '"schemaVersion":1.5'), "schemaVersion", "a number that is not whole"],
    [expiredText.replace('"version":1', '"version":0'), "adapter.version", "0"],
    [expiredText.replace('"version":1', '"version":1000001'), "adapter.version", "a positive number"],
    [expiredText.replace("example", "Taro"), "adapter.name", "a text of 4 characters"],
    [expiredText.replace("}}", '},"expiredAt":"Taro"}'), "expiredAt", "a text of 4 characters"],
  ])("%s is unreadable at %s", (text, path, found) => {
    const error = Result.getOrThrow(Result.flip(decodeEvent(text)))
    expect(error).toBeInstanceOf(UnreadableEvent)
    expect(error).toMatchObject({ path, found })
    expect(error.message).not.toContain("Taro")
  })

  it("says in one sentence where it cannot be read", () => {
    const error = Result.getOrThrow(Result.flip(decodeEvent("PaymentPaid")))
    expect(error.message).toBe("A stored event cannot be read: at the event expected JSON, found other text")
  })

  it.each([0, -1, 0.5, 2 ** 53])("has no amount of %d", amount => {
    const text = `{"_tag":"PaymentPaid","schemaVersion":1,"adapter":{"name":"example","version":1},"received":{"amount":${amount},"currency":"JPY"}}`
    expect(Result.getOrThrow(Result.flip(decodeEvent(text)))).toMatchObject({ path: "received.amount" })
  })
})
