import { known, type PaymentId } from "@payfold/domain"
import type { Snapshot, Story, Truth, WentBack } from "@payfold/domain/testing"
import fc from "fast-check"
import { money } from "./money.ts"
import { fortunes, type Plot, plotOf, type Step } from "./plots.ts"
import type { SimulatedCharge } from "./SimulatedCharge.ts"
import { SHAPES, type Shape, simulatedMethods } from "./SimulatedMethod.ts"
import { chargeBody, disputeBody, instructs, type Look, moment, refundBody } from "./toBody.ts"

/** How one moment of a charge is told. */
interface Telling {
  readonly shape: Shape
  readonly by: "event" | "answer" | "event and answer" | "list" | "search"
  readonly datesEvent: boolean
  readonly expandsDispute: boolean
  readonly listsRefunds: boolean
}

const tellings: fc.Arbitrary<Telling> = fc.record({
  // The oldest is drawn twice as often: few charges can be shown in it.
  shape: fc.constantFrom("2014", ...SHAPES),
  by: fc.constantFrom("event", "event", "event", "answer", "event and answer", "list", "search"),
  datesEvent: fc.integer({ min: 0, max: 7 }).map(chance => chance > 0),
  expandsDispute: fc.boolean(),
  listsRefunds: fc.integer({ min: 0, max: 3 }).map(chance => chance > 0),
})

const ON_TIME: Telling = {
  shape: "2025",
  by: "event",
  datesEvent: true,
  expandsDispute: true,
  listsRefunds: true,
}

const created: fc.Arbitrary<SimulatedCharge> = fc
  .record({
    id: fc.maxSafeNat(),
    livemode: fc.boolean(),
    paidBy: simulatedMethods,
    share: fc.integer({ min: 0, max: 1_000 }),
    asksBank: fc.boolean(),
    orderReference: fc.option(fc.constantFrom("order-1", "order-2"), { nil: undefined }),
  })
  .map(({ id, livemode, paidBy, share, asksBank, orderReference }) => ({
    id: `chrg_${livemode ? "" : "test_"}${id.toString(36).padStart(19, "5")}`,
    livemode,
    paidBy,
    amount: paidBy.minimum + Math.floor(((paidBy.maximum - paidBy.minimum) * share) / 1_000),
    status: "pending" as const,
    authorized: false,
    asksBank: paidBy.word === "card" && asksBank,
    refunds: [],
    voidedBare: false,
    ...known({ orderReference }),
  }))

/** A charge's truth and the bodies Omise would send for it, in shapes of every API version, mixed. */
export const omiseStories: fc.Arbitrary<Story> = fc
  .record({ charge: created, fortune: fortunes, telling: fc.array(tellings, { minLength: 8, maxLength: 8 }) })
  .map(({ charge, fortune, telling }) => toStory(plotOf(charge, fortune), telling))

/** One story by its seed: the same seed, the same story. */
export function omiseStory(seed: number): Story {
  const [story] = fc.sample(omiseStories, { numRuns: 1, seed })
  if (story === undefined) throw new Error("fast-check samples as many as it is asked for")
  return story
}

function toStory(plot: Plot, tellings: ReadonlyArray<Telling>): Story {
  const snapshots = plot.steps.flatMap((step, index) => snapshotsOf(plot, step, index, tellings[index] ?? ON_TIME))
  const [first, ...others] = snapshots
  if (first === undefined) throw new Error("every step of a plot is told")
  return { truth: truthOf(plot), snapshots: [first, ...others] }
}

function truthOf({ steps, status, discrepancies }: Plot): Truth {
  const { charge } = steps[steps.length - 1] ?? steps[0]
  const { currency } = charge.paidBy
  const isReceived = charge.status === "successful"
  const dispute = charge.dispute?.status === "lost" ? charge.dispute : undefined
  const refunds = charge.voidedBare ? [{ id: "void", amount: charge.amount }] : charge.refunds
  const wentBack: ReadonlyArray<WentBack> = [
    ...refunds.map(({ id, amount }) => ({ _tag: "Refund" as const, id, ...money(amount, currency) })),
    ...(dispute === undefined
      ? []
      : [{ _tag: "Chargeback" as const, id: dispute.id, ...money(dispute.amount, currency) }]),
  ]
  return {
    // The id is made of letters, digits and underscores above.
    payment: `omise:${charge.id}` as PaymentId,
    mode: charge.livemode ? "live" : "test",
    method: charge.paidBy.method,
    requested: money(charge.amount, currency),
    status,
    wentBack,
    discrepancies,
    ...known({
      received: isReceived ? money(charge.captured ?? charge.amount, currency) : undefined,
      orderReference: charge.orderReference,
    }),
  }
}

