import { Result, Schema } from "effect"

/** Input that the provider's documentation rules out: nothing was sent. It names the field and the rule, never the value: that may be a person's. */
export class Refusal extends Schema.TaggedError<Refusal>()("Refusal", {
  field: Schema.String,
  rule: Schema.String,
  /** Where the rule is written, with the date read. */
  source: Schema.String,
}) {
  override get message(): string {
    return `${this.field}: ${this.rule} (${this.source})`
  }
}

/** A rule that a field must keep. */
export interface Rule {
  readonly isKept: boolean
  readonly field: string
  readonly rule: string
  readonly source: string
}

/** The value where every rule is kept, else the first that is not. */
export function keeping<Value>(rules: ReadonlyArray<Rule>, value: () => Value): Result.Result<Value, Refusal> {
  const broken = rules.find(({ isKept }) => !isKept)
  if (broken === undefined) return Result.succeed(value())
  const { field, rule, source } = broken
  return Result.fail(new Refusal({ field, rule, source }))
}
