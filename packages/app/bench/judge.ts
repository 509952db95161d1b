import type { Bound, Figure } from "./Measurement.ts"

/** Whether a value keeps within a bound; no number never does. */
export function keeps(value: number, bound: Bound): boolean {
  return "atMost" in bound ? value <= bound.atMost : value >= bound.atLeast
}

/** `≤ 3 ×`. */
export function boundText(bound: Bound | undefined, unit: Figure["unit"]): string {
  if (bound === undefined) return "printed"
  return "atMost" in bound ? `≤ ${bound.atMost} ${unit}` : `≥ ${bound.atLeast} ${unit}`
}

/** Three figures that count. */
export function valueText(value: number, unit: Figure["unit"]): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))))
  return `${value.toFixed(Math.min(2, digits))} ${unit}`
}

/** What `--assert` says of a figure: a missed must, how far a missed aim is, or nothing. */
export function complaint({
  value,
  must,
  aim,
  unit,
  work,
}: Figure): { readonly fails: boolean; readonly text: string } | undefined {
  if (must !== undefined && !keeps(value, must))
    return { fails: true, text: `must missed: ${work}: ${valueText(value, unit)}, ${boundText(must, unit)}` }
  if (aim === undefined || keeps(value, aim)) return undefined
  const wanted = "atMost" in aim ? aim.atMost : aim.atLeast
  const factor = "atMost" in aim ? value / wanted : wanted / value
  const text = `aim missed by a factor of ${factor.toFixed(2)}: ${work}: ${valueText(value, unit)}, ${boundText(aim, unit)}`
  return { fails: false, text }
}
