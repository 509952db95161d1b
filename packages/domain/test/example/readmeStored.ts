import assert from "node:assert/strict"
import { decodeEvent, encodeEvent, NewerEvent } from "@payfold/domain"
import { paidEvent } from "@payfold/domain/testing"
import { Result } from "effect"

const stored = encodeEvent(paidEvent())
assert.equal(stored, '{"_tag":"PaymentPaid","schemaVersion":1,"adapter":{"name":"example","version":1}}')
assert.deepEqual(Result.getOrThrow(decodeEvent(stored)), paidEvent())

// An event of a newer Payfold stops, and is never skipped.
const newer = decodeEvent(stored.replace('"schemaVersion":1', '"schemaVersion":2'))
assert.ok(Result.isFailure(newer) && newer.failure instanceof NewerEvent)
