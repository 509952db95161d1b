import { createHash } from "node:crypto"
import { Effect, ManagedRuntime, Stream } from "effect"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { drain } from "../../src/inbox/drain.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { readHead } from "../../src/log/readHead.ts"
import { verifyLog } from "../../src/log/verifyLog.ts"
import { addMerchant, listMerchants } from "../../src/merchant/Merchant.ts"
import { Database } from "../../src/postgres/Database.ts"
import { catchUpAll } from "../../src/projection/project.ts"
import { beginReaction } from "../../src/reaction/collectTransitions.ts"
import { verifyViews } from "../../src/replay/verifyViews.ts"
import { exportLog } from "../../src/transfer/exportLog.ts"
import { Chance } from "../../testing/laws/Chance.ts"
import { body, KONBINI, konbiniPaid, konbiniWaits } from "../bodies.ts"
import { newDatabase } from "../describeEachEngine.ts"
import { appendWithKey, dumped, exported, fillShop, importText, SHOP, storedRows } from "./transferring.ts"

type Runtime = ManagedRuntime.ManagedRuntime<Database, unknown>
const opened: Array<Runtime> = []
const open = async (engine: "pglite" | "postgres"): Promise<Runtime> => {
  const runtime = ManagedRuntime.make(await newDatabase(engine, "migrated"))
  opened.push(runtime)
  return runtime
}

let source: Runtime
let target: Runtime
let file: string
beforeAll(async () => {
  source = await open("pglite")
  target = await open("postgres")
  await source.runPromise(fillShop)
  file = await source.runPromise(exported())
}, 60_000)
afterAll(() => Promise.all(opened.map(runtime => runtime.dispose())))

const verified = Effect.gen(function* () {
  const log = yield* verifyLog(yield* Database, SHOP)
  return { log: log._tag, difference: (yield* verifyViews(SHOP)).difference }
})
const SOUND = { log: "LogSound", difference: undefined }

test("a log moves from PGlite to PostgreSQL and back, byte by byte, with its views", { timeout: 60_000 }, async () => {
  const views = await source.runPromise(dumped())
  const postgres = await open("postgres")
  const again = await open("pglite")
  let text = file
  for (const runtime of [postgres, again]) {
    const imported = await runtime.runPromise(importText(text))
    expect(imported).toMatchObject({ _tag: "Imported", merchant: SHOP })
    expect(await runtime.runPromise(verified)).toEqual(SOUND)
    expect(await runtime.runPromise(dumped())).toBe(views)
    text = await runtime.runPromise(exported())
    expect(text).toBe(file)
  }
  // The settings, the keys and the numbers of deliveries came along.
  const shop = { merchant: SHOP, timeZone: "Asia/Bangkok", referenceKeys: ["order_no", "order_id"] }
  expect(await again.runPromise(listMerchants())).toContainEqual(shop)
  const { position } = await again.runPromise(Effect.flatMap(Database, database => readHead(database, SHOP)))
  expect(await again.runPromise(appendWithKey("ticket 4711"))).toMatchObject({ lastPosition: position - 1 })
  const kept = { provider: "omise", body: Buffer.from("{}"), headers: {}, verdict: "operator" } as const
  const { deliveryId } = await again.runPromise(keepDelivery(SHOP, kept))
  expect(deliveryId).toBeGreaterThan(JSON.parse(file.slice(0, file.indexOf("\n"))).lastDelivery)
  // And the log goes on, and still holds the file.
  await again.runPromise(drain(SHOP))
  await again.runPromise(appendWithKey("another"))
  expect(await again.runPromise(importText(file))).toMatchObject({ _tag: "AlreadyThere" })
  expect(await again.runPromise(verified)).toEqual(SOUND)
})

