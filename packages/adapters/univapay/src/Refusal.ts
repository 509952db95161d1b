import { Schema } from "effect"

/** A request that UnivaPay would not take, or that would do what nobody means: which field, which rule, and who says so. Nothing was sent. */
export class Refusal extends Schema.TaggedError<Refusal>()("Refusal", {
  field: Schema.String,
  rule: Schema.String,
  source: Schema.String,
}) {
  override get message(): string {
    return `${this.field}: ${this.rule} (${this.source})`
  }
}
