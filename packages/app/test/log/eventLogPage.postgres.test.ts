import { readFileSync } from "node:fs"
import { join } from "node:path"
import { decodeEvent } from "@payfold/domain"
import { Effect, Result } from "effect"
import { expect, inject, test } from "vitest"
import { createDatabase } from "../describeEachEngine.ts"
import { appendAndFollow } from "./tailing.ts"

const page = readFileSync(join(import.meta.dirname, "../../../../docs/event-log.md"), "utf8")
const example = readFileSync(join(import.meta.dirname, "tailing.ts"), "utf8")

test("the page on the event log shows an example that runs, as it is", async () => {
  expect(page).toContain(`\`\`\`ts\n${example}\`\`\``)
  const url = await createDatabase(inject("postgresTemplate"))
  const { appended, next } = await Effect.runPromise(appendAndFollow(url, 0))
  expect(appended).toEqual({ firstPosition: 1, lastPosition: 1 })
  expect(next).toMatchObject([{ position: 1, payment: "omise:chrg_1", version: 1, correlation: "ticket 4711" }])
  expect(Result.isSuccess(decodeEvent(next[0]?.data ?? ""))).toBe(true)
})

test("the page on the event log names every field of the envelope", () => {
  const envelope = readFileSync(join(import.meta.dirname, "../../src/log/EncodedEvent.ts"), "utf8")
  const fields = [...envelope.matchAll(/^ {2}readonly (\w+):/gm)].map(([, field]) => field)
  expect(fields).toHaveLength(11)
  for (const field of fields) expect(page).toContain(`| \`${field}\` |`)
})
