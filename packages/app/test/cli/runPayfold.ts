import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"

export const ROOT = join(import.meta.dirname, "../../../..")
export const MAIN = join(ROOT, "packages/app/src/cli/main.js")

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly input?: string | Uint8Array
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs `payfold` as people do: a process of its own, its output read through pipes. */
export async function runPayfold(words: ReadonlyArray<string>, options: RunOptions = {}): Promise<Ran> {
  return await finished(
    spawn(process.execPath, [MAIN, ...words], { env: { ...process.env, NO_COLOR: "1", ...options.environment } }),
    options.input ?? "",
  )
}

/** Runs a line of shell in the repository's folder, with the tools of its install on the path. */
export async function runShell(line: string, environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const path = `${join(ROOT, "node_modules/.bin")}:${process.env["PATH"]}`
  const child = spawn("bash", ["-o", "pipefail", "-c", line], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", PATH: path, ...environment },
  })
  return await finished(child, "")
}

/** Runs a line of shell in a folder with no more of this process's wishes about colours than the environment names. */
export async function runIn(folder: string, line: string, environment: Readonly<Record<string, string>>): Promise<Ran> {
  // Node takes a CI for a place without colours.
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...own } = process.env
  return await finished(
    spawn("bash", ["-o", "pipefail", "-c", line], { cwd: folder, env: { ...own, ...environment } }),
    "",
  )
}

/** The same on a pseudo-terminal of 100 columns, made by `script` of util-linux. What it prints to either output is one text. */
export async function runOnTerminal(
  folder: string,
  line: string,
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  const ran = await runIn(folder, `script -qec ${shellWord(`stty cols 100; ${line}`)} /dev/null`, environment)
  return { ...ran, stdout: ran.stdout.replaceAll("\r\n", "\n") }
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

async function finished(child: ChildProcess, input: string | Uint8Array): Promise<Ran> {
  let stdout = ""
  let stderr = ""
  child.stdout?.setEncoding("utf8").on("data", text => {
    stdout += text
  })
  child.stderr?.setEncoding("utf8").on("data", text => {
    stderr += text
  })
  // A child that ends without reading closes its end; what it printed and its exit code say whether that was right.
  child.stdin?.on("error", () => {})
  child.stdin?.end(input)
  const code = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject))
  return { code, stdout, stderr }
}

/** An environment with a database folder of its own, removed when the test ends. */
export function ownDatabase(): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "payfold-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { PAYFOLD_DATABASE_URL: `pglite:${folder}` }
}

/** The JSON documents of an output, one a line. */
export function jsonLines(output: string): ReadonlyArray<Record<string, unknown>> {
  return output
    .split("\n")
    .filter(line => line !== "")
    .map(line => JSON.parse(line))
}
