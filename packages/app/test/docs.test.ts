import { readFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Effect, Fiber, Redacted } from "effect"
import { expect, test } from "vitest"
import { konbiniPaid } from "./bodies.ts"
import { ROOT } from "./cli/runPayfold.ts"
import { receiveWithFetch } from "./examples/receiveWithFetch.ts"
import { receiveWithNode } from "./examples/receiveWithNode.ts"
import { withEffect } from "./examples/withEffect.ts"
import { withPromises } from "./examples/withPromises.ts"

const MEMORY = { _tag: "Memory" } as const

test.each([
  ["receiving-webhooks.md", ["receiveWithNode", "receiveWithFetch"]],
  ["projections.md", ["ownProjection", "summedEvents"]],
  [
    "replay.md",
    ["whatWeKnew", "changedTwice", "retranslateNovember", "monthlyTotals", "konbiniTimes"].map(
      name => `replay/${name}`,
    ),
  ],
])("%s shows its examples as they are run", (page, examples) => {
  const text = readFileSync(join(ROOT, "docs", page), "utf8")
  const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block)
  const files = examples.map(name => readFileSync(join(import.meta.dirname, "examples", `${name}.ts`), "utf8"))
  expect(blocks).toEqual(files)
})

test("the example with node:http takes webhooks in", { timeout: 30_000 }, async () => {
  const listening = Promise.withResolvers<number>()
  const secret = Redacted.make(Buffer.from("a secret").toString("base64"))
  const fiber = Effect.runFork(
    receiveWithNode(MEMORY, secret, server => {
      // A TCP server that listens has a numbered port.
      listening.resolve((server.address() as AddressInfo).port)
    }),
  )
  const port = await listening.promise
  const answer = await fetch(`http://127.0.0.1:${port}/webhooks/omise`, {
    method: "POST",
    body: JSON.stringify(konbiniPaid),
  })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain("Omise-Signature")
  await Effect.runPromise(Fiber.interrupt(fiber))
})

test("the example with Fetch takes webhooks in", { timeout: 30_000 }, async () => {
  const { handler, close } = await receiveWithFetch(MEMORY, Redacted.make("the-registered-value"))
  const body = JSON.stringify({ event: "charge_updated", data: {} })
  const request = (authorization: string) =>
    new Request("http://localhost/webhooks/univapay", { method: "POST", body, headers: { authorization } })
  expect((await handler(request("the-registered-value"))).status).toBe(200)
  expect((await handler(request("another"))).status).toBe(401)
  await close()
})

const BODY = new TextEncoder().encode(JSON.stringify(konbiniPaid))

test("the example with Effect records a body and shows it", { timeout: 30_000 }, async () => {
  const { position, deliveries, rows } = await Effect.runPromise(withEffect(BODY))
  expect({ position, deliveries }).toEqual({ position: 3, deliveries: 1 })
  expect(rows).toMatchObject([{ status: "paid", received_amount: 1500 }])
})

test("the example with promises records a body and shows it", { timeout: 30_000 }, async () => {
  const { payment, rows, verified } = await withPromises(BODY)
  expect(payment).toMatchObject({ status: "paid", received: { amount: 1500, currency: "JPY" } })
  expect(rows).toHaveLength(1)
  expect(verified).toBe("LogSound")
})
