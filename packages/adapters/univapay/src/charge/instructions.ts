import { type Instructions, known } from "@payfold/domain"
import { metadataText } from "@payfold/domain/adapter"
import { PAY_EASY_INSTITUTION_NUMBER } from "../methods.ts"
import type { Charge } from "../wire/Charge.ts"
import type { Token } from "../wire/Token.ts"

/**
 * What the payer needs in order to pay: the provider writes number and slip into the charge's own metadata once it awaits the payer, a
 * virtual account into the token. Each is kept as sent, also an odd address.
 *
 * Source: seed 001; univapay-node 4.0.130, `TransactionTokenBankTransferData` (read 2026-11-20).
 */
export function instructionsOf(charge: Charge, token: Token | undefined): Instructions {
  const data = token?.data
  const isPayEasy = token?.payment_type === "konbini" && data?.convenience_store === "pay_easy"
  return known({
    paymentNumber: metadataText(charge.metadata, "internal_convenience_payment_number"),
    institutionNumber: isPayEasy ? PAY_EASY_INSTITUTION_NUMBER : undefined,
    slipUrl: metadataText(charge.metadata, "internal_convenience_payment_url"),
    ...(token?.payment_type === "bank_transfer"
      ? {
          accountNumber: data?.account_number,
          bankName: data?.bank_name,
          branchCode: data?.branch_code,
          branchName: data?.branch_name,
        }
      : {}),
    ...(token?.payment_type === "qr_merchant" ? { qrImageUrl: data?.qr_image_url } : {}),
  })
}

/** Whoever was told where to pay was awaited: a number, a slip or an account is proof, whatever the status says by now. */
export function provesAwaiting({ paymentNumber, slipUrl, accountNumber }: Instructions): boolean {
  return paymentNumber !== undefined || slipUrl !== undefined || accountNumber !== undefined
}
