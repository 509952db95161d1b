import type { ProviderReader } from "@payfold/domain"
import type { IdRefused, ProviderFailure } from "@payfold/provider-http"
import { Effect, Stream } from "effect"
import type { OmiseClient } from "./OmiseClient.ts"

/** What reconciliation asks of Omise: one charge, or all events since a moment. */
export function omiseReader(client: OmiseClient): ProviderReader<ProviderFailure | IdRefused> {
  return {
    snapshot: chargeId => Effect.map(client.retrieveCharge(chargeId), ({ answer }) => answer.bytes),
    changedSince: since => Stream.map(client.eventsSince(since), ({ answer }) => answer.bytes),
  }
}
