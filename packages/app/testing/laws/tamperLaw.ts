import { Effect } from "effect"
import { sql } from "kysely"
import { EventLog, type LogFault, type LogSound } from "../../src/log/EventLog.ts"
import type { VerifyOptions } from "../../src/log/verifyLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import type { Chance } from "./Chance.ts"

export interface TamperFound {
  readonly seed: number
  readonly tried: Readonly<Record<string, number>>
  /** Tamperings that were not found, or not where they are. */
  readonly missed: ReadonlyArray<string>
}

type Verify = (options: VerifyOptions) => Effect.Effect<LogSound | LogFault, unknown, Transaction>

/**
 * *Tampering is found and located*: changed bytes, swapped positions, altered times, removed payments and cut tails, made by one with the
 * owner's rights, each on the untouched log and undone afterwards.
 *
 * Located: the fault is said of the append in which the first change lies. A cut tail whose counter and chain were lowered with it is found by the
 * chain value that was noted down before.
 */
export const tamperLaw = Effect.fnUntraced(function* (verify: Verify, tries: number, chance: Chance) {
  const database = yield* Database
  const log = yield* EventLog
  yield* fill(chance)
  const events = yield* log.readLog(0, { events: 10_000 })
  const { rows } = yield* database.query("read links", db =>
    sql<{ position: number }>`select position from payfold.event
      where merchant = ${log.merchant} and link is not null order by position`.execute(db),
  )
  const { chain } = yield* log.head
  const site: Site = {
    merchant: log.merchant,
    length: events.length,
    appendEnds: rows.map(row => row.position),
    payments: Map.groupBy(events, one => one.payment),
    chain,
  }
  const tried: Record<string, number> = {}
  const missed: Array<string> = []
  const calm = yield* database.transaction(verify({}))
  if (calm._tag === "LogFault") missed.push(`a fault in an untouched log: ${JSON.stringify(calm)}`)
  for (let index = 0; index < tries; index++) {
    const tampering = chance.oneOf(kinds)(site, chance)
    tried[tampering.kind] = (tried[tampering.kind] ?? 0) + 1
    const verdict = yield* verdictOn(tampering, verify)
    const isLocated =
      verdict._tag === "LogFault" && verdict.position >= tampering.from && verdict.position <= tampering.to
    if (!isLocated) missed.push(`${tampering.kind}: ${JSON.stringify({ ...tampering, verdict })}`)
  }
  return { seed: chance.seed, tried, missed } satisfies TamperFound
})

/** Broken: looks at positions and versions only, as a log without a chain would have to. */
export const verifyWithoutChain =
  (merchant: string): Verify =>
  () =>
    Effect.gen(function* () {
      const transaction = yield* Transaction
      const { rows } = yield* transaction.query("verify poorly", db =>
        sql<{ position: number }>`select position from (
          select position, row_number() over (order by position) as place, version,
            row_number() over (partition by payment_id order by position) as nth
          from payfold.event where merchant = ${merchant}
        ) as e where position <> place or version <> nth order by position limit 1`.execute(db),
      )
      const position = rows[0]?.position
      if (position === undefined) return { _tag: "LogSound", events: 0, payments: 0, links: 0, chain: "" }
      return { _tag: "LogFault", kind: "gap", position, found: "", expected: "" }
    })

interface Site {
  readonly merchant: string
  readonly length: number
  /** Where the appends end. */
  readonly appendEnds: ReadonlyArray<number>
  readonly payments: ReadonlyMap<string, ReadonlyArray<{ readonly position: number }>>
  readonly chain: string
}

interface Tampering {
  readonly kind: string
  readonly changes: ReadonlyArray<string>
  /** The fault may be said of these positions. */
  readonly from: number
  readonly to: number
  readonly options?: VerifyOptions
}

const endOfAppend = ({ appendEnds, length }: Site, position: number): number =>
  appendEnds.find(end => end >= position) ?? length

const anyPosition = (site: Site, chance: Chance): number => 1 + chance.below(site.length)

const changedByte = (site: Site, chance: Chance): Tampering => {
  const position = anyPosition(site, chance)
  const change = chance.oneOf([
    `data = overlay(data placing chr(${33 + chance.below(90)}) || '~' from ${1 + chance.below(20)})`,
    "data = data || ' '",
    "type = type || 'X'",
    "adapter = 'univapay'",
    "adapter_version = adapter_version + 1",
    "schema_version = schema_version + 1",
    "delivery_id = coalesce(delivery_id, 0) + 1",
    "correlation = coalesce(correlation, '') || 'x'",
    "payment_id = payment_id || 'x'",
    "version = version + 1000",
    "link = sha256('forged')",
  ])
  const onlyAt = change.startsWith("link") ? endOfAppend(site, position) : position
  return {
    kind: "a changed byte",
    changes: [`update EVENT set ${change} where MINE and position = ${onlyAt}`],
    from: position,
    to: endOfAppend(site, position),
  }
}

