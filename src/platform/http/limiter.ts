// How often somebody may try. Kept in this process: several instances allow that many times more.
import { isIPv6 } from 'node:net'

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
      // Who came last stands last: whoever has many addresses pushes out old windows, never the busy ones.
      windows.delete(key)
      windows.set(key, window)
      if (windows.size > KEYS_MAX) windows.delete(windows.keys().next().value ?? '')
      return window.count <= max
    },
  }
}

/** The network that is counted as one caller: a household or phone has a whole /64 of IPv6 addresses. */
export function networkOf(ip: string): string {
  const [plain = ''] = ip.split('%')
  if (!isIPv6(plain)) return plain
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  return mapped ?? expanded(plain).slice(0, 4).join(':')
}

/** The eight groups of an IPv6 address. */
function expanded(ip: string): string[] {
  const [head = '', tail] = ip.split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  if (tail === undefined) return groups(head)
  const zeros = Array<string>(Math.max(0, 8 - groups(head).length - groups(tail).length)).fill('0')
  return [...groups(head), ...zeros, ...groups(tail)]
}
