import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import { type MerchantStatus, readStatus } from "../../replay/readStatus.ts"
import { jsonFlag } from "../flags.ts"
import { printJson, printLine, styled } from "../print.ts"
import { table } from "../table.ts"
import { warnOfRebuilds } from "../warnOfRebuilds.ts"
import { withDatabase } from "../withDatabase.ts"

export const statusCommand = Command.make(
  "status",
  { json: jsonFlag },
  Effect.fn("status")(function* ({ json }) {
    const { engine, serverVersion, merchants } = yield* withDatabase(
      Effect.tap(readStatus(), ({ merchants }) =>
        Effect.forEach(merchants, ({ merchant }) => warnOfRebuilds(merchant, json)),
      ),
    )
    if (json) for (const merchant of merchants) printJson({ engine, serverVersion, ...merchant })
    else {
      printLine(`${engine} ${serverVersion}`)
      printLine(statusTable(merchants))
    }
  }),
).pipe(
  Command.withDescription("Where each log and view stands, what waits and what is quarantined."),
  Command.withExamples([{ command: "payfold status", description: "Is anything behind?" }]),
)

function statusTable(merchants: ReadonlyArray<MerchantStatus>): string {
  return table(
    [
      ...["merchant", "position", "recorded", "view", "build", "version", "behind"],
      ...["waiting", "unverified", "quarantined", "parked"],
    ],
    merchants.flatMap(merchant =>
      (merchant.views.length === 0 ? [undefined] : merchant.views).map(view => [
        merchant.merchant,
        String(merchant.position),
        merchant.recordedAt ?? "",
        view?.projection ?? "",
        view === undefined || view.state === "live" ? "" : view.state,
        view === undefined ? "" : `${view.version}.${view.derivationVersion}`,
        view === undefined ? "" : lag(merchant.position - view.position),
        String(merchant.waiting),
        String(merchant.unverified),
        alarming(merchant.quarantined),
        alarming(merchant.reactionsParked),
      ]),
    ),
  )
}

function alarming(count: number): string {
  return count === 0 ? "0" : styled("red", String(count))
}

function lag(events: number): string {
  return events === 0 ? "0" : styled("yellow", `${events} events`)
}
