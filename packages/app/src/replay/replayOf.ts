import { toPayment } from "@payfold/domain"
import { Effect, Stream } from "effect"
import type { Change } from "../projection/Projection.ts"
import { type PaymentFilter, wantsInstant, wantsPayment, wasThere } from "./ReplayFilter.ts"
import type { Replay, ReplayPayment } from "./ReplayLog.ts"
import { databaseSource, fileSource, type ReplaySource } from "./ReplaySource.ts"
import { replayTables } from "./replayTables.ts"

/** The log of a merchant in the running code's database, up to its head as it stands now. */
export const logReplay = (merchant: string) => Effect.map(databaseSource(merchant), replayOf)

/** The log of a file that `payfold export` wrote; no database is opened. */
export const fileReplay = (path: string) => Effect.map(fileSource(path), replayOf)

function replayOf(source: ReplaySource): Replay {
  const changes = ({ asOf, method, ...rest }: PaymentFilter) =>
    source
      .payments(asOf, wantsPayment(rest))
      .pipe(Stream.filter(({ after }) => method === undefined || toPayment(after).method?._tag === method))
  return {
    merchant: source.merchant,
    head: source.head,
    events: (filter = {}) => {
      const isWanted = wantsPayment(filter)
      const isInRange = wantsInstant(filter)
      const events = source.events.pipe(
        Stream.takeWhile(wasThere(filter.asOf)),
        Stream.filter(
          ({ payment, recordedAt, event }) =>
            isWanted(payment) && isInRange(recordedAt) && (filter.type === undefined || event._tag === filter.type),
        ),
      )
      if (filter.method === undefined) return events
      // An event does not name the method of its payment.
      return Stream.unwrap(
        Effect.map(Stream.runCollect(Stream.map(changes(filter), ({ payment }) => payment)), payments => {
          const ofMethod = new Set(payments)
          return Stream.filter(events, ({ payment }) => ofMethod.has(payment))
        }),
      )
    },
    payments: (filter = {}) => Stream.map(changes(filter), paymentOf),
    deliveries: (filter = {}) => {
      const isInRange = wantsInstant(filter)
      return Stream.filter(
        source.deliveries,
        ({ provider, receivedAt }) =>
          (filter.provider === undefined || provider === filter.provider) && isInRange(receivedAt),
      )
    },
    tables: (projections, filter = {}) => replayTables(source.merchant, projections, changes(filter)),
  }
}

function paymentOf({ payment, after, stream }: Change): ReplayPayment {
  return { id: payment, payment: toPayment(after), state: after, events: stream }
}
