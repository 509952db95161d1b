import type { DeliveryFault } from "../../inbox/verifyDeliveries.ts"
import type { TranslationFault } from "../../inbox/verifyTranslations.ts"
import type { LogFault } from "../../log/LogFault.ts"
import type { Audit } from "../../replay/audit.ts"
import type { RowDifference } from "../../replay/verifyViews.ts"
import { counted, styled } from "../print.ts"
import { printable } from "../table.ts"

/** Whether all that was looked at holds, and all of it could be looked at. */
export function isSound({ log, deliveries, translations, views }: Audit): boolean {
  const faults = [deliveries?.fault, translations?.fault, views?.difference]
  return log._tag === "LogSound" && faults.every(fault => fault === undefined) && views?.unverified.length === 0
}

/** What an audit found, for people; after a fault comes what to do. */
export function auditText({ log, deliveries, translations, views }: Audit): ReadonlyArray<string> {
  if (log._tag === "LogFault") return [...logFaultText(log), SEE]
  const { events, payments, links, chain } = log
  const lines = [sound("The log is sound", `${events} events of ${payments} payments, ${links} links, head ${chain}`)]
  if (deliveries?.fault !== undefined) return [...lines, ...deliveryFaultText(deliveries.fault), SEE]
  if (deliveries !== undefined) {
    const bodies = counted(deliveries.bodies, "body", "bodies")
    lines.push(sound("The deliveries are there", `${bodies} as their hashes say, ${deliveries.pruned} pruned`))
  }
  if (translations?.fault !== undefined) return [...lines, ...translationFaultText(translations.fault), SEE]
  if (translations !== undefined) {
    const unasked = `${translations.unasked} by other adapter versions, from pruned bodies or by hand`
    lines.push(sound("The deliveries imply the log", `${translations.events} events compared, not ${unasked}`))
  }
  if (views?.difference !== undefined) return [...lines, ...differenceText(views.difference), SEE]
  if (views !== undefined) {
    lines.push(sound("The views equal the log", `${views.payments} payments at position ${views.position}`))
  }
  for (const reason of views?.unverified ?? []) lines.push(`${styled("yellow", "Not verified")}: ${reason}`)
  return lines
}

const SEE = "What each finding means: docs/operating.md, When verify fails."

function sound(what: string, counts: string): string {
  return `${styled("green", what)}: ${counts}`
}

function logFaultText({ kind, position, found, expected }: LogFault): ReadonlyArray<string> {
  const where = `${styled("red", "The log is damaged")} at position ${position} (${kind}): found ${printable(found)}, expected ${printable(expected)}`
  if (kind === "event") {
    return [
      where,
      "Nothing was changed. The chain holds, so it was written like that: read it with the newest Payfold.",
    ]
  }
  if (kind === "head") {
    return [
      where,
      "Nothing was changed. The log was cut off or rewritten since that head was noted down: compare with a backup.",
    ]
  }
  return [where, "Nothing was changed. Compare with a backup before anything is written to this database."]
}

function deliveryFaultText({ kind, deliveryId, position }: DeliveryFault): ReadonlyArray<string> {
  switch (kind) {
    case "missing":
      return [
        `${styled("red", "A delivery is missing")}: the event at position ${position} names delivery ${deliveryId}, which is not there`,
        "Nothing was changed. The event stands; the payload it came from does not: take the row from a backup.",
      ]
    case "provider":
      return [
        `${styled("red", "A delivery is another's")}: the event at position ${position} names delivery ${deliveryId}, which is of another provider`,
        "Nothing was changed. The inbox was altered: take the row from a backup.",
      ]
    case "body":
      return [
        `${styled("red", "A body was altered")}: delivery ${deliveryId} is not what its hash was taken of`,
        "Nothing was changed. The events stand; do not translate this delivery again before its body is back from a backup.",
      ]
  }
}

function translationFaultText(fault: TranslationFault): ReadonlyArray<string> {
  const { kind, deliveryId, payment, position, type } = fault
  const what =
    kind === "not-implied"
      ? `delivery ${deliveryId} does not imply the ${type} of ${printable(payment)} at position ${position}`
      : `delivery ${deliveryId} implies a ${type} of ${printable(payment)} that was not recorded`
  return [
    `${styled("red", "The log is not what its deliveries imply")}: ${what}`,
    "Nothing was changed. See what would change: payfold inbox retranslate --diff. Changed settings of the merchant are one cause, an adapter changed without a new version another.",
  ]
}

function differenceText({ table, key, columns }: RowDifference): ReadonlyArray<string> {
  const row = Object.entries(key).flatMap(([column, value]) => (column === "merchant" ? [] : [String(value)]))
  const where = columns.length === 0 ? "" : ` in ${columns.join(", ")}`
  return [
    `${styled("red", "A view differs from the log")}: ${table} ${printable(row.join(" "))}${where}`,
    "The log is the truth. Run: payfold rebuild --diff",
  ]
}
