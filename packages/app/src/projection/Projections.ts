import { Context } from "effect"
import { dailyTotals } from "./dailyTotals.ts"
import { discrepancies } from "./discrepancies.ts"
import { due } from "./due.ts"
import { orders } from "./orders.ts"
import type { Projection } from "./Projection.ts"
import { payments } from "./payments.ts"

/** Every view that comes with Payfold. */
export const SHIPPED_PROJECTIONS: ReadonlyArray<Projection> = [payments, due, dailyTotals, discrepancies, orders]

/**
 * The projections in use. A service with views of its own provides another list; the shipped ones are the default. Two versions of one projection may
 * stand here together: the older one keeps the build it made up to date.
 */
export const Projections = Context.Reference<ReadonlyArray<Projection>>("@payfold/app/projection/Projections", {
  defaultValue: () => SHIPPED_PROJECTIONS,
})
