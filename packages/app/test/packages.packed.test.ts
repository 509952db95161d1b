import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { konbiniPaid } from "./bodies.ts"
import { type Ran, ROOT, runShell } from "./cli/runPayfold.ts"

test("the packed packages install, type-check and run both examples outside the workspace", {
  timeout: 300_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "payfold-consumer-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  await succeed("npx -y pnpm@12 -r run build")
  await succeed(`npx -y pnpm@12 -r --filter "./packages/**" pack --pack-destination ${folder}/tarballs`)
  const tarballs = readdirSync(join(folder, "tarballs")).map(name => `./tarballs/${name}`)
  expect(tarballs).toHaveLength(5)
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }))
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(CONSUMER_CONFIG))
  for (const name of ["withEffect", "withPromises"]) {
    cpSync(join(import.meta.dirname, "examples", `${name}.ts`), join(folder, `${name}.ts`))
  }
  writeFileSync(join(folder, "main.ts"), CONSUMER)
  await succeed(`cd ${folder} && npm install --no-audit --no-fund ${tarballs.join(" ")} effect@${EFFECT_VERSION}`)
  await succeed(`tsc -p ${folder}/tsconfig.json`)
  const ran = await succeed(`cd ${folder} && node main.ts`)
  expect(ran.stdout).toBe("3 paid LogSound 1 LogFileUnreadable\n")
})

const EFFECT_VERSION = /^ {2}effect: (\S+)$/m.exec(readFileSync(join(ROOT, "pnpm-workspace.yaml"), "utf8"))?.[1]

/** What a careful consumer compiles with; our declarations are checked too, but not those of others. */
const CONSUMER_CONFIG = {
  compilerOptions: {
    target: "es2024",
    module: "nodenext",
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
  },
  files: ["main.ts"],
}

const CONSUMER = `
declare const console: { log(text: string): void }
import { Effect } from "effect"
import { withEffect } from "./withEffect.ts"
import { withPromises } from "./withPromises.ts"
import { firstDifference, openReplay } from "@payfold/app/replay"
const body = new TextEncoder().encode(${JSON.stringify(JSON.stringify(konbiniPaid))})
const { position } = await Effect.runPromise(withEffect(body))
const { payment, verified } = await withPromises(body)
const difference = await firstDifference([1, 2], [1, 3])
const refused = await openReplay({ file: "none.ndjson" }).catch((failure: { readonly _tag: string }) => failure._tag)
console.log([position, payment?.status, verified, difference?.index, refused].join(" "))
`

async function succeed(line: string): Promise<Ran> {
  const ran = await runShell(line)
  expect([line, ran.code, ran.code === 0 ? "" : ran.stdout + ran.stderr]).toEqual([line, 0, ""])
  return ran
}
