import { writeFileSync } from "node:fs"
import { registerHooks } from "node:module"

// Loaded before a program (`node --import`): writes the address of every module that the program loads, a line each, to the file RECORDED_MODULES names.
const loaded: Array<string> = []
registerHooks({
  load: (url, context, next) => {
    loaded.push(url)
    return next(url, context)
  },
})
process.on("exit", () => writeFileSync(process.env["RECORDED_MODULES"] ?? "", loaded.join("\n")))
