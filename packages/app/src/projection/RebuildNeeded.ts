import { Schema } from "effect"

/** The view was made by another version of the code that derives it, or with other settings: it must be rebuilt, not carried on. */
export class RebuildNeeded extends Schema.TaggedError<RebuildNeeded>()("RebuildNeeded", {
  projection: Schema.String,
  found: Schema.String,
  expected: Schema.String,
}) {
  override get message(): string {
    return `The view ${this.projection} was made with ${this.found}, it must be made with ${this.expected}. Run: payfold rebuild ${this.projection}`
  }

  get advice(): string {
    return "The log is whole and goes on; only this view stands still until then."
  }
}
