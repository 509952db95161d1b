/** One append must fit into one statement that is quick; more is refused. */
export const appendLimits = { events: 10_000, bytes: 16 * 1024 * 1024 } as const

/**
 * One statement of a group commit. Beyond about a hundred appends a statement gains nothing more (tried), and the counter row is
 * locked while it runs. An append larger than these bounds travels alone.
 */
export const statementLimits = { appends: 100, events: 2_000, bytes: 4 * 1024 * 1024 } as const

/** Appends that wait for their statement; beyond, the writers wait. */
export const queueLimit = 1_000
