import { known, type MethodCapability, type PaymentMethod } from "@payfold/domain"
import { plainWord } from "@payfold/domain/adapter"
import { methodRow } from "../methods.ts"
import type { Charge } from "../wire/Charge.ts"
import type { Source } from "../wire/Source.ts"

/** Omise's names of card brands that the other adapters know by the same word; another brand keeps its own. */
const BRANDS: ReadonlyMap<string, string> = new Map([
  ["visa", "visa"],
  ["mastercard", "mastercard"],
  ["jcb", "jcb"],
  ["american express", "american-express"],
  ["diners club", "diners-club"],
  ["discover", "discover"],
  ["unionpay", "unionpay"],
  ["china unionpay", "unionpay"],
])

/** How the payer pays, as far as this shape of the charge says it; a word that we have no row for is kept. */
export function methodOf(charge: Charge): PaymentMethod | undefined {
  const { card, source } = charge
  const word = methodWord(charge)
  if (word === undefined) return isCard(charge) ? cardMethod(card) : undefined
  const method = methodRow(word)?.method ?? { _tag: "Other", word }
  if (method._tag === "Card") return cardMethod(card)
  return method._tag === "Installment" ? { ...method, ...installmentTerms(source, charge) } : method
}

/** The table's row of the charge's method, where a word names it. */
export function rowOf(charge: Charge): MethodCapability | undefined {
  const word = methodWord(charge)
  return word === undefined ? undefined : methodRow(word)
}

/**
 * Paid by card? Every card charge carries its card, so one that neither has a card nor says `card` is something else, whatever it is: read
 * this way a later report can still correct it, for a named failure outranks an expiry.
 */
export function isCard(charge: Charge): boolean {
  const word = methodWord(charge)
  if (word !== undefined) return methodRow(word)?.method._tag === "Card"
  return charge.card !== undefined || charge.source_of_fund === "card"
}

/** `source.type` since 2017; before, `offsite` or `offline` named the type. What is no word names nothing. */
export function methodWord({ source, offsite, offline }: Charge): string | undefined {
  return plainWord(source?.type ?? offsite ?? offline)
}

function cardMethod(card: Charge["card"]): PaymentMethod {
  const brand = typeof card === "object" ? card.brand : undefined
  return { _tag: "Card", ...known({ brand: BRANDS.get(brand?.toLowerCase() ?? "") ?? plainWord(brand) }) }
}

function installmentTerms(source: Source | undefined, charge: Charge) {
  const termMonths = source?.installment_term ?? source?.installment_terms
  return known({ termMonths, interestBorneBy: interestBorneBy(source, charge) })
}

/** Zero interest is zero for the payer: the merchant bears it. The charge says so too, but only where its source is silent. */
function interestBorneBy(source: Source | undefined, charge: Charge): "merchant" | "payer" | undefined {
  const isZero = source?.zero_interest_installments
  if (isZero !== undefined) return isZero ? "merchant" : "payer"
  if (source?.absorption_type === "merchant") return "merchant"
  if (source?.absorption_type === "customer") return "payer"
  if (charge.zero_interest_installments === undefined) return undefined
  return charge.zero_interest_installments ? "merchant" : "payer"
}