describe("a file that is not as it was written", () => {
  const lines = () => file.trimEnd().split("\n")
  const firstOf = (tag: string) => lines().findIndex(line => line.startsWith(`{"_tag":"${tag}"`))
  const changed = (at: number, change: (line: Record<string, unknown>) => object) => {
    const all = lines()
    all[at] = JSON.stringify(change(JSON.parse(all[at] ?? "")))
    return sealed(all)
  }
  /** With the right seal, as somebody would make it who means to deceive. */
  const sealed = (all: ReadonlyArray<string>) => {
    const before = all
      .slice(0, -1)
      .map(line => `${line}\n`)
      .join("")
    const count = (tag: string) => all.filter(line => line.startsWith(`{"_tag":"${tag}"`)).length
    const counts = { events: count("Event"), deliveries: count("Delivery"), appendKeys: count("AppendKey") }
    return `${before}${JSON.stringify({ _tag: "End", ...counts, sha256: createHash("sha256").update(before).digest("hex") })}\n`
  }
  const without = (at: number) => sealed(lines().toSpliced(at, 1))

  const cases: ReadonlyArray<readonly [string, () => string, number | (() => number), RegExp]> = [
    ["nothing", () => "", 1, /end of the file/],
    ["a payload", () => JSON.stringify(konbiniPaid), 1, /found an object/],
    ["another text", () => "hello\n", 1, /not JSON/],
    [
      "a newer format",
      () => changed(0, line => ({ ...line, version: 2 })),
      1,
      /version 2 of the format.*newer Payfold/,
    ],
    ["another merchant's", () => file, 1, /the log of shop.*the log of other/],
    ["without its last line", () => `${lines().slice(0, -1).join("\n")}\n`, () => lines().length, /end of the file/],
    ["cut within a line", () => file.slice(0, 3_000), () => file.slice(0, 3_000).split("\n").length, /within the line/],
    ["twice", () => file + file, () => lines().length + 1, /another line/],
    ["a position left out", () => without(3), 4, /found position 4, expected position 3/],
    ["an event too few", () => without(firstOf("Delivery") - 1), () => firstOf("Delivery"), /events, expected the/],
    ["an event changed", () => changed(1, line => ({ ...line, data: `${line["data"]} ` })), 3, /chain: link/],
    ["an event no one can read", () => changed(1, line => ({ ...line, data: "{}" })), 2, /cannot be read/],
    [
      "an event of tomorrow",
      () => changed(1, line => ({ ...line, data: '{"schemaVersion":2}' })),
      2,
      /schema version 2/,
    ],
    ["a version left out", () => changed(1, line => ({ ...line, version: 2 })), 2, /version: /],
    ["a version twice", () => changed(2, line => ({ ...line, version: 1 })), 3, /once more/],
    [
      "a time that runs back",
      () => changed(2, line => ({ ...line, recordedAt: "2020-01-01T00:00:00.000Z" })),
      3,
      /time/,
    ],
    [
      "a field of another type",
      () => changed(1, line => ({ ...line, version: "1" })),
      2,
      /a text of 1 characters at version/,
    ],
    ["a field left out", () => changed(1, ({ type: _, ...line }) => line), 2, /nothing at type/],
    ["NUL in a text", () => changed(1, line => ({ ...line, correlation: "\0" })), 2, /correlation/],
    [
      "another head",
      () => changed(0, line => ({ ...line, head: { ...Object(line["head"]), chain: "ab".repeat(32) } })),
      1,
      /chain abab/,
    ],
    [
      "a body changed",
      () => changed(firstOf("Delivery") + 10, line => ({ ...line, prunedAt: null, body: { text: "{}" } })),
      () => firstOf("Delivery") + 11,
      /a body with the hash/,
    ],
    ["a delivery left out", () => without(firstOf("Delivery")), 2, /delivery 1, which is not in the file/],
    [
      "a delivery twice",
      () => sealed(lines().toSpliced(firstOf("Delivery"), 0, lines()[firstOf("Delivery")] ?? "")),
      () => firstOf("Delivery") + 2,
      /delivery 1, expected one after/,
    ],
    [
      "a body twice",
      () =>
        changed(firstOf("AppendKey") - 1, line => ({
          ...JSON.parse(lines()[firstOf("AppendKey") - 2] ?? ""),
          deliveryId: line["deliveryId"],
        })),
      () => firstOf("AppendKey"),
      /stands before/,
    ],
    [
      "a key past the end",
      () => changed(firstOf("AppendKey"), line => ({ ...line, lastPosition: 10_000 })),
      () => firstOf("AppendKey") + 1,
      /positions outside/,
    ],
    [
      "its lines in another order",
      () => sealed([...lines().slice(0, 2), lines()[firstOf("AppendKey")] ?? "", ...lines().slice(2)]),
      3,
      /events, expected the/,
    ],
    [
      "a verdict changed, without the seal",
      () => file.replace('"unverified"', '"verified"'),
      () => lines().length,
      /sha256/,
    ],
  ]

  test.each(cases)("(%s) is refused with the line, and nothing is stored", async (name, make, line, text) => {
    const options = name === "another merchant's" ? { merchant: "other" } : {}
    const fault = await target.runPromise(Effect.flip(importText(make(), options)))
    expect(fault).toMatchObject({ _tag: "LogFileFault", line: typeof line === "number" ? line : line() })
    expect(fault.message).toMatch(text)
    expect(new Set(Object.values(await target.runPromise(storedRows)))).toEqual(new Set([0]))
  })

  test("in any one byte is refused, and nothing is stored", { timeout: 60_000 }, async () => {
    const chance = new Chance(Chance.anySeed())
    console.log(`bytes changed with seed ${chance.seed}`)
    for (let round = 0; round < 20; round++) {
      const bytes = Buffer.from(file)
      const at = chance.below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 + chance.below(255))
      const fault = await target.runPromise(Effect.flip(importText(bytes)))
      expect([at, fault._tag]).toEqual([at, "LogFileFault"])
    }
    expect(new Set(Object.values(await target.runPromise(storedRows)))).toEqual(new Set([0]))
  })
})

