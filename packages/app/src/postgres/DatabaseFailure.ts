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
}
