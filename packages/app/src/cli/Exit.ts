import * as Data from "effect/Data"

/** Something was wrong and has been said already: exit 1 without another word. */
export class SomethingWrong extends Data.TaggedError("SomethingWrong") {}

/** The command cannot be meant so: one line for people, exit 2. */
export class WrongUsage extends Data.TaggedError("WrongUsage")<{ readonly message: string }> {}

/** Where output was to go cannot be written. */
export class OutputRefused extends Data.TaggedError("OutputRefused")<{
  readonly output: string
  readonly reason: string
}> {
  override get message(): string {
    return `${this.output} cannot be written: ${this.reason}`
  }

  get advice(): string {
    return "Nothing was changed, and no unfinished file is left. Run the same command again with another --out."
  }
}
