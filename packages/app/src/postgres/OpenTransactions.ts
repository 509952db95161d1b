import { Context } from "effect"
import type { Transaction } from "./Transaction.ts"

/**
 * The databases, by their identity, in which the running fiber has a transaction open. A reference, so that forked fibers inherit it:
 * a child that takes the outer handle would hang just the same.
 */
export const OpenTransactions = Context.Reference<ReadonlyMap<symbol, Transaction["Service"]>>(
  "@payfold/app/postgres/OpenTransactions",
  { defaultValue: () => new Map() },
)
