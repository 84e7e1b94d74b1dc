// When nobody is written to unasked: at night, and on days of silence before elections.
import type { Settings } from '../model/settings.ts'
import { dayIn } from './day.ts'

/** Whether people may be written to at this moment (milliseconds since the epoch). */
export function mayDisturb(
  { quietHours, silence }: Pick<Settings, 'quietHours' | 'silence'>,
  timeZone: string,
  now: number,
): boolean {
  const today = dayIn(timeZone, now)
  if (silence.some(({ from, to }) => from <= today && today <= to)) return false
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(now)
  const { from, to } = quietHours
  const isNight = from <= to ? from <= time && time < to : time >= from || time < to
  return !isNight
}
