import type { Instructions, Payment } from "@payfold/domain"
import { printable } from "../table.ts"

/** What each instruction is to the payer, in the order in which one needs them. */
const LABELS: Readonly<Record<keyof Instructions, string>> = {
  institutionNumber: "institution number",
  paymentNumber: "payment number",
  accountNumber: "account number",
  bankName: "bank",
  branchName: "branch",
  branchCode: "branch code",
  slipUrl: "slip to show or print",
  qrImageUrl: "QR code to scan",
  barcodeUrl: "bar code to scan",
  barcodeMinimumHeight: "bar code at least so high",
  barcodeText: "line under the bar code",
  taxId: "tax id",
  referenceNumber1: "reference number 1",
  referenceNumber2: "reference number 2",
  counterFee: "fee at the counter, on top",
  pageUrl: "page for the payer",
  redirectUrl: "send the payer to",
}

/** What the payer needs, labelled as a counter or an ATM asks for it. */
export function instructionRows({ method, instructions }: Payment): ReadonlyArray<readonly [string, string]> {
  // The keys of the table above.
  return (Object.keys(LABELS) as ReadonlyArray<keyof Instructions>).flatMap(key => {
    const text = instructions[key]
    const isCode = key === "paymentNumber" && method?._tag === "Konbini"
    return text === undefined ? [] : [[isCode ? "code for the counter" : LABELS[key], printable(text)] as const]
  })
}
