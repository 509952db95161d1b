import { spawn } from "node:child_process"

/** Whose process it is; nothing for our own user. */
export interface RunAs {
  readonly uid?: number
  readonly gid?: number
}

/** Runs a program to its end as a user, in a folder, and gives what it wrote. Rejects when it fails, with what it said. */
export const runAs = (
  user: RunAs,
  folder: string,
  program: string,
  ...parameters: ReadonlyArray<string>
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { ...user, cwd: folder, stdio: ["ignore", "pipe", "pipe"] })
    let output = ""
    let errors = ""
    child.stdout.setEncoding("utf8").on("data", text => {
      output += text
    })
    child.stderr.setEncoding("utf8").on("data", text => {
      errors += text
    })
    child.once("error", reject)
    child.once("close", code => {
      if (code === 0) resolve(output)
      else reject(new Error(`${program} ended with ${code}: ${errors.trim() || output.trim()}`))
    })
  })
