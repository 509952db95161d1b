import { fold, type PaymentEvent, type PaymentProvider, type PaymentState, toPayment } from "@payfold/domain"
import { omise } from "@payfold/omise"
import { Effect } from "effect"
import { expect } from "vitest"
import { ingest } from "../../src/inbox/ingest.ts"
import { Providers } from "../../src/inbox/Providers.ts"
import { prune } from "../../src/inbox/prune.ts"
import { retranslate } from "../../src/inbox/retranslate.ts"
import { retry } from "../../src/inbox/retry.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { eventsOf, paymentStreams } from "../../src/log/paymentStreams.ts"
import { Database } from "../../src/postgres/Database.ts"
import { payments } from "../../src/projection/payments.ts"
import { catchUp } from "../../src/projection/project.ts"
import { verifyViews } from "../../src/replay/verifyViews.ts"
import { body, KONBINI, konbiniPaid, konbiniWaits } from "../bodies.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

/** The Omise adapter in another version, whose reading of a charge is `change`. */
function omiseVersion(version: number, change: (event: PaymentEvent) => ReadonlyArray<PaymentEvent>): PaymentProvider {
  return {
    ...omise,
    version,
    translate: (json, settings) => {
      const [first, ...rest] = omise.translate(json, settings).map(part =>
        part._tag === "Implied"
          ? {
              ...part,
              events: part.events.flatMap(change).map(event => ({ ...event, adapter: { name: "omise", version } })),
            }
          : part,
      )
      return first === undefined ? [{ _tag: "Ignored", reason: "nothing" }] : [first, ...rest]
    },
  }
}

const asBefore = omiseVersion(1, event => [event])
/** Reads the order reference otherwise, and no longer believes what it believed of the deadline. */
const upgraded = omiseVersion(2, event => {
  if (event._tag === "PaymentCreated") return [{ ...event, orderReference: { value: "order-1" } }]
  if (event._tag !== "PaymentAwaiting") return [event]
  const { deadline: _, ...withoutDeadline } = event
  return [withoutDeadline]
})
const unchanged = omiseVersion(2, event => [event])

const withAdapter =
  (provider: PaymentProvider) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provideService(effect, Providers, [provider])

const stateOf = Effect.gen(function* (): Effect.gen.Return<PaymentState, unknown, Database | EventLog> {
  const { merchant } = yield* EventLog
  const database = yield* Database
  const streams = yield* paymentStreams(database.read, merchant, [KONBINI], Number.MAX_SAFE_INTEGER)
  return fold(eventsOf(streams.get(KONBINI) ?? []))
})

const ingestBoth = Effect.gen(function* () {
  const { merchant } = yield* EventLog
  yield* ingest(merchant, "omise", [body(konbiniWaits), body(konbiniPaid)]).pipe(withAdapter(asBefore))
  return merchant
})

describeEachEngine("retranslating", ({ test }) => {
  test("records nothing when the new adapter reads everything as before", () =>
    Effect.gen(function* () {
      const merchant = yield* ingestBoth
      expect(yield* retranslate(merchant, "record").pipe(withAdapter(unchanged))).toBe(0)
    }))

  test("appends what is new, withdraws what is no longer implied, and shows each before it is recorded", () =>
    Effect.gen(function* () {
      const merchant = yield* ingestBoth
      const log = yield* EventLog
      const before = (yield* log.head).position
      const shown: Array<string> = []
      yield* retranslate(merchant, "show", payment => shown.push(payment.payment)).pipe(withAdapter(upgraded))
      expect(shown).toEqual([KONBINI])
      expect((yield* log.head).position).toBe(before)

      expect(yield* retranslate(merchant, "record").pipe(withAdapter(upgraded))).toBe(1)
      const payment = toPayment(yield* stateOf)
      expect(payment).toMatchObject({ status: "paid", orderReference: "order-1", discrepancies: [] })
      expect(payment.deadline).toBeUndefined()
      const stored = yield* log.readPayment(KONBINI)
      expect(stored.some(event => event.type === "FactsWithdrawn")).toBe(true)
    }))

  test("changes nothing the second time, and restores the old state when the old adapter comes back", () =>
    Effect.gen(function* () {
      const merchant = yield* ingestBoth
      const original = yield* stateOf
      yield* retranslate(merchant, "record").pipe(withAdapter(upgraded))
      expect(yield* retranslate(merchant, "record").pipe(withAdapter(upgraded))).toBe(0)
      yield* retranslate(merchant, "record").pipe(withAdapter(asBefore))
      expect(yield* stateOf).toEqual(original)
      yield* catchUp(merchant, payments)
      expect(yield* verifyViews(merchant)).toMatchObject({ payments: 1, difference: undefined })
    }))

  test("leaves the facts of pruned deliveries as they are, and still knows their bodies", () =>
    Effect.gen(function* () {
      const merchant = yield* ingestBoth
      const original = yield* stateOf
      expect(yield* prune(merchant, "2999-01-01T00:00:00.000Z")).toBe(2)
      expect(yield* prune(merchant, "2999-01-01T00:00:00.000Z")).toBe(0)
      expect(yield* retranslate(merchant, "record").pipe(withAdapter(upgraded))).toBe(0)
      const [again] = yield* ingest(merchant, "omise", [body(konbiniPaid)]).pipe(withAdapter(asBefore))
      expect(again).toMatchObject({ timesReceived: 2, events: [] })
      expect(yield* stateOf).toEqual(original)
    }))

  test("prunes nothing that waits in quarantine, and records it once an adapter can read it", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const blind: PaymentProvider = { ...omise, translate: () => [{ _tag: "Unreadable", reason: "cannot read" }] }
      yield* ingest(merchant, "omise", [body(konbiniWaits)]).pipe(withAdapter(blind))
      expect(yield* prune(merchant, "2999-01-01T00:00:00.000Z")).toBe(0)
      expect(yield* retry(merchant, "all").pipe(withAdapter(blind))).toEqual({ retried: 1, quarantined: 1 })
      expect(yield* retry(merchant, "all").pipe(withAdapter(asBefore))).toEqual({ retried: 1, quarantined: 0 })
      expect(yield* retry(merchant, "all").pipe(withAdapter(asBefore))).toEqual({ retried: 0, quarantined: 0 })
      expect((yield* stateOf).seen.awaiting).toBe(true)
    }))

  test("quarantines a body on which an adapter throws, and goes on with the next", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const broken: PaymentProvider = {
        ...omise,
        translate: (json, settings) => {
          if (JSON.stringify(json).includes("chrg_bad")) throw new TypeError("of our own making")
          return omise.translate(json, settings)
        },
      }
      const outcomes = yield* ingest(merchant, "omise", [
        body({ ...konbiniWaits, id: "chrg_bad" }),
        body(konbiniWaits),
      ]).pipe(withAdapter(broken))
      expect(outcomes.map(outcome => outcome.state)).toEqual(["quarantined", "recorded"])
      expect(outcomes[0]?.reason).toContain("TypeError")
    }))
})
