import { defineConfig } from "vitest/config"

/** The domain's own tests, without those that read sources and documents: a mutant changes the sources. */
export default defineConfig({
  test: {
    include: ["packages/domain/test/**/*.test.ts"],
    exclude: ["**/tidy.test.ts", "**/docs.test.ts", "**/node_modules/**"],
    testTimeout: 60_000,
  },
})
