import { Effect } from "effect"
import { type RetranslatedPayment, type RetranslateStep, retranslate } from "../../inbox/retranslate.ts"
import { catchUpAll } from "../../projection/project.ts"
import { counted, printJson, printLine, styled } from "../print.ts"
import { progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { withDatabase } from "../withDatabase.ts"

const STOPPED =
  "Each payment is recorded whole or not at all; those done so far stay. Run the same command again: what is recorded changes nothing twice."

interface Flags {
  readonly diff: boolean
  readonly merchant: string
  readonly json: boolean
}

export const inboxRetranslateAction = Effect.fn("inbox retranslate")(function* ({ diff, merchant, json }: Flags) {
  const translating = progressOf("translate", "deliveries", json)
  const comparing = progressOf("compare", "payments", json)
  const end = Effect.sync(() => {
    translating.end()
    comparing.end()
  })
  const print = (payment: RetranslatedPayment) => {
    comparing.clear()
    if (json) printJson(payment)
    else printLine(retranslatedText(payment))
  }
  const onStep = ({ deliveries, payments }: RetranslateStep) => {
    if (payments === 0) translating.report(deliveries, undefined)
    else comparing.report(payments, undefined)
  }
  const changed = yield* withDatabase(
    Effect.tap(retranslate(merchant, diff ? "show" : "record", print, onStep).pipe(Effect.ensuring(end)), () =>
      catchUpAll(merchant),
    ),
  ).pipe(stoppable(STOPPED))
  if (!json) printLine(`${counted(changed, "payment", "payments")} ${diff ? "would change" : "changed"}`)
})

function retranslatedText({ payment, added, withdrawn }: RetranslatedPayment): string {
  return [
    styled("bold", payment),
    ...withdrawn.map(({ version, event }) => styled("red", `  - ${version} ${JSON.stringify(event)}`)),
    ...added.map(({ event, deliveryId }) => styled("green", `  + ${JSON.stringify(event)} (delivery ${deliveryId})`)),
  ].join("\n")
}
