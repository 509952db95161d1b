import type { Lines, Point } from "./Measurement.ts"

const WIDTH = 860
const HEIGHT = 300
const MARGIN = { left: 70, right: 20, top: 34, bottom: 46 }
const PANEL = { width: WIDTH / 2 - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }
const COLOURS = ["#1f6feb", "#d1570f"]

/** A part of the chart: what its axis counts, and the lines in it by their names. */
interface Panel {
  readonly title: string
  readonly lines: ReadonlyArray<string>
}

const PANELS: ReadonlyArray<Panel> = [
  { title: "events in the log", lines: ["rebuild, events/s", "append, payments/s"] },
  { title: "writers at once", lines: ["append by writers"] },
]

/** The lines as an SVG picture: rates a second against the length of the log, and against the number of writers; both axes logarithmic. */
export function chart(lines: Lines): string {
  const panels = PANELS.map(({ title, lines: names }, index) =>
    panel(
      title,
      names.flatMap(name => (lines[name] === undefined ? [] : [[name, lines[name]] as const])),
      (index * WIDTH) / 2,
    ),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">
<title>How cost grows: rates by length of the log and by number of writers</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
${panels.join("\n")}
</svg>
`
}

function panel(title: string, lines: ReadonlyArray<readonly [string, ReadonlyArray<Point>]>, left: number): string {
  const points = lines.flatMap(([, all]) => all)
  const across = scale(points.map(point => point.at))
  const up = scale(points.map(point => point.rate))
  const x = (at: number) => left + MARGIN.left + across.place(at) * PANEL.width
  const y = (rate: number) => MARGIN.top + (1 - up.place(rate)) * PANEL.height
  const grid = [
    ...up.marks.map(
      mark =>
        `<path d="M${x(across.from)} ${y(mark)}h${PANEL.width}" stroke="#ddd"/><text x="${x(across.from) - 6}" y="${y(mark) + 4}" text-anchor="end">${short(mark)}</text>`,
    ),
    ...across.marks.map(
      mark => `<text x="${x(mark)}" y="${MARGIN.top + PANEL.height + 16}" text-anchor="middle">${short(mark)}</text>`,
    ),
  ]
  const drawn = lines.map(([name, all], index) => {
    const colour = COLOURS[index] ?? "black"
    const places = all.map(({ at, rate }) => `${x(at).toFixed(1)},${y(rate).toFixed(1)}`)
    const dots = all.map(
      ({ at, rate }) => `<circle cx="${x(at).toFixed(1)}" cy="${y(rate).toFixed(1)}" r="3" fill="${colour}"/>`,
    )
    const legend = `<text x="${left + MARGIN.left + index * 150}" y="20" fill="${colour}">${name}</text>`
    return `<polyline points="${places.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}${legend}`
  })
  const label = `<text x="${left + MARGIN.left + PANEL.width / 2}" y="${HEIGHT - 10}" text-anchor="middle">${title}</text>`
  return [...grid, ...drawn, label].join("\n")
}

/** From the power of ten at or below the smallest to the one at or above the largest. */
function scale(values: ReadonlyArray<number>) {
  const exponents = values.filter(value => value > 0).map(Math.log10)
  const low = Math.floor(Math.min(...exponents, 9))
  const high = Math.max(low + 1, Math.ceil(Math.max(...exponents, low)))
  return {
    from: 10 ** low,
    marks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
    place: (value: number) => (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low),
  }
}

function short(value: number): string {
  return value >= 1_000_000 ? `${value / 1_000_000}M` : value >= 1_000 ? `${value / 1_000}k` : String(value)
}
