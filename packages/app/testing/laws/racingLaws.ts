import { Cause, Effect, Exit } from "effect"
import type { EventLog, NewEvent } from "../../src/log/EventLog.ts"
import type { Chance } from "./Chance.ts"

/** A log, and others of the same merchant that know nothing of it: what several processes have. */
export type Logs = readonly [EventLog["Service"], ...ReadonlyArray<EventLog["Service"]>]

const RACERS = 64

/**
 * *One winner*: of 64 writers with different events on one version of a payment, exactly one commits, the event that stands is its, and
 * every other is told the version that stands. Every fourth round begins a new payment. Returns what was seen otherwise.
 */
export const oneWinner = Effect.fnUntraced(function* (logs: Logs, rounds: number) {
  const violations: Array<string> = []
  const winners: Array<string> = []
  for (let round = 0; round < rounds; round++) {
    const payment = `omise:race-${Math.floor(round / 4)}`
    const expected = round % 4
    const exits = yield* Effect.forEach(
      Array.from({ length: RACERS }, (_, racer) => racer),
      racer =>
        Effect.exit(
          logOf(logs, racer).append({ payments: [{ payment, expected, events: [eventNamed(`${round}.${racer}`)] }] }),
        ),
      { concurrency: "unbounded" },
    )
    winners.push(
      ...exits.flatMap((exit, racer) => (Exit.isSuccess(exit) ? [eventNamed(`${round}.${racer}`).data] : [])),
    )
    const others = exits.filter(Exit.isFailure).filter(({ cause }) => !/VersionConflict/.test(Cause.pretty(cause)))
    violations.push(...others.map(({ cause }) => `round ${round}: a racer failed with ${Cause.pretty(cause)}`))
    const stream = yield* logs[0].readPayment(payment)
    const standing = stream.slice(expected).map(one => one.data)
    if (standing.length !== 1 || standing[0] !== winners.at(-1) || winners.length !== round + 1) {
      violations.push(`round ${round}: ${winners.length - round} winners, ${standing.length} events on one version`)
      return violations
    }
  }
  return violations
})

/** *One fact*: of 64 identical appends at once, from several processes, each is answered with the same place, and one event stands. */
export const oneFact = Effect.fnUntraced(function* (logs: Logs, rounds: number) {
  const violations: Array<string> = []
  for (let round = 0; round < rounds; round++) {
    const payment = `omise:fact-${round}`
    const request = { payments: [{ payment, expected: 0, events: [eventNamed(`${round}`), eventNamed(`${round}+`)] }] }
    const answers = yield* Effect.forEach(
      Array.from({ length: RACERS }, (_, racer) => racer),
      racer => Effect.exit(logOf(logs, racer).append(request)),
      { concurrency: "unbounded" },
    )
    const places = new Set(answers.map(exit => JSON.stringify(Exit.isSuccess(exit) ? exit.value : "refused")))
    const events = (yield* logs[0].readPayment(payment)).length
    if (places.size !== 1 || events !== 2) {
      violations.push(`round ${round}: ${events} events of two, answers ${[...places].join(" ")}`)
    }
  }
  return violations
})

/**
 * *Holes refused*: a version ahead, a merchant without a counter row (`nobody`), and a batch of which one member loses its conflict: the
 * loser alone is refused, and all that was acknowledged stands in a sound log.
 */
export const holesRefused = Effect.fnUntraced(function* (log: EventLog["Service"], nobody: EventLog["Service"]) {
  const violations: Array<string> = []
  const request = (payment: string, expected: number, name: string) => ({
    payments: [{ payment, expected, events: [eventNamed(name)] }],
  })
  const isAcknowledged = (one: EventLog["Service"], ...wanted: Parameters<typeof request>) =>
    Effect.map(Effect.exit(one.append(request(...wanted))), Exit.isSuccess)
  if (!(yield* isAcknowledged(log, "omise:p", 0, "a"))) violations.push("a first event was refused")
  if (yield* isAcknowledged(log, "omise:p", 3, "b")) violations.push("a version ahead was accepted")
  if (yield* isAcknowledged(log, "omise:q", 1, "c")) violations.push("a payment nobody began was carried on")
  if (yield* isAcknowledged(nobody, "omise:p", 0, "a")) violations.push("a log that does not exist was written")
  const batch = yield* Effect.forEach(
    ["omise:r", "omise:s", "omise:p", "omise:t", "omise:u"],
    payment => Effect.map(isAcknowledged(log, payment, 0, `${payment} in the batch`), sent => ({ payment, sent })),
    { concurrency: "unbounded" },
  )
  for (const { payment, sent } of batch) {
    const stands = (yield* log.readPayment(payment)).some(one => one.data.includes("in the batch"))
    if (sent !== stands)
      violations.push(`${payment} was ${sent ? "acknowledged" : "refused"} but ${stands ? "stands" : "does not stand"}`)
    if (sent === (payment === "omise:p"))
      violations.push(`${payment} was ${sent ? "acknowledged" : "refused"} in the batch`)
  }
  const verified = yield* log.verify()
  if (verified._tag === "LogFault") violations.push(`${verified.kind} at ${verified.position}`)
  return violations
})

/**
 * *No deadlock*: writers of several merchants, each appending to payments in an order of its own, a few of them shared, with a key each.
 * All are acknowledged once and the logs are sound. Whether the server had to break a deadlock is the caller's to watch.
 */
export const crowd = Effect.fnUntraced(function* (
  merchants: ReadonlyArray<Logs>,
  writers: number,
  appends: number,
  chance: Chance,
) {
  const violations: Array<string> = []
  const payments = Array.from({ length: 6 }, (_, index) => `omise:shared-${index}`)
  const write = (logs: Logs, writer: number) =>
    Effect.forEach(
      Array.from({ length: appends }, (_, append) => append),
      append =>
        logOf(logs, writer).append({
          key: `${writer}.${append}`,
          payments: chance
            .shuffled(payments)
            .slice(0, 3)
            .map(payment => ({ payment, expected: "Any", events: [eventNamed(`${writer}.${append}.${payment}`)] })),
        }),
      { concurrency: 4, discard: true },
    )
  yield* Effect.forEach(
    merchants.flatMap(logs => Array.from({ length: writers }, (_, writer) => ({ logs, writer }))),
    ({ logs, writer }) => write(logs, writer),
    { concurrency: "unbounded", discard: true },
  )
  for (const [log] of merchants) {
    const expected = writers * appends * 3
    const verified = yield* log.verify()
    if (verified._tag === "LogFault") violations.push(`${log.merchant}: ${verified.kind} at ${verified.position}`)
    else if (verified.events !== expected) violations.push(`${log.merchant}: ${verified.events} events of ${expected}`)
  }
  return violations
})

const logOf = (logs: Logs, index: number): EventLog["Service"] => logs[index % logs.length] ?? logs[0]

const eventNamed = (name: string): NewEvent => ({
  type: "PaymentCreated",
  schemaVersion: 1,
  adapter: "omise",
  adapterVersion: 1,
  deliveryId: null,
  correlation: null,
  data: JSON.stringify({ is: name }),
})