/** The bodies that tell one step. */
function snapshotsOf(plot: Plot, { key, charge }: Step, index: number, telling: Telling): ReadonlyArray<Snapshot> {
  const shape = shapeFor(charge, telling.shape)
  const look: Look = { ...telling, shape }
  const answer: Snapshot = {
    label: `the charge as of ${shape}, ${charge.status}`,
    objects: shownObjects(charge, look),
    body: chargeBody(charge, look),
    instructs: instructs(charge, shape),
    habits: [
      `shape of ${shape}`,
      ...plot.habits,
      ...(telling.listsRefunds || charge.refunds.length === 0 ? [] : ["refunds cut off"]),
    ],
  }
  const subject = subjectOf(key, charge, answer, shape)
  // What a merchant changes is known by the date of its event, so that one event is never left out nor undated.
  const isChange = key === "charge.update"
  const datesEvent = telling.datesEvent || isChange
  const event: Snapshot = {
    ...subject,
    label: `${key}: ${subject.label}`,
    body: eventBody(key, index, subject.body, charge.livemode, shape, datesEvent),
    habits: [...subject.habits, ...(datesEvent ? [] : ["envelope without a time"])],
  }
  const { by } = telling
  // A refund's or a dispute's own event is always sent; that of the last step leaves the last word on the charge to an answer.
  if (subject !== answer) return by === "event" && index < plot.steps.length - 1 ? [event] : [event, answer]
  if (by === "event and answer") return [event, answer]
  if (by === "event" || isChange) return [event]
  if (by === "answer") return [answer]
  const list = { object: by, total: 1, data: [answer.body] }
  return [{ ...answer, label: `a ${by} with ${answer.label}`, body: list, habits: [...answer.habits, by] }]
}

/** What an event of this key shows: the refund or dispute it is about, else the charge. */
function subjectOf(key: string, charge: SimulatedCharge, answer: Snapshot, shape: Shape): Snapshot {
  const refund = charge.refunds[charge.refunds.length - 1]
  const shown = { instructs: false, habits: [`shape of ${shape}`] }
  if (key === "refund.create" && refund !== undefined) {
    return { ...shown, label: "the refund", objects: [`refund ${refund.id}`], body: refundBody(charge, refund, shape) }
  }
  if (key.startsWith("dispute.") && charge.dispute !== undefined) {
    const { dispute } = charge
    const label = `the dispute, ${dispute.status}`
    return { ...shown, label, objects: [`dispute ${dispute.id}`], body: disputeBody(charge, dispute, shape) }
  }
  return answer
}

function shownObjects({ dispute }: SimulatedCharge, { expandsDispute }: Look): Snapshot["objects"] {
  return dispute !== undefined && expandsDispute ? ["charge", `dispute ${dispute.id}`] : ["charge"]
}

function eventBody(
  key: string,
  index: number,
  data: unknown,
  livemode: boolean,
  shape: Shape,
  isDated: boolean,
): unknown {
  const created = shape === "2019" || shape === "2025" ? "created_at" : "created"
  return {
    object: "event",
    id: `evnt_${livemode ? "" : "test_"}${index}`,
    livemode,
    key,
    ...(isDated ? { [created]: moment(100 * index, shape) } : {}),
    data,
    webhook_deliveries: [],
  }
}

/**
 * A method is shown from the shape that introduced it on; what only later shapes can tell (metadata, a bank's page, a bare void, a partial capture) is
 * told in one of those.
 */
function shapeFor(charge: SimulatedCharge, drawn: Shape): Shape {
  const least: ReadonlyArray<Shape> = [
    drawn,
    charge.paidBy.since,
    ...(charge.asksBank || charge.orderReference !== undefined ? (["2015"] as const) : []),
    ...(charge.voidedBare ? (["2019"] as const) : []),
    ...(charge.captured !== undefined ? (["2025"] as const) : []),
  ]
  return SHAPES[Math.max(...least.map(shape => SHAPES.indexOf(shape)))] ?? drawn
}
