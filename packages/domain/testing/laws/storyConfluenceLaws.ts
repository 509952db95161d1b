import fc from "fast-check"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import type { Deliveries } from "../deliveries/Deliveries.ts"
import { impliedBy, type Translator } from "../deliveries/impliedBy.ts"
import { scripts } from "../deliveries/Script.ts"
import type { Snapshot, Story } from "../deliveries/Story.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { recordAll } from "../record.ts"
import { sameState } from "../sameState.ts"
import { brokenOrder } from "./brokenOrder.ts"

/** At most this many different bodies of a story meet in every order: 2^7 states are looked at, which stand for all 5,040 orders. */
const MAXIMUM_BODIES = 7

/** Law 2 on what a provider's bodies imply. */
export function storyConfluenceLaws(
  provider: Translator,
  { stories, settings }: Deliveries,
  model: PaymentModel = PAYMENT_MODEL,
): ReadonlyArray<Law> {
  const implied = ({ truth }: Story, snapshots: ReadonlyArray<Snapshot>) =>
    snapshots.map(({ body }) => impliedBy(provider, body, truth.payment, settings))
  return [
    lawOf(
      "2 confluence: every order of a story",
      "On every state that some of a story's bodies reach, deliveries commute and absorb",
      fc.property(scripts(stories), script => {
        // What arrived first is looked at first, so that each body of a long story has its turn.
        const bodies = [...new Set([...script.delivered, ...script.story.snapshots])].slice(0, MAXIMUM_BODIES)
        const deliveries = implied(script.story, bodies)
        return brokenOrder(model, deliveries) === undefined
      }),
      { cost: 4 },
    ),
    lawOf(
      "2 confluence: late, twice and overtaken",
      "What arrived ends as if each body had come once, in the order it was sent",
      fc.property(scripts(stories), script => {
        const inOrder = script.story.snapshots.filter(snapshot => script.delivered.includes(snapshot))
        const once = implied(script.story, inOrder)
        return sameState(
          recordAll(model, UNKNOWN_PAYMENT, implied(script.story, script.delivered)),
          recordAll(model, UNKNOWN_PAYMENT, once),
        )
      }),
    ),
  ]
}
