import { connect } from "node:net"
import { Effect, Redacted } from "effect"
import { describe, expect, inject, test } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import type { DatabaseUrl } from "../../src/postgres/DatabaseUrl.ts"
import { addMerchant, createDatabase, urlFrom } from "../describeEachEngine.ts"
import { CuttingProxy } from "./CuttingProxy.ts"
import { event, payment } from "./events.ts"

/** Only PostgreSQL has a line that can be cut; PGlite's answer is a function's return. */
describe("an append whose COMMIT answer is lost", () => {
  test("is answered as done, and stands once", async () => {
    const direct = await createDatabase(inject("postgresTemplate"))
    const proxy = await CuttingProxy.start(() => connect(Number(addressOf(direct).port), "127.0.0.1"))
    try {
      await Effect.runPromise(appendWithCuts(proxy).pipe(Effect.provide(Database.layer(through(direct, proxy.port)))))
      expect(proxy.cuts).toBe(3)
    } finally {
      await proxy.stop()
    }
  })
})

const appendWithCuts = Effect.fnUntraced(function* (proxy: CuttingProxy) {
  yield* addMerchant("m")
  yield* Effect.gen(function* () {
    const log = yield* EventLog
    const requests = [
      { payments: [payment("p", "NoStream", event("a")), payment("q", "NoStream", event("b"))] },
      { payments: [payment("p", 1, event("c"))], key: "k" },
      { payments: [payment("q", 1, event("d"))] },
    ]
    for (const [index, request] of requests.entries()) {
      proxy.cutNextAnswer()
      const position = [1, 3, 4][index]
      expect(yield* log.append(request)).toMatchObject({ firstPosition: position })
    }
    const stored = yield* log.readLog(0)
    expect(stored.map(one => one.data)).toEqual(["a", "b", "c", "d"].map(name => event(name).data))
    expect(yield* log.verify()).toMatchObject({ _tag: "LogSound", events: 4, links: 3 })
  }).pipe(Effect.provide(EventLog.layer("m")))
})

const addressOf = (url: DatabaseUrl): URL => {
  if (url._tag !== "Postgres") throw new Error("a server's address is needed")
  return new URL(Redacted.value(url.url))
}

const through = (url: DatabaseUrl, port: number): DatabaseUrl => {
  const address = addressOf(url)
  address.port = String(port)
  return urlFrom(address.toString())
}
