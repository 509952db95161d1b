/** One append must fit into one statement that is quick; more is refused. */
export const appendLimits = { events: 10_000, bytes: 16 * 1024 * 1024 } as const

/**
 * One statement of a group commit, and the counter row is locked while it runs. With 256 writers, 256 appends a statement carry a sixth more than 100
 * (measured). An append larger than these bounds travels alone.
 */
export const statementLimits = { appends: 256, events: 2_000, bytes: 4 * 1024 * 1024 } as const

/** Appends that wait for their statement; beyond, the writers wait. */
export const queueLimit = 1_000
