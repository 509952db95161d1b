import { DEFAULT_TRANSLATE_SETTINGS, type Part } from "@payfold/domain"
import { Effect, Stream } from "effect"
import { Providers, providerNamed } from "../../inbox/Providers.ts"
import { translateDelivery } from "../../inbox/translateDelivery.ts"
import { allDocuments } from "../documents.ts"
import { SomethingWrong, WrongUsage } from "../Exit.ts"
import { printJson } from "../print.ts"

interface Flags {
  readonly provider: string
  readonly inputs: ReadonlyArray<string>
}

export const translateAction = Effect.fn("translate")(function* ({ provider: name, inputs }: Flags) {
  const provider = providerNamed(yield* Providers, name)
  if (provider === undefined) return yield* new WrongUsage({ message: `There is no provider ${name}` })
  let isUnreadable = false
  yield* Stream.runForEach(allDocuments(inputs), document =>
    Effect.sync(() => {
      for (const part of translateDelivery(provider, document.bytes, DEFAULT_TRANSLATE_SETTINGS)) {
        isUnreadable ||= part._tag === "Unreadable"
        for (const line of linesOf(part)) printJson({ ...line, source: document.source })
      }
    }),
  )
  if (isUnreadable) return yield* new SomethingWrong()
})

function linesOf(part: Part): ReadonlyArray<object> {
  if (part._tag !== "Implied") return [part]
  const { payment, events, replaced } = part
  return events.map(({ _tag, ...event }) => ({
    _tag,
    payment,
    ...event,
    ...(replaced === undefined ? {} : { replaced }),
  }))
}
