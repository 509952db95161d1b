import { Effect, Random, Result, Semaphore } from "effect"
import type { Answer } from "./Answer.ts"
import { attempt } from "./attempt.ts"
import { type Judged, judge, judgeLost, judgeRefusedRepeat, whereOf } from "./judge.ts"
import type { ProviderFailure } from "./ProviderFailure.ts"
import type { ProviderRequest } from "./ProviderRequest.ts"
import { type CompleteSettings, completeSettings, type HttpSettings, type SettingsRefused } from "./settings.ts"

/** Sends requests to one provider. */
export interface ProviderHttp {
  /** The answer to a request, or a failure that says what to do. At most `1 + maximumRetries` attempts, `maximumParallel` at once. */
  readonly send: (request: ProviderRequest) => Effect.Effect<Answer, ProviderFailure>
}

/** Makes the sender of one provider's settings, or refuses settings that would leak the key. */
export function makeProviderHttp(settings: HttpSettings): Result.Result<ProviderHttp, SettingsRefused> {
  return Result.map(completeSettings(settings), complete => {
    const parallel = Semaphore.makeUnsafe(complete.maximumParallel)
    return { send: request => send(complete, request, once => parallel.withPermit(once)) }
  })
}

type Limit = <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, E>

/** A waiting retry holds no permit: others go on meanwhile. */
const send = Effect.fnUntraced(function* (settings: CompleteSettings, request: ProviderRequest, limit: Limit) {
  let mayBeDone = false
  for (let retries = 0; ; retries++) {
    const outcome = yield* Effect.result(limit(judged(settings, request)))
    if (Result.isSuccess(outcome)) return outcome.success
    const delay = yield* retryDelay(settings, outcome.failure, retries)
    if (delay === undefined) return yield* Effect.fail(told(settings, request, outcome.failure, mayBeDone))
    mayBeDone ||= outcome.failure.mayBeDone === true
    yield* Effect.sleep(delay)
  }
})

/** The failure that ends the attempts, in the light of the lost ones before it. */
function told(settings: CompleteSettings, request: ProviderRequest, { failure }: Judged, mayBeDone: boolean) {
  return mayBeDone ? judgeRefusedRepeat(whereOf(settings.provider, request), request, failure) : failure
}

function judged(settings: CompleteSettings, request: ProviderRequest): Effect.Effect<Answer, Judged> {
  const where = whereOf(settings.provider, request)
  return attempt(settings, request).pipe(
    Effect.mapError(lost => judgeLost(where, request, lost)),
    Effect.flatMap(received => Effect.fromResult(judge(where, request, received))),
  )
}

/**
 * Milliseconds until the next attempt; `undefined` where there must be none. A random part of a limit that doubles, so that many callers who
 * failed together do not come back together; never less than the provider asks for.
 */
function retryDelay(settings: CompleteSettings, { mayRepeat, retryAfterMilliseconds }: Judged, retries: number) {
  const longest = settings.longestRetryDelayMilliseconds
  const asked = retryAfterMilliseconds ?? 0
  if (!mayRepeat || retries >= settings.maximumRetries || asked > longest) return Effect.succeed(undefined)
  const limit = Math.min(longest, settings.firstRetryDelayMilliseconds * 2 ** retries)
  return Effect.map(Random.next, random => asked + Math.floor(random * limit))
}
