import { Struct } from "effect"
import { FailureCause } from "../FailureCause.ts"
import { Instructions } from "../Instructions.ts"
import { type Leaves, METHOD_LEAVES } from "../PaymentMethod.ts"
import type { Facts } from "./Fact.ts"
import { Fees } from "./PaymentEvent.ts"

/** A field of several leaves, each of which is a fact of its own: `<field>.<leaf>`. */
export interface CompoundField {
  /** Leaves by the names of their facts. */
  readonly named: (leaves: Leaves) => Leaves
  /** Of each leaf that is known, the value that is shown. */
  readonly shown: (facts: Facts) => Leaves
}

export const METHOD = compoundField("method", METHOD_LEAVES)
export const INSTRUCTIONS = compoundField("instructions", Struct.keys(Instructions.fields))
export const FAILURE = compoundField("failure", Struct.keys(FailureCause.fields))
export const FEES = compoundField("fees", Struct.keys(Fees.fields))

/** The names are made once: to put each together and take it apart again for every event was a fifth of folding and showing a payment (measured). */
function compoundField(field: string, leaves: ReadonlyArray<string>): CompoundField {
  const names = new Map(leaves.map(leaf => [leaf, `${field}.${leaf}`]))
  const leafByName = new Map(leaves.map(leaf => [`${field}.${leaf}`, leaf]))
  return {
    named: leaves => {
      const named: Record<string, Leaves[string]> = {}
      for (const leaf in leaves) {
        const name = names.get(leaf)
        const value = leaves[leaf]
        if (name !== undefined && value !== undefined) named[name] = value
      }
      return named
    },
    shown: facts => {
      const shown: Record<string, Leaves[string]> = {}
      for (const name in facts) {
        const leaf = leafByName.get(name)
        const value = facts[name]?.values[0]
        if (leaf !== undefined && value !== undefined) shown[leaf] = value
      }
      return shown
    },
  }
}
