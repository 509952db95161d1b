/** Shows how far long work is, on standard error: a line that is written over on a terminal, JSON lines under `--json`, nothing in a pipe. */
export function progressOf(
  what: string,
  unit: string,
  json: boolean,
): { readonly report: (done: number, total: number | undefined) => void; readonly end: () => void } {
  if (json) {
    const report = (done: number, total: number | undefined) =>
      void process.stderr.write(`${JSON.stringify({ progress: what, unit, done, total })}\n`)
    return { report, end: () => {} }
  }
  if (process.stderr.isTTY !== true) return { report: () => {}, end: () => {} }
  return {
    report: (done, total) =>
      void process.stderr.write(`\r\u001b[K${what}: ${done}${total === undefined ? "" : ` of ${total}`} ${unit}`),
    end: () => void process.stderr.write("\r\u001b[K"),
  }
}
