import { type PaymentEvent, PaymentEvent as PaymentEvents } from "@payfold/domain"
import { Schema } from "effect"
import { expect, test } from "vitest"
import { timelineOf } from "../../../src/cli/actions/readTimeline.ts"
import { timelineText } from "../../../src/cli/actions/timelineText.ts"

const PAYMENT = "omise:chrg_1"
const READER = { timeZone: "Asia/Tokyo", now: "2026-06-20T00:00:00.000Z" }

const decode = Schema.decodeUnknownSync(PaymentEvents)
const event = (fields: Readonly<Record<string, unknown>>): PaymentEvent =>
  decode({ schemaVersion: 1, adapter: { name: "omise", version: 1 }, ...fields })

/** The events in the order learned, one a minute, each from a delivery of its own. */
const timeline = (events: ReadonlyArray<PaymentEvent>) =>
  timelineOf(
    events.map((one, index) => ({
      ...{ position: index + 10, payment: PAYMENT, version: index + 1 },
      ...{ recordedAt: `2026-06-10T00:0${index}:00.000Z`, deliveryId: index + 1, correlation: null },
      ...{ type: one._tag, schemaVersion: 1, adapter: "omise", adapterVersion: 1, data: "{}" },
    })),
    events,
    new Map(
      events.map((_, index) => {
        const deliveryId = index + 1
        const envelope = {
          deliveryId,
          provider: "omise",
          receivedAt: READER.now,
          timesReceived: 2,
          verdict: "verified",
        }
        return [deliveryId, envelope]
      }),
    ),
  )

const created = event({
  _tag: "PaymentCreated",
  provider: "omise",
  chargeId: "chrg_1",
  mode: "test",
  requested: { amount: 1500, currency: "JPY" },
  method: { _tag: "Konbini", store: "lawson" },
  orderReference: { value: "A-1\u001b[2J" },
  createdAt: "2026-06-01T00:00:00.000Z",
})
const awaiting = event({
  _tag: "PaymentAwaiting",
  instructions: { paymentNumber: "012-345", slipUrl: "https://example.com/slip" },
  deadline: "2026-06-08T14:59:59.000Z",
})
const paid = event({
  _tag: "PaymentPaid",
  received: { amount: 1500, currency: "JPY" },
  paidAt: "2026-06-03T01:05:00.000Z",
})
const expired = event({ _tag: "PaymentExpired", expiredAt: "2026-06-08T15:00:00.000Z" })

test("sets the order learned beside the order occurred, and marks what is late, contradicts and is withdrawn", () => {
  const withdrawal = event({ _tag: "FactsWithdrawn", versions: [2], reason: "misread", withdrawnBy: "retranslate" })
  const entries = timeline([created, awaiting, expired, paid, awaiting, withdrawal])
  expect(
    entries.map(entry => [entry.event._tag, entry.occurredOrder, entry.isLate, entry.contradicts, entry.withdrawnBy]),
  ).toEqual([
    ["PaymentCreated", 1, false, [], undefined],
    ["PaymentAwaiting", undefined, false, [], 6],
    ["PaymentExpired", 3, false, [], undefined],
    ["PaymentPaid", 2, true, ["paid-after-expired"], undefined],
    // Told before, so it is no news that it comes after.
    ["PaymentAwaiting", undefined, false, [], undefined],
    ["FactsWithdrawn", undefined, false, [], undefined],
  ])
})

test("calls what every payment goes through first late where it is learned last", () => {
  expect(timeline([paid, awaiting, created]).map(entry => entry.isLate)).toEqual([false, true, true])
})

test("marks no contradiction that a withdrawal has taken away", () => {
  const withdrawal = event({ _tag: "FactsWithdrawn", versions: [2], reason: "misread", withdrawnBy: "an operator" })
  const entries = timeline([created, expired, paid, withdrawal])
  expect(entries.flatMap(entry => entry.contradicts)).toEqual([])
})

test("tells people how the payment stands, what its payer needs, and who said so", () => {
  const text = timelineText(PAYMENT, timeline([created, awaiting]), READER)
  expect(text.split("\n")).toEqual([
    "omise:chrg_1  awaiting  ¥1,500  konbini (lawson)  test",
    "  order     A-1\uFFFD[2J",
    "  created   1 June, 09:00 in Japan",
    "  deadline  until the end of 8 June in Japan (overdue)",
    "  To pay",
    "    code for the counter   012-345",
    "    slip to show or print  https://example.com/slip",
    "",
    "  Facts in the order they were learned; times in Asia/Tokyo",
    "  learned  occurred  fact             says                              at                   recorded             learned from",
    "  1        1         PaymentCreated   order A-1\uFFFD[2J                     2026-06-01 09:00:00  2026-06-10 09:00:00  delivery 1 (verified, 2 times)",
    "  2                  PaymentAwaiting  until the end of 8 June in Japan                       2026-06-10 09:01:00  delivery 2 (verified, 2 times)",
  ])
})

test("says what contradicts what under the facts", () => {
  const lines = timelineText(PAYMENT, timeline([created, awaiting, expired, paid]), READER).split("\n")
  expect(lines).toContain("  received  ¥1,500, 3 June, 10:05 in Japan")
  expect(lines).toContain("  What the payer was told")
  expect(lines.find(line => line.includes("PaymentPaid"))).toMatch(/late, contradicts: paid-after-expired$/)
  expect(lines.at(-1)).toMatch(/^ {2}! paid-after-expired: /)
})