describe("a merchant that is there", () => {
  test("with another log, or an inbox, is refused and left as it is", async () => {
    const runtime = await open("postgres")
    await runtime.runPromise(addMerchant(SHOP, {}))
    const kept = { provider: "omise", body: Buffer.from("{}"), headers: {}, verdict: "operator" } as const
    await runtime.runPromise(keepDelivery(SHOP, kept))
    const before = await runtime.runPromise(storedRows)
    expect(await runtime.runPromise(Effect.flip(importText(file)))).toMatchObject({
      _tag: "LogNotEmpty",
      deliveries: 1,
    })
    await runtime.runPromise(appendWithKey("own"))
    const refusal = await runtime.runPromise(Effect.flip(importText(file)))
    expect(refusal.message).toContain("shop has another log already, of 1 events and 1 deliveries")
    expect(await runtime.runPromise(storedRows)).toEqual({ ...before, event: 1, append_key: 1 })
  })

  test("without events takes the file's settings, shows its views, and lets no reaction run for what is old", async () => {
    const runtime = await open("postgres")
    await runtime.runPromise(addMerchant(SHOP, { timeZone: "Europe/Berlin" }))
    await runtime.runPromise(catchUpAll(SHOP))
    await runtime.runPromise(beginReaction(SHOP, "listening"))
    const { events } = await runtime.runPromise(importText(file))
    expect(await runtime.runPromise(dumped())).toBe(await source.runPromise(dumped()))
    const checkpoints = Effect.flatMap(Database, database =>
      database.query("read", kysely => kysely.selectFrom("reaction_checkpoint").select("position").execute()),
    )
    expect(await runtime.runPromise(checkpoints)).toEqual([{ position: events }])
  })
})

test("two imports at once: one stores, the other finds it there", { timeout: 60_000 }, async () => {
  const runtime = await open("postgres")
  const both = Effect.all([importText(file), importText(file)], { concurrency: 2 })
  expect((await runtime.runPromise(both)).map(({ _tag }) => _tag).sort()).toEqual(["AlreadyThere", "Imported"])
  expect(await runtime.runPromise(verified)).toEqual(SOUND)
})

test("an export leaves out what is appended and drained while it is written", { timeout: 60_000 }, async () => {
  const runtime = await open("postgres")
  const keep = (value: unknown) =>
    keepDelivery(SHOP, { provider: "omise", body: body(value).bytes, headers: {}, verdict: "operator" })
  const text = await runtime.runPromise(
    Effect.gen(function* () {
      yield* addMerchant(SHOP, {})
      yield* keep(konbiniWaits)
      yield* drain(SHOP)
      yield* keep(konbiniPaid)
      return yield* exportLog(SHOP).pipe(
        // When the first line is read, the moment is fixed: what waits is drained now.
        Stream.tap(lines => (lines.startsWith('{"_tag":"Log"') ? drain(SHOP) : Effect.void)),
        Stream.mkString,
      )
    }),
  )
  const copy = await open("postgres")
  const types = Effect.gen(function* () {
    const log = yield* EventLog
    return (yield* log.readPayment(KONBINI)).map(event => event.type)
  }).pipe(Effect.provide(EventLog.layer(SHOP)))
  expect(await copy.runPromise(importText(text))).toMatchObject({ events: 2, deliveries: 2 })
  expect(await copy.runPromise(types)).toEqual(["PaymentCreated", "PaymentAwaiting"])
  await copy.runPromise(drain(SHOP))
  expect(await copy.runPromise(types)).toEqual(await runtime.runPromise(types))
})
