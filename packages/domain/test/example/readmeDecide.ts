import assert from "node:assert/strict"
import { decide, fold, type PaymentEvent, toPayment } from "@payfold/domain"
import { createdEvent, money, paidEvent } from "@payfold/domain/testing"

// What two deliveries imply, each from the beginning: `charge.complete` overtook `charge.create`.
const complete = [createdEvent({ requested: money(1_500, "JPY") }), paidEvent({ received: money(1_500, "JPY") })]
const create = [createdEvent({ requested: money(1_500, "JPY") })]

const log: Array<PaymentEvent> = []
for (const implied of [complete, create, complete]) log.push(...decide(fold(log), implied))

// Nothing was lost, nothing was recorded twice.
assert.deepEqual(log, complete)
assert.equal(toPayment(fold(log)).status, "paid")
