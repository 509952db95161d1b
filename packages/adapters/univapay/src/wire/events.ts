/** What an event's name says its `data` is. */
export type Announced =
  | "charge"
  | "refund"
  | "cancel"
  | "bank-transfer"
  | "token"
  | "subscription"
  | "customs-declaration"
  | "transfer"

/**
 * Webhook triggers and what each is about. The list is open, and says nothing about how a charge stands: `charge_updated` has been seen
 * with a successful one.
 *
 * Source: UnivaPay client SDKs and univapay-node 4.0.130, which differ on one name, so both stand here (read 2026-11-20).
 */
export const WEBHOOK_EVENTS = {
  charge_updated: "charge",
  charge_finished: "charge",
  refund_finished: "refund",
  cancel_finished: "cancel",
  bank_transfer_status_updated: "bank-transfer",
  token_created: "token",
  token_updated: "token",
  token_replaced: "token",
  recurring_token_deleted: "token",
  token_cvv_auth_updated: "token",
  token_cvv_auth_check_updated: "token",
  token_three_d_s_updated: "token",
  token_three_ds_updated: "token",
  subscription_created: "subscription",
  subscription_payment: "subscription",
  subscription_completed: "subscription",
  subscription_failure: "subscription",
  subscription_canceled: "subscription",
  subscription_suspended: "subscription",
  customs_declaration_finished: "customs-declaration",
  transfer_created: "transfer",
  transfer_updated: "transfer",
  transfer_finalized: "transfer",
} as const satisfies Readonly<Record<string, Announced>>

const ANNOUNCED: ReadonlyMap<unknown, Announced> = new Map(Object.entries(WEBHOOK_EVENTS))

/** `undefined` for a name that is not known, and for what is no name. */
export function announcedBy(event: unknown): Announced | undefined {
  return ANNOUNCED.get(event)
}
