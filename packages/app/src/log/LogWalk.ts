import { EventDigest, nextLink } from "./chain.ts"
import type { StoredEvent } from "./EncodedEvent.ts"
import type { LogFault, LogSound } from "./LogFault.ts"

/** An event as the verifier reads it. */
export interface WalkedEvent extends StoredEvent {
  readonly link: Uint8Array | null
  /** `timestamptz_send(recorded_at)`: the instant to the microsecond, as the chain covers it. */
  readonly instant: Uint8Array
  /** Where the payment's event before this one stands; null when there is none. */
  readonly priorPosition: number | null
}

/** Walks the events of a log in order and recomputes its chain; needs the memory of one append's digest, whatever the log's length. */
export class LogWalk {
  position = 0
  /** When the last event was recorded; null before the first. */
  recordedAt: string | null = null
  private payments = 0
  private links = 0
  private chain: Uint8Array = new Uint8Array()
  private instant: bigint | undefined
  private digest: EventDigest | undefined
  private headSeen: boolean
  private readonly merchant: string
  private readonly expectedHead: string | undefined

  constructor(merchant: string, expectedHead: string | undefined) {
    this.merchant = merchant
    this.expectedHead = expectedHead?.toLowerCase()
    this.headSeen = this.expectedHead === undefined || this.expectedHead === ""
  }

  /** The fault this event shows, if any. */
  step(event: WalkedEvent): LogFault | undefined {
    if (event.position !== this.position + 1) {
      return fault("gap", this.position + 1, `position ${event.position}`, `position ${this.position + 1}`)
    }
    this.position = event.position
    this.recordedAt = event.recordedAt
    return this.stepVersion(event) ?? this.stepTime(event) ?? this.stepChain(event)
  }

  /** What the whole walk shows, against the counter row as it stood when the walk began. */
  finish(head: { readonly position: number; readonly chain: string }): LogFault | LogSound {
    const chain = hex(this.chain)
    if (this.position !== head.position) {
      return fault("tail", this.position, `the last event at ${this.position}`, `at ${head.position}`)
    }
    if (this.digest !== undefined) return fault("chain", this.position, "no link on the last event", "a link")
    if (chain !== head.chain) return fault("tail", this.position, `chain ${head.chain} in the counter row`, `${chain}`)
    if (!this.headSeen) {
      return fault(
        "head",
        this.position,
        `no link with this value; the chain ends with ${chain}`,
        this.expectedHead ?? "",
      )
    }
    return { _tag: "LogSound", events: this.position, payments: this.payments, links: this.links, chain }
  }

  /**
   * Version n must have n − 1 before it in the log; with one row a version (`event_version_taken`) that makes every payment gapless,
   * without a list of payments in memory.
   */
  private stepVersion(event: WalkedEvent): LogFault | undefined {
    const follows = event.version === 1 || (event.priorPosition !== null && event.priorPosition < event.position)
    if (!follows || event.version < 1) {
      const prior = event.priorPosition === null ? "none" : `at position ${event.priorPosition}`
      const found = `${event.payment} version ${event.version}, the version before it ${prior}`
      return fault("version", event.position, found, "the version before it earlier in the log")
    }
    if (event.version === 1) this.payments += 1
    return undefined
  }

  private stepTime(event: WalkedEvent): LogFault | undefined {
    const instant = Buffer.from(event.instant).readBigInt64BE()
    const before = this.instant
    this.instant = instant
    if (before === undefined || instant === before || (instant > before && this.digest === undefined)) return undefined
    const expected = this.digest === undefined ? "not before the event before it" : "the instant of its append"
    return fault("time", event.position, event.recordedAt, expected)
  }

  private stepChain(event: WalkedEvent): LogFault | undefined {
    this.digest ??= new EventDigest(this.merchant)
    this.digest.add(event)
    if (event.link === null) return undefined
    const link = nextLink(this.chain, event.position, event.instant, this.digest.finish())
    if (!link.equals(event.link)) return fault("chain", event.position, `link ${hex(event.link)}`, `link ${hex(link)}`)
    this.chain = link
    this.digest = undefined
    this.links += 1
    if (hex(link) === this.expectedHead) this.headSeen = true
    return undefined
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

const fault = (kind: LogFault["kind"], position: number, found: string, expected: string): LogFault => ({
  _tag: "LogFault",
  kind,
  position,
  found,
  expected,
})
