const formats = new Map<string, Intl.DateTimeFormat>()

/** The day of the calendar on which an instant falls in a time zone: `2026-06-02`. By the time zones of this process, on either engine. */
export function dayIn(timeZone: string, instant: string): string {
  let format = formats.get(timeZone)
  if (format === undefined) {
    // Swedish writes days as ISO 8601 does.
    format = new Intl.DateTimeFormat("sv", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" })
    formats.set(timeZone, format)
  }
  return format.format(new Date(instant))
}
