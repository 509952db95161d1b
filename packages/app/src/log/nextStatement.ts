import { statementLimits } from "./appendLimits.ts"
import type { PreparedAppend } from "./PreparedAppend.ts"

/**
 * Which of the waiting appends travel in the next statement, and which wait on; both in the order they came.
 *
 * At most one append of a payment and of a key: the second one's fate hangs on the first one's. Whoever waits for that keeps later ones
 * of its payments behind it. The oldest travels however large, unless it waits for one that is under way.
 */
export const nextStatement = <A extends { readonly append: PreparedAppend }>(
  waiting: ReadonlyArray<A>,
  underWay: Iterable<A>,
): { readonly travelling: ReadonlyArray<A>; readonly staying: ReadonlyArray<A> } => {
  const travelling: Array<A> = []
  const staying: Array<A> = []
  const payments = new Set<string>()
  const keys = new Set<string>()
  const hold = ({ payments: held, key }: PreparedAppend) => {
    for (const { payment } of held) payments.add(payment)
    if (key !== undefined) keys.add(key.name)
  }
  for (const { append } of underWay) hold(append)
  let events = 0
  let bytes = 0
  for (const one of waiting) {
    const { append } = one
    const key = append.key?.name
    const free = append.payments.every(({ payment }) => !payments.has(payment)) && (key === undefined || !keys.has(key))
    const fits =
      travelling.length < statementLimits.appends &&
      events + append.events <= statementLimits.events &&
      bytes + append.bytes <= statementLimits.bytes
    hold(append)
    if (free && (fits || travelling.length === 0)) {
      travelling.push(one)
      events += append.events
      bytes += append.bytes
    } else staying.push(one)
  }
  return { travelling, staying }
}
