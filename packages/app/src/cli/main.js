#!/usr/bin/env node
import { enableCompileCache, registerHooks } from "node:module"

// JavaScript, since Node would have to load its TypeScript parser for this one file, a fifth of the time to start (measured): all the others it finds in the cache
// that is enabled here, compiled, in the system's temporary folder. That must be on before anything else is imported.
enableCompileCache()

// For each of the two thousand imports between the modules of `effect`, Node asks the disk and reads a long package.json once more: a third of the time to start
// (measured). These modules name their neighbours in full, so there is nothing to look up.
const inEffect = /\/node_modules\/(effect|@effect\/[^/]+)\/dist\/[^?#]+$/
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith(".") && inEffect.test(context.parentURL ?? "")
      ? { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true }
      : next(specifier, context),
})

await import("./run.ts")
