// Moments as clocks of a time zone show them, and back. Times of the day are written like 10:30.
import { isDay } from './day.ts'

/** A day and a time as a clock on the wall shows them. */
export type WallTime = { day: string; time: string }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const clocks = new Map<string, Intl.DateTimeFormat>()

/** What the clock shows at this moment (milliseconds since the epoch). */
export function wallTimeIn(timeZone: string, at: number): WallTime {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  }
}

/**
 * The moment at which the clock shows this. Undefined for what is no day or time, and for an hour that the
 * clock skips in spring; of an hour that it shows twice in autumn, the first.
 */
export function momentIn(timeZone: string, { day, time }: WallTime): number | undefined {
  if (!isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined
  const utc = Date.parse(`${day}T${time}:00Z`)
  const offsets = [offsetAt(timeZone, utc - DAY_MS), offsetAt(timeZone, utc + DAY_MS)]
  const candidates = offsets.map(offset => utc - offset).toSorted((a, b) => a - b)
  return candidates.find(at => {
    const shown = wallTimeIn(timeZone, at)
    return shown.day === day && shown.time === time
  })
}

/** How far the clock is ahead of UTC (ms). */
function offsetAt(timeZone: string, at: number): number {
  const { day, time } = wallTimeIn(timeZone, at)
  return Date.parse(`${day}T${time}:00Z`) - Math.floor(at / MINUTE_MS) * MINUTE_MS
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  clocks.set(timeZone, clock)
  return clock
}