const swapped = (site: Site, chance: Chance): Tampering => {
  const first = 1 + chance.below(site.length - 1)
  const second = first + 1 + chance.below(site.length - first)
  return {
    kind: "swapped positions",
    changes: [
      `update EVENT set position = 1000000 where MINE and position = ${first}`,
      `update EVENT set position = ${first} where MINE and position = ${second}`,
      `update EVENT set position = ${second} where MINE and position = 1000000`,
    ],
    from: first,
    // Where the link itself went elsewhere, the next one tells.
    to: endOfAppend(site, site.appendEnds.includes(first) ? first + 1 : first),
  }
}

const alteredTime = (site: Site, chance: Chance): Tampering => {
  const position = anyPosition(site, chance)
  const by = `${chance.oneOf(["", "-"])}${1 + chance.below(1_000_000)} ${chance.oneOf(["microseconds", "seconds"])}`
  return {
    kind: "an altered time",
    changes: [`update EVENT set recorded_at = recorded_at + interval '${by}' where MINE and position = ${position}`],
    from: position,
    to: endOfAppend(site, position),
  }
}

/** With its gaps left open, or closed so that only the chain can tell. The last link that can tell is that of the next append that is left. */
const removedPayment = (site: Site, chance: Chance): Tampering => {
  const [first, ...others] = [...site.payments.keys()]
  const payment = chance.oneOf([first ?? "", ...others])
  const gone = new Set(site.payments.get(payment)?.map(one => one.position))
  const from = Math.min(...gone)
  const left = site.appendEnds.find(end => end >= from && !gone.has(end))
  const close = [
    `update EVENT as e set position = 1000000 + n.place from (
       select position as old, row_number() over (order by position) as place from EVENT where MINE
     ) as n where MINE and e.position = n.old`,
    "update EVENT set position = position - 1000000 where MINE",
    "update HEAD set head = (select max(position) from EVENT where MINE) where MINE",
  ]
  return {
    kind: "a removed payment",
    changes: [`delete from EVENT where MINE and payment_id = '${payment}'`, ...(chance.below(2) === 0 ? [] : close)],
    from: from - 1,
    to: left ?? site.length,
  }
}

const cutTail = (site: Site, chance: Chance): Tampering => {
  const last = chance.below(site.length)
  return {
    kind: "a cut tail with the counter lowered",
    changes: [`delete from EVENT where MINE and position > ${last}`, `update HEAD set head = ${last} where MINE`],
    from: last,
    to: last,
  }
}

const cutTailWithChain = (site: Site, chance: Chance): Tampering => {
  const index = chance.below(site.appendEnds.length - 1)
  const last = site.appendEnds[index] ?? 0
  return {
    kind: "a cut tail with counter and chain lowered",
    changes: [
      `delete from EVENT where MINE and position > ${last}`,
      `update HEAD set head = ${last}, chain = (select link from EVENT where MINE and position = ${last}) where MINE`,
    ],
    from: last,
    to: last,
    options: { expectedHead: site.chain },
  }
}

const kinds = [changedByte, swapped, alteredTime, removedPayment, cutTail, cutTailWithChain] as const

const verdictOn = Effect.fnUntraced(function* (tampering: Tampering, verify: Verify) {
  const database = yield* Database
  const { merchant } = yield* EventLog
  let verdict: LogSound | LogFault | undefined
  const tampered = Effect.gen(function* () {
    const transaction = yield* Transaction
    for (const change of ["alter table EVENT disable trigger append_only", ...tampering.changes]) {
      const text = change
        .replaceAll("EVENT", "payfold.event")
        .replaceAll("HEAD", "payfold.log_head")
        .replaceAll("MINE", `merchant = '${merchant}'`)
      yield* transaction.query("tamper", db => sql.raw(text).execute(db))
    }
    verdict = yield* verify(tampering.options ?? {})
    return yield* Effect.fail("undone")
  })
  const failure = yield* Effect.flip(database.transaction(tampered))
  return verdict ?? (yield* Effect.fail(failure))
})

/** Forty appends of up to five events to fifteen payments. */
const fill = Effect.fnUntraced(function* (chance: Chance) {
  const log = yield* EventLog
  for (let append = 0; append < 40; append++) {
    const events = Array.from({ length: 1 + chance.below(5) }, (_, index) => ({
      type: "PaymentCreated",
      schemaVersion: 1,
      adapter: "omise",
      adapterVersion: 1,
      deliveryId: chance.below(3) === 0 ? null : append,
      correlation: chance.below(2) === 0 ? null : `c${append}`,
      data: JSON.stringify({ append, index, text: "記録".repeat(chance.below(5)) }),
    }))
    yield* log.append({
      payments: [{ payment: `omise:chrg_${chance.below(15)}`, expected: "Any", events }],
    })
  }
})
