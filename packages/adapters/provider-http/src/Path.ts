import { Result, Schema } from "effect"

/** An id that matched its provider's grammar and holds nothing that means something in a path. */
export type CheckedId = string & { readonly CheckedId: unique symbol }

/** A path below the base URL, made of fixed text and checked ids only. */
export type Path = string & { readonly Path: unique symbol }

/** An id that may not enter a path. What it was is not repeated: it came from outside. */
export class IdRefused extends Schema.TaggedError<IdRefused>()("IdRefused", {
  provider: Schema.String,
  expected: Schema.String,
}) {
  override get message(): string {
    return `This is not ${this.expected} of ${this.provider}: nothing was sent`
  }
}

const SAFE_IN_A_PATH = /^[A-Za-z0-9_-]{1,128}$/

/** Checks an id against its provider's grammar; `../`, `?` and `%2f` never get through, whatever the grammar says. */
export function checkedId(
  provider: string,
  expected: string,
  grammar: RegExp,
  id: string,
): Result.Result<CheckedId, IdRefused> {
  // The only place that may brand.
  return SAFE_IN_A_PATH.test(id) && grammar.test(id)
    ? Result.succeed(id as CheckedId)
    : Result.fail(new IdRefused({ provider, expected }))
}

/** A path of fixed text and checked ids: path`/charges/${id}/refunds`. */
export function path(fixed: TemplateStringsArray, ...ids: ReadonlyArray<CheckedId>): Path {
  // The only place that may brand: every part is ours or was checked.
  return String.raw({ raw: fixed }, ...ids) as Path
}
