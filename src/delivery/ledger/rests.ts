// An announcement that doesn't get through on a channel rests, longer each time, so that an outage costs
// neither attempts nor the others' time.

export interface Rests {
  /** Whether it is to be left alone now. */
  has(id: string): boolean
  note(id: string, through: boolean): void
}

const FIRST_MS = 1000
const MAX_MS = 60_000

export function createRests(now: () => number = Date.now): Rests {
  const rests = new Map<string, { until: number; ms: number }>()
  return {
    has: id => (rests.get(id)?.until ?? 0) > now(),
    note(id, through) {
      const rest = rests.get(id)
      if (through) rests.delete(id)
      // What was under way together fails together: that is one failure.
      else if (!rest || rest.until <= now()) {
        const ms = rest ? Math.min(rest.ms * 2, MAX_MS) : FIRST_MS
        rests.set(id, { until: now() + ms, ms })
      }
    },
  }
}
