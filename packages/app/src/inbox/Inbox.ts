import type { RawDelivery, SecretRefused, Verify } from "@payfold/domain"
import { Context, Effect, Layer, type Redacted, Schema } from "effect"
import { Database } from "../postgres/Database.ts"
import { drain } from "./drain.ts"
import { ingest } from "./ingest.ts"
import { makeKeepTogether } from "./keepTogether.ts"
import { listDeliveries } from "./listDeliveries.ts"
import { Providers, providerNamed } from "./Providers.ts"
import { prune } from "./prune.ts"
import { type Answer, receive } from "./receive.ts"
import { retranslate } from "./retranslate.ts"
import { retry } from "./retry.ts"

/** The secrets in force for each provider whose webhooks come in here, by its name; two while one is being replaced. */
export type WebhookSecrets = Readonly<Record<string, ReadonlyArray<Redacted.Redacted>>>

/** No adapter has this name. */
export class UnknownProvider extends Schema.TaggedError<UnknownProvider>()("UnknownProvider", {
  provider: Schema.String,
}) {
  override get message(): string {
    return `There is no adapter named ${this.provider}`
  }
}

/**
 * The inbox of one merchant: what was sent to it, and the way from there into the log. This is the door of the folder. It cannot be opened with a
 * secret that would let anything through.
 */
export class Inbox extends Context.Service<Inbox, Effect.Success<ReturnType<typeof open>>>()(
  "@payfold/app/inbox/Inbox",
) {
  static readonly layer = (
    merchant: string,
    secrets: WebhookSecrets,
  ): Layer.Layer<Inbox, SecretRefused | UnknownProvider, Database> => Layer.effect(Inbox, open(merchant, secrets))
}

const open = Effect.fnUntraced(function* (merchant: string, secrets: WebhookSecrets) {
  const database = yield* Database
  const providers = yield* Providers
  const verifiers = new Map<string, Verify>()
  for (const [name, values] of Object.entries(secrets)) {
    const provider = providerNamed(providers, name)
    if (provider === undefined) return yield* new UnknownProvider({ provider: name })
    verifiers.set(name, yield* Effect.fromResult(provider.makeVerify(values)))
  }
  const keepTogether = makeKeepTogether(database, merchant)
  // The adapters of the layer, whoever calls.
  const inDatabase = <A, E>(effect: Effect.Effect<A, E, Database>) =>
    effect.pipe(Effect.provideService(Database, database), Effect.provideService(Providers, providers))
  return {
    merchant,
    /** Verifies and keeps one webhook; the answer is for the sender. A provider without secrets here is unknown. */
    receive: (
      provider: string,
      request: Pick<RawDelivery, "body" | "headers">,
    ): Effect.Effect<Answer, UnknownProvider> => {
      const verify = verifiers.get(provider)
      return verify === undefined
        ? Effect.fail(new UnknownProvider({ provider }))
        : inDatabase(receive(merchant, provider, verify, keepTogether, request))
    },
    drain: inDatabase(drain(merchant)),
    ingest: (...body: Parameters<typeof ingest> extends [string, ...infer Rest] ? Rest : never) =>
      inDatabase(ingest(merchant, ...body)),
    list: (onlyQuarantined: "all" | "quarantined", after: number) =>
      inDatabase(listDeliveries(merchant, onlyQuarantined === "quarantined", after)),
    retry: (deliveries: ReadonlyArray<number> | "all") => inDatabase(retry(merchant, deliveries)),
    retranslate: (mode: "show" | "record") => inDatabase(retranslate(merchant, mode)),
    prune: (before: string) => inDatabase(prune(merchant, before)),
  }
})
