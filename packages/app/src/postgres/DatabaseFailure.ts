import { Schema } from "effect"

/**
 * The database did not do what was asked: it is away, it is busy, it refused.
 *
 * `sqlState` is PostgreSQL's five characters, or null when the server never answered. `retryable` means the same statement may succeed
 * a moment later; whether it took effect the first time is not known, so only what can be repeated safely may be retried.
 * The server's `detail` is left out on purpose: it quotes row values.
 */
export class DatabaseFailure extends Schema.TaggedError<DatabaseFailure>()("DatabaseFailure", {
  operation: Schema.String,
  sqlState: Schema.NullOr(Schema.String),
  constraint: Schema.NullOr(Schema.String),
  reason: Schema.String,
  retryable: Schema.Boolean,
}) {
  override get message(): string {
    return `${this.operation}: ${this.reason}${this.sqlState === null ? "" : ` (SQLSTATE ${this.sqlState})`}`
  }

  /** What is safe, and what an operator does. Every step of Payfold's work is one transaction, so the failed one left nothing. */
  get advice(): string {
    const doing = this.sqlState === null ? adviceWithoutState(this) : adviceByState(this.sqlState)
    return `What was committed before stays; of this step nothing was kept. ${doing}`
  }
}

const AGAIN = "Run the same command again"

/** By SQLSTATE, the longer prefix first. Source: PostgreSQL 18 manual, appendix A, error codes (read 2026-11-20). */
const ADVICE: ReadonlyArray<readonly [prefix: string, advice: string]> = [
  ["28", "Check the user and the password in PAYFOLD_DATABASE_URL, and the server's pg_hba.conf."],
  ["3D000", "Create the database, or name another one in PAYFOLD_DATABASE_URL, and run: payfold migrate."],
  ["42501", "The role lacks a right for this: use one that has it (docs/event-log.md lists the roles)."],
  ["25006", "The server only reads, as a standby does: name the primary in PAYFOLD_DATABASE_URL."],
  [
    "57014",
    `The statement took longer than it may. ${AGAIN}; when it happens again, look for what holds the server back.`,
  ],
  ["25P03", `The session stood still for too long. ${AGAIN}.`],
  ["55P03", `Somebody else holds a lock for too long. ${AGAIN} when they are done.`],
  ["57P", `The server is starting or going down. ${AGAIN} when it is up.`],
  ["53100", `The disk is full: make room, never by deleting files of the database. ${AGAIN} then.`],
  ["53", `The server is short of connections or memory. ${AGAIN} when it has some.`],
  ["58", "The server met an error of its disk: look into its log before anything else is written."],
  ["XX", "The database found itself damaged: copy it as it is, look into its log, and compare with a backup."],
  ["08", `The connection was lost. ${AGAIN}.`],
  ["40", `Another writer came in between. ${AGAIN}.`],
  ["42P01", "A table is missing: payfold status says what this database is; payfold migrate makes what is missing."],
]

function adviceByState(sqlState: string): string {
  return ADVICE.find(([prefix]) => sqlState.startsWith(prefix))?.[1] ?? `${AGAIN} with --debug, which says more.`
}

function adviceWithoutState({ retryable, reason }: DatabaseFailure): string {
  if (/ENOSPC|no space left/i.test(reason)) return `The disk is full: make room. ${AGAIN} then.`
  if (/EROFS|EACCES|EPERM/.test(reason))
    return "The folder cannot be written to: give this user the right, or use another folder."
  if (/ENOTFOUND|EAI_AGAIN/.test(reason)) return "The server's name is not known: check PAYFOLD_DATABASE_URL."
  return retryable
    ? `The server did not answer: check that it runs and that PAYFOLD_DATABASE_URL names it. ${AGAIN} then.`
    : `${AGAIN} with --debug, which says more.`
}
