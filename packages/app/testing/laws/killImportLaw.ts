import { spawn } from "node:child_process"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { Effect, Result, Stream } from "effect"
import { verifyLog } from "../../src/log/verifyLog.ts"
import { listMerchants } from "../../src/merchant/Merchant.ts"
import { Database } from "../../src/postgres/Database.ts"
import { databaseUrlFromText } from "../../src/postgres/DatabaseUrl.ts"
import { verifyViews } from "../../src/replay/verifyViews.ts"
import { exportLog } from "../../src/transfer/exportLog.ts"
import { fileBytes } from "../../src/transfer/fileBytes.ts"
import { importLog } from "../../src/transfer/importLog.ts"
import type { Chance } from "./Chance.ts"

export interface KillImportOptions {
  /** The address of another migrated and empty database each time, as `PAYFOLD_DATABASE_URL` has it. */
  readonly newTarget: () => Promise<string>
  readonly importer: "payfold" | "broken"
  /** The path of an exported log, its text, and whose it is. */
  readonly file: string
  readonly text: string
  readonly merchant: string
  readonly kills: number
  readonly chance: Chance
}

export interface KillImportFound {
  readonly seed: number
  readonly kills: number
  /** Kills that left nothing of the file, and those that left all of it; the others came when the import was over. */
  readonly leftNothing: number
  readonly leftAll: number
  readonly violations: ReadonlyArray<string>
}

/** After the last batch the commit follows, and the views: a kill may come so long after it. */
const AFTER_LAST_BATCH_MS = 400

/**
 * *All of it or nothing*: an import is killed (SIGKILL) at a random moment, again and again. What is left passes verification and is nothing or the whole
 * log; the same import, run again, completes it, and the log is exported byte by byte as it was.
 */
export const killImportLaw = async (options: KillImportOptions): Promise<KillImportFound> => {
  const found = { leftNothing: 0, leftAll: 0, violations: [] as string[] }
  let url = await options.newTarget()
  for (let kill = 0; kill < options.kills; kill++) {
    await killedImport(options, url)
    const left = await onDatabase(url, whatIsLeft(options.merchant))
    if (left.wrong !== undefined) found.violations.push(`after kill ${kill + 1}: ${left.wrong}`)
    if (left.isThere) found.leftAll += 1
    else found.leftNothing += 1
    // What is wrong stays wrong, and what is there is no import any more.
    const isLast = kill + 1 === options.kills
    if (left.wrong !== undefined || left.isThere || isLast) {
      const wrong = await onDatabase(url, completed(options))
      if (wrong !== undefined) found.violations.push(`after kill ${kill + 1}, run again: ${wrong}`)
      if (!isLast) url = await options.newTarget()
    }
  }
  return { seed: options.chance.seed, kills: options.kills, ...found }
}

/** Starts an import and kills it after some batch, or some time after the last one. */
const killedImport = async ({ importer, file, text, chance }: KillImportOptions, url: string): Promise<void> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "importer.ts"), importer, file], {
    env: { ...process.env, PAYFOLD_DATABASE_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const ended = new Promise(done => child.once("exit", done))
  const lines = text.split("\n").length - 3
  const target = chance.below(Math.ceil(lines * 1.3))
  for await (const line of createInterface({ input: child.stdout })) {
    if (Number(line) >= target) child.kill("SIGKILL")
    else if (Number(line) >= lines) setTimeout(() => child.kill("SIGKILL"), chance.below(AFTER_LAST_BATCH_MS))
  }
  await ended
}

const onDatabase = <A, E>(url: string, effect: Effect.Effect<A, E, Database>): Promise<A> =>
  Effect.runPromise(effect.pipe(Effect.provide(Database.layer(Result.getOrThrow(databaseUrlFromText(url))))))

const whatIsLeft = Effect.fnUntraced(function* (merchant: string) {
  const isThere = (yield* listMerchants()).some(one => one.merchant === merchant)
  const wrong = isThere ? yield* verification(merchant) : yield* anyRow(merchant)
  return { isThere, wrong }
})

const verification = Effect.fnUntraced(function* (merchant: string) {
  const log = yield* verifyLog(yield* Database, merchant)
  if (log._tag === "LogFault") return `the log shows ${log.kind} at ${log.position}`
  const { difference, unverified } = yield* verifyViews(merchant)
  return difference === undefined && unverified.length === 0 ? undefined : "a view differs from the log"
})

const anyRow = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  for (const table of ["event", "delivery", "append_key", "log_head"] as const) {
    const rows = yield* database.query("look for rows", kysely =>
      kysely.selectFrom(table).select("merchant").where("merchant", "=", merchant).limit(1).execute(),
    )
    if (rows.length > 0) return `rows in ${table} of a merchant that is not there`
  }
  return undefined
})

const completed = Effect.fnUntraced(function* ({ file, text, merchant }: KillImportOptions) {
  const again = yield* Effect.result(importLog(fileBytes(file)))
  if (Result.isFailure(again)) return again.failure.message
  if ((yield* Stream.mkString(exportLog(merchant))) !== text) return "the log is not exported as it was"
  return yield* verification(merchant)
})
