/** One append must fit into one statement that is quick; more is refused. */
export const appendLimits = { events: 10_000, bytes: 16 * 1024 * 1024 } as const

/**
 * One statement of a group commit, the counter row locked while it runs, and how many of them are under way at a time. With 256 writers two statements of 128
 * carry half as much again as one of 256; more under way carry no more (measured). An append larger than these bounds travels alone.
 */
export const statementLimits = { underWay: 2, appends: 128, events: 2_000, bytes: 4 * 1024 * 1024 } as const

/** Appends that wait for their statement; beyond, the writers wait. */
export const queueLimit = 1_000
