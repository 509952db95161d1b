import { type Redacted, Result, Schema } from "effect"

/** How to reach one provider. Times are milliseconds; what is left out has the default named beside it. */
export interface HttpSettings {
  /** Its name, for messages. */
  readonly provider: string
  /** `https://…`, from configuration alone: no answer ever changes it. Plain `http` is taken for this machine only. */
  readonly baseUrl: string
  /** The value of the header `Authorization`. */
  readonly authorization: Redacted.Redacted
  readonly headers?: Readonly<Record<string, string>>
  /** For one attempt, its answer's body included: 30,000. */
  readonly timeoutMilliseconds?: number
  /** After the first attempt, where a repeat is safe: 3. */
  readonly maximumRetries?: number
  /** The n-th retry waits a random time up to this, doubled n times: 500. */
  readonly firstRetryDelayMilliseconds?: number
  /** No retry waits longer; a provider that asks for more is told to the caller instead: 20,000. */
  readonly longestRetryDelayMilliseconds?: number
  /** Requests under way at once; the others wait: 10. */
  readonly maximumParallel?: number
  /** Of one answer: 8 MiB. */
  readonly maximumAnswerBytes?: number
}

/** With every default filled in and every bound kept. */
export type CompleteSettings = Required<HttpSettings>

/** Settings that cannot work or would leak the key. */
export class SettingsRefused extends Schema.TaggedError<SettingsRefused>()("SettingsRefused", {
  provider: Schema.String,
  field: Schema.String,
  expected: Schema.String,
}) {
  override get message(): string {
    return `The settings of ${this.provider} cannot be used: expected ${this.expected} as ${this.field}`
  }
}

const NUMBERS = {
  timeoutMilliseconds: { fallback: 30_000, minimum: 1, maximum: 600_000 },
  maximumRetries: { fallback: 3, minimum: 0, maximum: 10 },
  firstRetryDelayMilliseconds: { fallback: 500, minimum: 1, maximum: 60_000 },
  longestRetryDelayMilliseconds: { fallback: 20_000, minimum: 1, maximum: 600_000 },
  maximumParallel: { fallback: 10, minimum: 1, maximum: 1_000 },
  maximumAnswerBytes: { fallback: 8 * 1024 * 1024, minimum: 1, maximum: 256 * 1024 * 1024 },
} as const

/** Fills in the defaults and refuses what cannot work. */
export function completeSettings(settings: HttpSettings): Result.Result<CompleteSettings, SettingsRefused> {
  const baseUrl = usableBaseUrl(settings.baseUrl)
  if (baseUrl === undefined) {
    return Result.fail(refused(settings, "baseUrl", "an https address without user, query or fragment"))
  }
  const numbers = { ...settings } as Record<keyof typeof NUMBERS, number | undefined>
  for (const [field, { fallback, minimum, maximum }] of entries(NUMBERS)) {
    const value = numbers[field] ?? fallback
    if (!Number.isInteger(value) || value < minimum || value > maximum) {
      return Result.fail(refused(settings, field, `a whole number from ${minimum} to ${maximum}`))
    }
    numbers[field] = value
  }
  // Every number was filled in above.
  return Result.succeed({ headers: {}, ...settings, ...numbers, baseUrl } as CompleteSettings)
}

function refused({ provider }: HttpSettings, field: string, expected: string): SettingsRefused {
  return new SettingsRefused({ provider, field, expected })
}

/** Without its closing slash; `undefined` where the key would travel in the clear or to nobody knows where. */
function usableBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isLoopback = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname)
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback)
  const isBare = url.username === "" && url.password === "" && url.search === "" && url.hash === ""
  return isSafe && isBare ? url.href.replace(/\/+$/, "") : undefined
}

function entries<Key extends string, Value>(record: Readonly<Record<Key, Value>>): ReadonlyArray<[Key, Value]> {
  // `Object.entries` forgets the names of the keys; a literal has no others.
  return Object.entries(record) as Array<[Key, Value]>
}
