import { toMoney } from "@payfold/domain"
import { Anything } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import { outcomeOf } from "./charge/outcome.ts"
import { Charge } from "./wire/Charge.ts"
import { Text } from "./wire/Text.ts"

/** What a delivery said otherwise than the charge says now. A status may simply have moved on since. */
export type Difference = "status" | "amount" | "currency" | "mode"

const Named = Schema.Struct({ object: Text, id: Text, data: Anything, charge: Anything })
const decodeNamed = Schema.decodeUnknownResult(Named)
const decodeCharge = Schema.decodeUnknownResult(Charge)

/** The id of the charge that a delivery is about: its own, or that of its refund or dispute. */
export function chargeIdOf(body: unknown): string | undefined {
  const said = insideEvent(body)
  if (said === undefined) return undefined
  if (said.object === "charge") return said.id
  if (said.object !== "refund" && said.object !== "dispute") return undefined
  return typeof said.charge === "string" ? said.charge : named(said.charge)?.id
}

/** Empty where the delivery shows no charge, for then it claims nothing of one. */
export function differences(body: unknown, retrieved: Charge): ReadonlyArray<Difference> {
  const delivered = decodeCharge(named(body)?.object === "event" ? named(body)?.data : body)
  if (Result.isFailure(delivered)) return []
  const [said, is] = [delivered.success, retrieved]
  const same: Readonly<Record<Difference, boolean>> = {
    status: outcomeOf(said)?._tag === outcomeOf(is)?._tag,
    amount: said.amount === is.amount,
    currency: toMoney(1, said.currency)?.currency === toMoney(1, is.currency)?.currency,
    mode: said.livemode === is.livemode,
  }
  return (["status", "amount", "currency", "mode"] as const).filter(field => !same[field])
}

function insideEvent(body: unknown): typeof Named.Type | undefined {
  const outer = named(body)
  return outer?.object === "event" ? named(outer.data) : outer
}

function named(value: unknown): typeof Named.Type | undefined {
  return Result.getOrUndefined(decodeNamed(value))
}
