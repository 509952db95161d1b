import { expect, test } from "vitest"
import { runShell } from "./cli/runPayfold.ts"

test("the demo shows what life does to payments, twice alike, and rebuilds what it shows", {
  timeout: 60_000,
}, async () => {
  const [first, second] = [
    await runShell("node packages/app/src/demo/main.ts"),
    await runShell("node packages/app/src/demo/main.ts"),
  ]
  expect(first).toMatchObject({ code: 0, stderr: "" })
  for (const status of ["awaiting", "paid", "expired", "failed", "refunded"]) {
    expect(first.stdout).toMatch(new RegExp(`^(omise|univapay):\\S+ +${status} `, "m"))
  }
  expect(first.stdout).toContain("known, received 2 times")
  expect(first.stdout).toMatch(/quarantined +the body is not JSON/)
  expect(first.stdout).toContain("paid-after-expired")
  expect(first.stdout).toContain("10 payments: the rebuilt view equals the live one")
  expect(withoutInstants(second.stdout)).toBe(withoutInstants(first.stdout))
})

test("the demo prints no personal data", { timeout: 60_000 }, async () => {
  const { stdout } = await runShell("node packages/app/src/demo/main.ts")
  expect(stdout).not.toMatch(/ヤマダ|テスト|@example|0123456789|0300000000/)
})

function withoutInstants(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, "…")
}
