import { boundText, keeps, valueText } from "./judge.ts"
import type { Figure } from "./Measurement.ts"

/** The figures as a table in Markdown. */
export function table(figures: ReadonlyArray<Figure>): string {
  const rows = figures.map(({ work, value, unit, must, aim, behind }) => {
    const within = must !== undefined && !keeps(value, must) ? " **missed**" : ""
    return `| ${[work, `${valueText(value, unit)}${within}`, boundText(must, unit), boundText(aim, unit), behind].join(" | ")} |`
  })
  return ["| Work | Measured | Must | Aim | Behind it |", "|---|---|---|---|---|", ...rows].join("\n")
}
