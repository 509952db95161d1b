import { fold, toPayment } from "@payfold/domain"
import { Clock, Effect, Schema } from "effect"
import { isOverdue } from "../../projection/due.ts"
import { merchantNamed } from "../merchantNamed.ts"
import { printJson, printLine } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"
import { occurredAt } from "./occurred.ts"
import { readTimeline, type TimelineEntry } from "./readTimeline.ts"
import { timelineText } from "./timelineText.ts"

/** No event tells of such a payment. */
export class UnknownPayment extends Schema.TaggedError<UnknownPayment>()("UnknownPayment", {
  payment: Schema.String,
  merchant: Schema.String,
}) {
  override get message(): string {
    return `There is no payment ${this.payment} in the log of ${this.merchant}.`
  }

  get advice(): string {
    const form = /^[^:\s]+:\S+$/.test(this.payment) ? "" : "A payment id is <provider>:<charge id>. "
    return `${form}\`payfold payments\` lists those there are, \`payfold inbox --quarantined\` the bodies that could not be read; --merchant names another log.`
  }
}

interface Flags {
  readonly payment: string
  readonly merchant: string
  readonly json: boolean
}

export const showAction = Effect.fn("show")(function* ({ payment, merchant, json }: Flags) {
  const now = new Date(yield* Clock.currentTimeMillis).toISOString()
  yield* withDatabase(
    Effect.gen(function* () {
      const { timeZone } = yield* merchantNamed(merchant)
      const timeline = yield* readTimeline(merchant, payment)
      if (timeline.length === 0) return yield* new UnknownPayment({ payment, merchant })
      if (json) for (const line of timelineJson(payment, timeline, now)) printJson(line)
      else printLine(timelineText(payment, timeline, { timeZone, now }))
    }),
  )
})

function timelineJson(payment: string, timeline: ReadonlyArray<TimelineEntry>, now: string): ReadonlyArray<object> {
  const { instructions, ...state } = toPayment(fold(timeline.map(entry => entry.event)))
  const overdue = isOverdue({ deadline: state.deadline ?? null, status: state.status }, now)
  return [
    { kind: "payment", payment, ...state, instructions, overdue },
    ...timeline.map(({ stored, event, delivery, ...entry }) => ({
      kind: "event",
      version: stored.version,
      position: stored.position,
      recordedAt: stored.recordedAt,
      occurredAt: occurredAt(event) ?? null,
      occurredOrder: entry.occurredOrder ?? null,
      deliveryId: stored.deliveryId,
      delivery: delivery ?? null,
      late: entry.isLate,
      contradicts: entry.contradicts,
      withdrawn: entry.withdrawnBy !== undefined,
      withdrawnBy: entry.withdrawnBy ?? null,
      event,
    })),
  ]
}
