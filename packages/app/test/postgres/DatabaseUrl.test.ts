import { resolve } from "node:path"
import { Redacted, Result } from "effect"
import { describe, expect, test } from "vitest"
import { databaseUrlFromText } from "../../src/postgres/DatabaseUrl.ts"

describe("a database address", () => {
  test("names a PostgreSQL server, and does not show its password", () => {
    for (const text of ["postgres://u:secret@h:5432/d?sslmode=require", "postgresql://localhost/d"]) {
      const url = Result.getOrThrow(databaseUrlFromText(text))
      expect(url._tag === "Postgres" && Redacted.value(url.url)).toBe(text)
      expect(JSON.stringify(url)).not.toContain("secret")
    }
  })

  test("names a folder, from the working folder on", () => {
    expect(databaseUrlFromText("pglite:data/log")).toEqual(
      Result.succeed({ _tag: "PGlite", folder: resolve("data/log") }),
    )
  })

  test("names the memory", () => {
    expect(databaseUrlFromText("memory:")).toEqual(Result.succeed({ _tag: "Memory" }))
  })

  test("is the folder .payfold when nobody says anything", () => {
    expect(databaseUrlFromText()).toEqual(Result.succeed({ _tag: "PGlite", folder: resolve(".payfold") }))
  })

  const unknown = [
    "",
    "pglite:",
    "pglite: ",
    "memory",
    "memory:x",
    "sqlite:x",
    "postgres:/x",
    "postgres://h:port/d",
    "/var/x",
  ]
  for (const text of unknown) {
    test(`refuses ${JSON.stringify(text)}, and says what was found and what is expected`, () => {
      const refusal = Result.getOrThrow(Result.flip(databaseUrlFromText(text)))
      expect(refusal._tag).toBe("DatabaseUrlRefused")
      expect(refusal.message).toContain(JSON.stringify(text))
      expect(refusal.message).toContain("pglite:<folder>")
    })
  }

  test("never shows a password in a refusal", () => {
    for (const text of [
      "mysql://u:secret@h/d",
      "postgress://u:a@secret@h/d",
      "mysql://h/d?user=u&password=secret&x=1",
    ]) {
      const refusal = Result.getOrThrow(Result.flip(databaseUrlFromText(text)))
      expect(refusal.message).not.toContain("secret")
      expect(refusal.message).toContain("***")
    }
  })
})
