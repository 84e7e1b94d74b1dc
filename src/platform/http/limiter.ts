// How often somebody may try. Kept in this process: several instances allow that many times more.

export interface Limiter {
  /** Counts a try; false when there were too many in the window. */
  allows(key: string): boolean
}

const KEYS_MAX = 10_000

/** At most `max` tries per key in each window of `windowMs`. */
export function createLimiter({ max, windowMs }: { max: number; windowMs: number }): Limiter {
  const windows = new Map<string, { from: number; count: number }>()
  return {
    allows(key) {
      const now = Date.now()
      const known = windows.get(key)
      const window = known && now - known.from < windowMs ? known : { from: now, count: 0 }
      window.count++
      if (!windows.has(key) && windows.size >= KEYS_MAX) windows.clear()
      windows.set(key, window)
      return window.count <= max
    },
  }
}
