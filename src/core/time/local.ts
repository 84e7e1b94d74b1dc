// Moments as a form's fields hold them: without a zone, in the city's time.

/** The moment of a local time such as 2026-11-30T20:00; undefined if it is none. */
export function momentAt(local: string, timeZone: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return undefined
  const guess = new Date(`${local}:00Z`)
  if (Number.isNaN(guess.getTime())) return undefined
  // The zone's distance may differ between the guess and the answer: the second step corrects that.
  const first = new Date(guess.getTime() - distance(guess, timeZone))
  const moment = new Date(guess.getTime() - distance(first, timeZone))
  // A time that summer time skips comes out as the one behind the gap.
  return localAt(first, timeZone) === local ? first : moment
}

/** The local time of a moment, as a form's field holds it. */
export function localAt(moment: Date, timeZone: string): string {
  return new Date(moment.getTime() + distance(moment, timeZone)).toISOString().slice(0, 16)
}

/** How far (ms) the zone is ahead of UTC at a moment. */
function distance(moment: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment)
  const part = (type: string) => Number(parts.find(found => found.type === type)?.value)
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - Math.floor(moment.getTime() / 1000) * 1000
}
