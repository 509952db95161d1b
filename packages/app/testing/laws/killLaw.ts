import { type ChildProcess, spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { Agent, request } from "node:http"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { Effect, Result } from "effect"
import { sql } from "kysely"
import { Database } from "../../src/postgres/Database.ts"
import { databaseUrlFromText } from "../../src/postgres/DatabaseUrl.ts"
import type { Chance } from "./Chance.ts"
import { hostileBodies } from "./hostileBodies.ts"

export interface KillOptions {
  /** Of a migrated database with the merchant `default`, as `PAYFOLD_DATABASE_URL` has it. */
  readonly url: string
  readonly receiver: "payfold" | "broken"
  readonly kills: number
  readonly chance: Chance
}

export interface KillFound {
  readonly seed: number
  readonly kills: number
  readonly sent: number
  readonly acknowledged: number
  /** Sent again to the next process, because no answer came. */
  readonly sentAgain: number
  readonly violations: ReadonlyArray<string>
}

const SENDERS = 8
const SECRET = "secret-of-the-test"

/**
 * *Acked ⇒ in the inbox, byte-equal*: a process receives under load and is killed (SIGKILL) after some of its answers, again and again. Whatever was
 * answered with 200 is in the inbox, once, with exactly the bytes that were sent, and nothing is there that was not sent.
 */
export const killLaw = async (options: KillOptions): Promise<KillFound> => {
  const sent = new Set<string>()
  const acknowledged = new Set<string>()
  const kinds = Object.values(hostileBodies)
  /** No answer came: they may be there or not. The sender sends them again, as a provider does. */
  const unanswered: Array<Uint8Array> = []
  let sentAgain = 0
  for (let kill = 0; kill < options.kills; kill++) {
    const receiver = await startReceiver(options)
    const agent = new Agent({ keepAlive: true, maxSockets: SENDERS })
    const target = acknowledged.size + 5 + options.chance.below(40)
    const sender = async () => {
      while (!receiver.child.killed) {
        const again = unanswered.shift()
        if (again !== undefined) sentAgain += 1
        const body = again ?? kinds[sent.size % kinds.length]?.(`${sent.size}`) ?? new Uint8Array()
        const hash = sha256(body)
        sent.add(hash)
        if ((await post(agent, receiver.port, body)) === 200) acknowledged.add(hash)
        else unanswered.push(body)
        if (acknowledged.size >= target) receiver.child.kill("SIGKILL")
      }
    }
    const senders = Promise.all(Array.from({ length: SENDERS }, sender))
    await Promise.all([receiver.ended, senders])
    agent.destroy()
  }
  return {
    seed: options.chance.seed,
    kills: options.kills,
    sent: sent.size,
    acknowledged: acknowledged.size,
    sentAgain,
    violations: await violationsIn(options.url, sent, acknowledged),
  }
}

const violationsIn = async (
  url: string,
  sent: ReadonlySet<string>,
  acknowledged: ReadonlySet<string>,
): Promise<ReadonlyArray<string>> => {
  const read = Effect.flatMap(Database, database =>
    database.query("read hashes", db =>
      sql<{ kept: string; noted: string }>`select encode(sha256(body), 'hex') as kept, encode(body_hash, 'hex') as noted
        from payfold.delivery`.execute(db),
    ),
  )
  const { rows } = await Effect.runPromise(
    read.pipe(Effect.provide(Database.layer(Result.getOrThrow(databaseUrlFromText(url))))),
  )
  const kept = new Set(rows.map(row => row.kept))
  const lost = [...acknowledged].filter(hash => !kept.has(hash)).length
  return [
    ...(lost > 0 ? [`${lost} acknowledged bodies are not in the inbox as they were sent`] : []),
    ...(rows.some(row => row.kept !== row.noted) ? ["a body is not the one its hash was taken of"] : []),
    ...(rows.some(row => !sent.has(row.kept)) ? ["a body is in the inbox that nobody sent"] : []),
    ...(kept.size < rows.length ? ["a body is in the inbox twice"] : []),
  ]
}

interface Receiver {
  readonly child: ChildProcess
  readonly port: number
  readonly ended: Promise<unknown>
}

const startReceiver = async ({ url, receiver }: KillOptions): Promise<Receiver> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "receiver.ts"), receiver, SECRET], {
    env: { ...process.env, PAYFOLD_DATABASE_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const ended = new Promise(done => child.once("exit", done))
  if (child.stdout === null) throw new Error("the receiver has no output")
  for await (const line of createInterface({ input: child.stdout })) return { child, port: Number(line), ended }
  throw new Error("the receiver ended before it listened")
}

/** The status that was answered; undefined when no answer came. */
const post = (agent: Agent, port: number, body: Uint8Array): Promise<number | undefined> =>
  new Promise(resolve => {
    const sending = request(
      {
        agent,
        port,
        host: "127.0.0.1",
        method: "POST",
        path: "/univapay",
        headers: { authorization: SECRET, "content-type": "application/json", "content-length": body.length },
      },
      response => {
        response.resume()
        resolve(response.statusCode)
      },
    )
    sending.on("error", () => resolve(undefined))
    sending.end(body)
  })

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")
