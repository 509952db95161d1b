import { tolerant, WireAmount, WireCurrency } from "@payfold/domain/adapter"
import { Schema } from "effect"
import { Text } from "./Text.ts"

/** A source as its creation answers it. Source: seeds 000, 002, 003 and 004. */
export const CreatedSource = Schema.Struct({
  id: Schema.NonEmptyString,
  type: Schema.NonEmptyString,
  amount: WireAmount,
  currency: WireCurrency,
  flow: Text,
})
export type CreatedSource = typeof CreatedSource.Type

/** One page of search results; its charges are for `translate`. */
export const SearchPage = Schema.Struct({
  data: Schema.Array(Schema.Unknown),
  page: tolerant(Schema.Int),
  total_pages: tolerant(Schema.Int),
})
export type SearchPage = typeof SearchPage.Type

/** One page of events, for `translate`. */
export const EventPage = Schema.Struct({ data: Schema.Array(Schema.Unknown), total: Schema.Int })
export type EventPage = typeof EventPage.Type

/** What an account may use, as far as it concerns payments. Source: omise-php and omise-ios recorded capabilities (read 2026-11-20). */
export const Capability = Schema.Struct({
  payment_methods: Schema.Array(
    Schema.Struct({
      name: Schema.NonEmptyString,
      currencies: tolerant(Schema.Array(Schema.String)),
      installment_terms: tolerant(Schema.Array(Schema.Int)),
    }),
  ),
})
export type Capability = typeof Capability.Type
