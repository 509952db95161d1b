import { Schema } from "effect"

/** Another log, or an inbox of its own, stands where a file is to be imported. Nothing was changed. */
export class LogNotEmpty extends Schema.TaggedError<LogNotEmpty>()("LogNotEmpty", {
  merchant: Schema.String,
  events: Schema.Int,
  deliveries: Schema.Int,
}) {
  override get message(): string {
    return `${this.merchant} has another log already, of ${this.events} events and ${this.deliveries} deliveries`
  }

  get advice(): string {
    return "Nothing was changed. Import into a database where the merchant has none: PAYFOLD_DATABASE_URL=pglite:<new folder>."
  }
}
