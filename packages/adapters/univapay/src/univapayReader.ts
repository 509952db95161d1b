import type { ProviderReader } from "@payfold/domain"
import type { IdRefused, ProviderFailure } from "@payfold/provider-http"
import { Effect } from "effect"
import type { UnivaPayClient } from "./UnivaPayClient.ts"

/**
 * What reconciliation asks of UnivaPay: one charge with its token and expiry. It sees neither refunds nor chargebacks, for a charge does not
 * name them and none of its statuses says that money went back: they reach Payfold by webhook (`refund_finished`), or from
 * `client.refunds(chargeId)`, whose answers `translate` reads. UnivaPay has no list of what changed since a moment.
 */
export function univapayReader(client: UnivaPayClient): ProviderReader<ProviderFailure | IdRefused> {
  return { snapshot: chargeId => Effect.map(client.snapshot(chargeId), delivery => delivery.bytes) }
}
