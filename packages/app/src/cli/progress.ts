import { performance } from "node:perf_hooks"

/** What long work tells about itself while it runs. */
export interface Progress {
  /** How much is done of how much; the total may be unknown, and may grow. Cheap enough to be called for every item. */
  readonly report: (done: number, total: number | undefined) => void
  /** Takes the bar away, so that lines can be printed; the next report draws it again. */
  readonly clear: () => void
  /** The work is over: the bar goes, the last JSON line comes. */
  readonly end: () => void
}

interface Drawing {
  readonly everyMs: number
  readonly draw: (pace: Pace) => void
  readonly clear: () => void
}

/** How far, and how fast since the work began. */
interface Pace {
  readonly done: number
  readonly total: number | undefined
  readonly perSecond: number
  readonly secondsLeft: number | undefined
}

/**
 * The progress of long work, on standard error: under `--json` a JSON line each second and a last one; on a terminal a bar with rate and time left; in
 * a pipe nothing. Units in the plural; `bytes` are shown as kB, MB and GB.
 */
export function progressOf(what: string, unit: string, json: boolean): Progress {
  const drawing = json ? jsonLines(what, unit) : process.stderr.isTTY === true ? bar(what, unit) : undefined
  if (drawing === undefined) return { report: () => {}, clear: () => {}, end: () => {} }
  const beganMs = performance.now()
  let drawnMs = Number.NEGATIVE_INFINITY
  let drawnDone: number | undefined
  let last: { readonly done: number; readonly total: number | undefined } | undefined
  const paceNow = (done: number, total: number | undefined) => paceOf(done, total, (performance.now() - beganMs) / 1000)
  return {
    report: (done, total) => {
      last = { done, total }
      const nowMs = performance.now()
      if (nowMs - drawnMs < drawing.everyMs) return
      drawnMs = nowMs
      drawnDone = done
      drawing.draw(paceNow(done, total))
    },
    clear: drawing.clear,
    end: () => {
      if (last !== undefined && last.done !== drawnDone) drawing.draw(paceNow(last.done, last.total))
      drawing.clear()
      last = undefined
    },
  }
}

/** Before this there is no rate to speak of. */
const SHORTEST_SECONDS = 0.2

function paceOf(done: number, total: number | undefined, seconds: number): Pace {
  const perSecond = seconds < SHORTEST_SECONDS ? 0 : Math.round(done / seconds)
  const left = total === undefined ? undefined : Math.max(0, total - done)
  const secondsLeft = left === 0 ? 0 : left === undefined || perSecond === 0 ? undefined : Math.ceil(left / perSecond)
  return { done, total, perSecond, secondsLeft }
}

function jsonLines(what: string, unit: string): Drawing {
  const draw = ({ done, total, perSecond, secondsLeft }: Pace) => {
    const line = { progress: what, unit, done, total: total ?? null, perSecond, secondsLeft: secondsLeft ?? null }
    process.stderr.write(`${JSON.stringify(line)}\n`)
  }
  return { everyMs: 1_000, draw, clear: () => {} }
}

const ERASE_LINE = "\r\u001b[K"

function bar(what: string, unit: string): Drawing {
  let isDrawn = false
  const clear = () => {
    if (isDrawn) process.stderr.write(ERASE_LINE)
    isDrawn = false
  }
  const draw = (pace: Pace) => {
    isDrawn = true
    // The last column stays free: a full line would wrap and leave its first half behind.
    process.stderr.write(`${ERASE_LINE}${barText(what, unit, pace).slice(0, (process.stderr.columns ?? 80) - 1)}`)
  }
  return { everyMs: 100, draw, clear }
}

const BAR_CELLS = 20

function barText(what: string, unit: string, { done, total, perSecond, secondsLeft }: Pace): string {
  const rate = `${amountText(perSecond, unit)} a second`
  if (total === undefined) return `${what}: ${amountText(done, unit)}, ${rate}`
  const share = total === 0 ? 1 : Math.min(1, done / total)
  const cells = Math.floor(share * BAR_CELLS)
  const left = secondsLeft === undefined ? "" : `, ${durationText(secondsLeft)} left`
  return `${what} [${"#".repeat(cells)}${"-".repeat(BAR_CELLS - cells)}] ${Math.floor(share * 100)} % of ${amountText(total, unit)}, ${rate}${left}`
}

function amountText(amount: number, unit: string): string {
  if (unit !== "bytes") return `${amount.toLocaleString("en")} ${unit}`
  if (amount < 1e6) return `${(amount / 1e3).toFixed(0)} kB`
  return amount < 1e9 ? `${(amount / 1e6).toFixed(1)} MB` : `${(amount / 1e9).toFixed(2)} GB`
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
