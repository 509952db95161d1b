import type { PaymentState } from "../src/payment/PaymentState.ts"
import { stateText } from "./stateText.ts"

/** Do two states know the same? */
export function sameState(a: PaymentState, b: PaymentState): boolean {
  return stateText(a) === stateText(b)
}
