import { defineConfig } from "vitest/config"

const tests = "packages/**/test/**/*.test.ts"
const postgresTests = "**/*.postgres.test.ts"
const tidyTests = "**/tidy.test.ts"
const packedTests = "**/*.packed.test.ts"
const notOurs = ["**/node_modules/**", "**/dist/**"]

/** A test file's suffix says what it needs; each need is a project. Two workers: the suite must be quick on two cores. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          testTimeout: 30_000,
          include: [tests],
          exclude: [postgresTests, tidyTests, packedTests, ...notOurs],
        },
      },
      {
        test: {
          name: "postgres",
          include: [postgresTests],
          exclude: notOurs,
          globalSetup: ["packages/app/test/startPostgres.ts"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      { test: { name: "tidy", include: [tidyTests], exclude: notOurs } },
      // Packs and installs everything from the registry: a command of its own.
      { test: { name: "packed", include: [packedTests], exclude: notOurs } },
    ],
  },
})
