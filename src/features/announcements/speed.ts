// How fast an announcement goes, from what was counted lately.

/** `at`: milliseconds; `done`: deliveries that are settled. */
export type Reading = { at: number; done: number }

const WINDOW_MS = 10_000

export interface Speed {
  /** Adds a reading. Resolves to deliveries a second; undefined as long as nothing can be said. */
  note(reading: Reading): number | undefined
}

/** A moving average. */
export function createSpeed(): Speed {
  let readings: Reading[] = []
  return {
    note(reading) {
      readings = [...readings.filter(({ at }) => at >= reading.at - WINDOW_MS), reading]
      const [first] = readings
      if (!first || reading.at <= first.at) return undefined
      return ((reading.done - first.done) * 1000) / (reading.at - first.at)
    },
  }
}
