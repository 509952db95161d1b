/** The first place, from 0, where two sequences differ; `undefined` on the side that had ended. */
export interface FirstDifference<A> {
  readonly index: number
  readonly one: A | undefined
  readonly other: A | undefined
}

/**
 * Walks two sequences side by side (events, payments, rows) and stops at the first difference; `undefined` where there is none. Values are the same when
 * their JSON is. Nothing behind the difference is read, and no more than one value of each side is held.
 */
export async function firstDifference<A>(
  one: Iterable<A> | AsyncIterable<A>,
  other: Iterable<A> | AsyncIterable<A>,
): Promise<FirstDifference<A> | undefined> {
  const others = iteratorOf(other)
  let index = 0
  try {
    for await (const value of one) {
      const beside = await others.next()
      if (beside.done === true) return { index, one: value, other: undefined }
      if (JSON.stringify(value) !== JSON.stringify(beside.value)) return { index, one: value, other: beside.value }
      index += 1
    }
    const left = await others.next()
    return left.done === true ? undefined : { index, one: undefined, other: left.value }
  } finally {
    await others.return(undefined)
  }
}

async function* iteratorOf<A>(values: Iterable<A> | AsyncIterable<A>): AsyncGenerator<A, undefined> {
  yield* values
  return undefined
}
