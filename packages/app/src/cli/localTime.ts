import { dayIn } from "../projection/dayIn.ts"

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What a clock on the wall shows at an instant in a time zone: `18:00:00`. */
function clockIn(timeZone: string, instant: string): string {
  let clock = clocks.get(timeZone)
  if (clock === undefined) {
    // Swedish writes times as ISO 8601 does.
    clock = new Intl.DateTimeFormat("sv", { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit" })
    clocks.set(timeZone, clock)
  }
  return clock.format(new Date(instant))
}

/** An instant for a column of a table: `2026-06-02 19:05:00`, on the clocks of the time zone. */
export function localTime(timeZone: string, instant: string): string {
  return `${dayIn(timeZone, instant)} ${clockIn(timeZone, instant)}`
}

/**
 * A deadline for a column of a table: `end of 2026-07-01` where it is the last moment of that day, else `2026-07-01 18:00`. Finer than a
 * minute no provider promises, so only the day's last second counts as its end.
 */
export function deadlineCell(timeZone: string, deadline: string): string {
  const day = endedDay(timeZone, deadline)
  return day === undefined ? localTime(timeZone, deadline).slice(0, -3) : `end of ${day}`
}

/**
 * A deadline as one says it: `until the end of 1 July in Japan`, `until 1 July, 18:00 in Bangkok`. The end of a day in Japan is said so for any merchant:
 * konbini slips end there. `now` is an instant; the year is named where it is another one.
 */
export function deadlineSentence(timeZone: string, deadline: string, now: string): string {
  for (const zone of [timeZone, JAPAN]) {
    const day = endedDay(zone, deadline)
    if (day !== undefined) return `until the end of ${dayName(day, dayIn(zone, now))} ${placeOf(zone)}`
  }
  const day = dayName(dayIn(timeZone, deadline), dayIn(timeZone, now))
  return `until ${day}, ${clockIn(timeZone, deadline).slice(0, 5)} ${placeOf(timeZone)}`
}

/** `3 June, 10:05 in Japan`; the year where it is another than that of `now`. */
export function momentSentence(timeZone: string, instant: string, now: string): string {
  const day = dayName(dayIn(timeZone, instant), dayIn(timeZone, now))
  return `${day}, ${clockIn(timeZone, instant).slice(0, 5)} ${placeOf(timeZone)}`
}

const JAPAN = "Asia/Tokyo"

/** The day whose last second this is. */
function endedDay(timeZone: string, instant: string): string | undefined {
  return clockIn(timeZone, instant) === "23:59:59" ? dayIn(timeZone, instant) : undefined
}

function dayName(day: string, today: string): string {
  const isThisYear = day.slice(0, 4) === today.slice(0, 4)
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  })
  return format.format(new Date(`${day}T00:00:00Z`))
}

/** Where those clocks hang: a country for the one time zone of Japan, else the city that names the zone. */
function placeOf(timeZone: string): string {
  return `in ${timeZone === JAPAN ? "Japan" : (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ")}`
}
