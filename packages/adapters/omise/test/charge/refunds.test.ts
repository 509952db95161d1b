import { DEFAULT_TRANSLATE_SETTINGS, type Translation } from "@payfold/domain"
import { describe, expect, it } from "vitest"
import { translate } from "../../src/translate.ts"
import { CARD } from "../charges.ts"
import { eventsOf, partOf, tagsOf } from "../translated.ts"

const translateAll = (body: unknown): Translation => translate(body, DEFAULT_TRANSLATE_SETTINGS)

describe("refunds", () => {
  const refund = {
    object: "refund",
    id: "rfnd_test_1",
    amount: 30_000,
    currency: "thb",
    charge: "chrg_test_5card",
    created_at: "2025-03-21T00:00:00Z",
  }
  const booked = {
    _tag: "PaymentRefunded",
    refund: { _tag: "Refund", id: "rfnd_test_1", amount: 30_000, currency: "THB" },
    refundedAt: "2025-03-21T00:00:00.000Z",
  }
  const total = (amount: number) => ({ _tag: "PaymentRefunded", refund: { _tag: "Total", amount, currency: "THB" } })

  it("reads each refund inside a charge, and no total that they explain", () => {
    expect(
      eventsOf({ ...CARD, refunded_amount: 30_000, refunds: { object: "list", data: [refund] } }).slice(2),
    ).toEqual([booked])
  })

  it("reads the total beside the refunds where they do not explain it", () => {
    expect(eventsOf({ ...CARD, refunded: 80_000, refunds: { data: [refund] } }).slice(2)).toEqual([
      booked,
      total(80_000),
    ])
  })

  it("reads a void without a refund as all that was received", () => {
    expect(eventsOf({ ...CARD, voided: true }).slice(2)).toEqual([total(100_000)])
    expect(eventsOf({ ...CARD, voided: true, captured_amount: 500, refunded_amount: 0 }).slice(2)).toEqual([total(500)])
    expect(eventsOf({ ...CARD, voided: true, refunds: { data: [refund] } }).slice(2)).toEqual([booked])
    expect(tagsOf({ ...CARD, voided: true, status: "pending" })).toEqual(["PaymentCreated"])
  })

  it("takes the charge's currency for a refund inside it that names none", () => {
    const { currency: _, ...rest } = refund
    expect(eventsOf({ ...CARD, refunds: { data: [rest] } }).slice(2)).toEqual([booked])
  })

  it("reads a lone refund with its charge's id and mode, and nothing else of it", () => {
    const created = { _tag: "PaymentCreated", provider: "omise", chargeId: "chrg_test_5card", mode: "test" }
    expect(eventsOf(refund)).toEqual([created, booked])
    expect(eventsOf({ ...refund, charge: CARD })).toEqual([created, booked])
  })

  it("books a pending refund, and none in a status of tomorrow", () => {
    expect(eventsOf({ ...refund, status: "pending" })).toContainEqual(booked)
    expect(partOf({ ...refund, status: "rejected" })).toMatchObject({
      _tag: "Ignored",
      reason: expect.stringContaining("rejected"),
    })
  })

  it("keeps a charge whose refund cannot be read, and says so", () => {
    const [charge, part] = translateAll({ ...CARD, refunds: { data: [{ ...refund, amount: "some" }] } })
    expect(charge).toMatchObject({ _tag: "Implied" })
    expect(part).toEqual({
      _tag: "Unreadable",
      reason:
        "a refund inside a charge cannot be read: expected an amount in minor units at refunds.data.0.amount, found a text of 4 characters",
    })
  })

  it("skips refunds that are only ids, and takes the total for what they amount to", () => {
    const ids = { refunds: { object: "list", data: ["rfnd_test_1", "rfnd_test_2"] } }
    expect(eventsOf({ ...CARD, ...ids, refunded_amount: 30_000 }).slice(2)).toEqual([total(30_000)])
    expect(eventsOf({ ...CARD, ...ids, refunded_amount: 30_000, voided: true }).slice(2)).toEqual([total(30_000)])
    expect(tagsOf({ ...CARD, ...ids })).toEqual(["PaymentCreated", "PaymentPaid"])
  })

  it("cannot read a refund that names no charge", () => {
    expect(partOf({ ...refund, charge: null })).toEqual({
      _tag: "Unreadable",
      reason: "a refund cannot be read: expected the id of a charge at charge, found null",
    })
  })
})

describe("disputes", () => {
  const dispute = {
    object: "dispute",
    id: "dspt_test_1",
    livemode: false,
    amount: 100_000,
    currency: "THB",
    charge: "chrg_test_5card",
  }
  const chargeback = {
    _tag: "PaymentRefunded",
    refund: { _tag: "Chargeback", id: "dspt_test_1", amount: 100_000, currency: "THB" },
    refundedAt: "2025-06-01T00:00:00.000Z",
  }

  it("reads a lost one as a chargeback, alone, inside an event and inside its charge", () => {
    const lost = { ...dispute, status: "lost", closed_at: "2025-06-01T00:00:00Z" }
    expect(eventsOf(lost)[1]).toEqual(chargeback)
    expect(eventsOf({ object: "event", key: "dispute.close", data: lost })[1]).toEqual(chargeback)
    expect(eventsOf({ ...CARD, dispute: lost })[2]).toEqual(chargeback)
  })

  it.each(["open", "pending", "won", "accepted_by_tomorrow"])("ignores one that is %s, and says so", status => {
    expect(partOf({ ...dispute, status })).toEqual({
      _tag: "Ignored",
      reason: `a dispute in the status “${status}” has taken no money back; only a lost one does`,
    })
    expect(tagsOf({ ...CARD, dispute: { ...dispute, status } })).toEqual(["PaymentCreated", "PaymentPaid"])
  })

  it("reads a charge whose dispute is only an id", () => {
    expect(tagsOf({ ...CARD, dispute: "dspt_test_1" })).toEqual(["PaymentCreated", "PaymentPaid"])
  })
})
