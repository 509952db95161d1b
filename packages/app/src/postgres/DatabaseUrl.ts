import { resolve } from "node:path"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Where the events live. `folder` is absolute; the PostgreSQL address may hold a password and is redacted for that. */
export type DatabaseUrl =
  | { readonly _tag: "Postgres"; readonly url: Redacted.Redacted<string> }
  | { readonly _tag: "PGlite"; readonly folder: string }
  | { readonly _tag: "Memory" }

/** What is used when nobody says anything: a folder beside the caller's work, nothing to install. */
export const defaultDatabaseUrl = "pglite:.payfold"

const expected = "postgres://user@host/database, postgresql://…, pglite:<folder> or memory:"

/** The text names no database we can open. `found` never shows a password. */
export class DatabaseUrlRefused extends Schema.TaggedError<DatabaseUrlRefused>()("DatabaseUrlRefused", {
  found: Schema.String,
  expected: Schema.String,
}) {
  override get message(): string {
    return `The database address ${JSON.stringify(this.found)} is not one of: ${this.expected}`
  }

  get advice(): string {
    return "Nothing was opened. Set PAYFOLD_DATABASE_URL to one of these, or leave it out for the folder .payfold."
  }
}

/** Reads a database address, as `PAYFOLD_DATABASE_URL` holds it. A relative folder is taken from the working folder. */
export const databaseUrlFromText = (
  text: string = defaultDatabaseUrl,
): Result.Result<DatabaseUrl, DatabaseUrlRefused> => {
  const refused = () => Result.fail(new DatabaseUrlRefused({ found: withoutPassword(text), expected }))
  if (text === "memory:") return Result.succeed({ _tag: "Memory" })
  if (text.startsWith("pglite:")) {
    const folder = text.slice("pglite:".length)
    return folder.trim() === "" || folder.includes("\0")
      ? refused()
      : Result.succeed({ _tag: "PGlite", folder: resolve(folder) })
  }
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
    ? Result.succeed({ _tag: "Postgres", url: Redacted.make(text) })
    : refused()
}

/** The address with `***` for its password, wherever an address may carry one: before the `@`, or as a parameter. */
export const withoutPassword = (text: string): string =>
  text.replace(/(\/\/[^:/?#]*):.*@/, "$1:***@").replace(/([?&](?:ssl)?password=)[^&#]*/gi, "$1***")
