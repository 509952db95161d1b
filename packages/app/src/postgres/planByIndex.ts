/**
 * Said once on every connection. A log or an inbox that grew since its last ANALYZE looks small to the planner: of all that is left of it it would make a bitmap,
 * fetch it whole and sort it, for every batch. Along the index a batch costs what is in it.
 */
export const PLAN_BY_INDEX = "set enable_bitmapscan = off"
