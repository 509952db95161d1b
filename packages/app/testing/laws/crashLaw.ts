import { createHash, randomUUID } from "node:crypto"
import { Effect, Exit, Layer, Scope } from "effect"
import { drain } from "../../src/inbox/drain.ts"
import { hashed, keepDeliveries } from "../../src/inbox/keepDelivery.ts"
import { Providers } from "../../src/inbox/Providers.ts"
import { retranslate } from "../../src/inbox/retranslate.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import type { Database } from "../../src/postgres/Database.ts"
import { catchUpAll } from "../../src/projection/project.ts"
import type { Intercept } from "../InterceptedDialect.ts"
import type { CrashEngine } from "./CrashEngine.ts"
import type { Script, Step } from "./crashScripts.ts"
import { type CrashState, crashState } from "./crashState.ts"
import { addMerchant } from "./withLogs.ts"

/**
 * Where it goes wrong: at the statement with this number, counted from 1.
 *
 * - `before`: the process dies before the statement is sent.
 * - `after`: it dies when the server has carried it out, before it hears the answer. Of a `commit`: the lost answer.
 * - `cut`: the answer and the connection are lost, and the process lives on.
 */
export interface CrashPoint {
  readonly statement: number
  readonly kind: "before" | "after" | "cut"
}

export interface CrashRun {
  readonly state: CrashState
  /** Statements of the last process. */
  readonly statements: number
  /** By the hash of a body: how often it was received again because the first time was not answered. */
  readonly receivedAgain: Readonly<Record<string, number>>
}

/**
 * Runs a script with one crash after another, each in the process that the one before left to restart, then to its end. Every
 * process but the first goes on with the step whose end was not heard.
 */
export const runWithCrashes = async (
  engine: CrashEngine,
  script: Script,
  crashes: ReadonlyArray<CrashPoint>,
  spoil: Intercept = (_, send) => send(),
): Promise<CrashRun> => {
  const merchant = `crash-${randomUUID()}`
  await inProcess(
    engine,
    merchant,
    (_, send) => send(),
    () => addMerchant(merchant),
  )
  const progress: Progress = { done: 0, begun: undefined, receivedAgain: {} }
  let statements = 0
  for (const crash of [...crashes, undefined]) {
    statements = 0
    let isDead = false
    const { promise: died, resolve: die } = Promise.withResolvers<"died">()
    const process = engine.start((statement, send) => {
      statements += 1
      // The program of a dead process does nothing more, ever.
      const end = () => {
        isDead = true
        die("died")
        return new Promise<never>(() => undefined)
      }
      if (isDead || (crash?.kind === "before" && statements === crash.statement)) return end()
      if (crash === undefined || statements !== crash.statement) return spoil(statement, send)
      return spoil(statement, send).then(async () => {
        if (crash.kind === "after") return await end()
        await process.cut()
        throw Object.assign(new Error("Connection terminated unexpectedly"), { code: "ECONNRESET" })
      })
    })
    const ended = Effect.runPromiseExit(
      inFreshScope(process.database, merchant, runSteps(merchant, script.steps, progress)),
    )
    const outcome = await Promise.race([ended, died])
    await process.kill()
    if (outcome !== "died" && Exit.isFailure(outcome) && crash === undefined) throw new Error(String(outcome.cause))
    if (outcome !== "died" && Exit.isSuccess(outcome)) break
  }
  const state = await inProcess(
    engine,
    merchant,
    (_, send) => send(),
    () => crashState,
  )
  return { state, statements, receivedAgain: progress.receivedAgain }
}

/** How a crashed run differs from the run without a crash; undefined when it does not, as the law demands. */
export const differenceOf = (calm: CrashState, { state, receivedAgain }: CrashRun): string | undefined => {
  if (state.verified !== "sound") return `the log is not sound: ${state.verified}`
  for (const [table, rows] of Object.entries(calm.tables)) {
    const found = state.tables[table] ?? []
    const index = rows.findIndex((row, at) => row !== found[at])
    if (index >= 0) return `${table}: ${found[index] ?? "no row"} instead of ${rows[index]}`
    if (found.length > rows.length) return `${table}: ${found[rows.length]} beyond`
  }
  for (const [hash, times] of Object.entries(calm.timesReceived)) {
    const [found, most] = [state.timesReceived[hash] ?? 0, times + (receivedAgain[hash] ?? 0)]
    if (found < times || found > most) return `times received: ${found} instead of ${times} to ${most}`
  }
  return undefined
}

interface Progress {
  /** Steps whose end was heard. */
  done: number
  /** The step that was begun last. */
  begun: number | undefined
  readonly receivedAgain: Record<string, number>
}

const runSteps = Effect.fnUntraced(function* (merchant: string, steps: ReadonlyArray<Step>, progress: Progress) {
  while (progress.done < steps.length) {
    const step = steps[progress.done]
    if (step === undefined) return
    if (step._tag === "receive" && progress.begun === progress.done) {
      for (const body of step.bodies) {
        const hash = createHash("sha256").update(body).digest("hex")
        progress.receivedAgain[hash] = (progress.receivedAgain[hash] ?? 0) + 1
      }
    }
    progress.begun = progress.done
    yield* runStep(merchant, step)
    progress.done += 1
  }
})

const runStep = (merchant: string, step: Step): Effect.Effect<unknown, unknown, Database | EventLog> => {
  switch (step._tag) {
    case "receive": {
      const { provider, bodies, verdict } = step
      const headers = { "content-type": "application/json" }
      return keepDeliveries(
        merchant,
        bodies.map(body => hashed({ provider, body, headers, verdict })),
      )
    }
    case "drain":
      return drain(merchant)
    case "project":
      return catchUpAll(merchant)
    case "append":
      return Effect.flatMap(EventLog, log => log.append(step.request))
    case "retranslate":
      return retranslate(merchant, "record").pipe(Effect.provideService(Providers, step.providers))
  }
}

/** The scope is never closed: a process that is killed closes nothing. */
const inFreshScope = <A, E>(
  database: DatabaseProcessLayer,
  merchant: string,
  effect: Effect.Effect<A, E, Database | EventLog>,
): Effect.Effect<A, unknown> =>
  Effect.gen(function* () {
    const scope = yield* Scope.make()
    const services = yield* Layer.buildWithScope(EventLog.layer(merchant).pipe(Layer.provideMerge(database)), scope)
    return yield* Effect.provide(effect, services)
  })

type DatabaseProcessLayer = ReturnType<CrashEngine["start"]>["database"]

const inProcess = async <A>(
  engine: CrashEngine,
  merchant: string,
  intercept: Intercept,
  effect: () => Effect.Effect<A, unknown, Database | EventLog>,
): Promise<A> => {
  const process = engine.start(intercept)
  const value = await Effect.runPromise(inFreshScope(process.database, merchant, effect()))
  await process.kill()
  return value
}
