import { spawnSync } from "node:child_process"
import { expect, test } from "vitest"
import { COMMANDS } from "./commandTree.ts"
import { runPayfold } from "./runPayfold.ts"

const scripts = async (shell: string) => (await runPayfold(["--completions", shell])).stdout

/** What bash offers for the last of these words. */
function offered(script: string, words: ReadonlyArray<string>): ReadonlyArray<string> {
  const ask = [
    `COMP_WORDS=(${words.map(word => `'${word}'`).join(" ")})`,
    `COMP_LINE='${words.join(" ")}'`,
    `COMP_POINT=${words.join(" ").length}`,
    `COMP_CWORD=${words.length - 1}`,
    // As readline calls it: the command, the word to complete, the word before.
    `_payfold payfold '${words.at(-1)}' '${words.at(-2)}'`,
    'printf "%s\\n" "$' + '{COMPREPLY[@]}"',
  ]
  const ran = spawnSync("bash", ["--norc", "-c", `${script}\n${ask.join("\n")}`], { encoding: "utf8" })
  expect(ran.stderr).toBe("")
  return ran.stdout.trim().split("\n")
}

test("bash completes commands, flags and the words a flag takes", async () => {
  const script = await scripts("bash")
  expect(offered(script, ["payfold", "pay"])).toEqual(["payments"])
  expect(offered(script, ["payfold", "inbox", "re"])).toEqual(["retry", "retranslate"])
  expect(offered(script, ["payfold", "payments", "--old"])).toEqual(["--older-than"])
  expect(offered(script, ["payfold", "payments", "--status", "a"])).toEqual(["awaiting"])
  expect(offered(script, ["payfold", "payments", "--method", "pay"])).toEqual(["pay-easy"])
  expect(offered(script, ["payfold", "ingest", "uni"])).toEqual(["univapay"])
})

test.each([
  ["zsh", ["-n"]],
  ["fish", ["--no-execute"]],
])("%s gets a script that names every command, which it can read where it is installed", async (shell, onlyRead) => {
  const script = await scripts(shell)
  for (const { command } of COMMANDS) expect(script).toContain(command.name)
  const read = spawnSync(shell, onlyRead, { input: script, encoding: "utf8" })
  if (read.error !== undefined) console.warn(`${shell} is not installed: its script was only looked at`)
  else expect([read.status, read.stderr]).toEqual([0, ""])
})
