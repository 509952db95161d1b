import { spawnSync } from "node:child_process"
import { resolve } from "node:path"

/** Random histories a law, the everyday run tries 200; `PAYFOLD_RUNS` overrules both. */
const MANY = [
  { files: ["packages/domain/test/laws/domainLaws"], runs: 100_000 },
  {
    files: [
      "packages/domain/test/laws/adapterLaws",
      "packages/domain/test/laws/logLaws",
      "packages/domain/test/example/kumoPay",
      "packages/adapters/omise/test/laws",
      "packages/adapters/univapay/test/laws",
    ],
    runs: 10_000,
  },
]

/**
 * Tries every law of the domain and of the adapters many times: the files that the everyday tests run, with more runs and no time limit, all from
 * one seed. Arguments go on to vitest: `-t "5 monotone"` chooses laws by name.
 */
const root = resolve(import.meta.dirname, "../../..")
const seed = process.env["PAYFOLD_SEED"] ?? String(Math.floor(Math.random() * 0x7fff_ffff))
console.info(`seed ${seed}`)
for (const { files, runs } of MANY) {
  const { status } = spawnSync(
    process.execPath,
    [
      `${root}/node_modules/vitest/vitest.mjs`,
      ...["run", "--root", root, "--project", "unit", "--testTimeout", "0"],
      ...[...files, ...process.argv.slice(2)],
    ],
    { cwd: root, stdio: "inherit", env: { PAYFOLD_RUNS: String(runs), ...process.env, PAYFOLD_SEED: seed } },
  )
  if (status !== 0) process.exitCode = status ?? 1
}
