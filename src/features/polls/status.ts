// What a poll is at a moment, whether or not the job that notes it has run yet. Pure.
import type { PollStatus } from '../../core/model/poll.ts'

export type Dates = { status: string; opensAt: Date | null; closesAt: Date | null }

/** The status by the clock: what is due has happened. */
export function statusAt({ status, opensAt, closesAt }: Dates, now: Date): PollStatus {
  const begun = status === 'open' || (status === 'scheduled' && opensAt !== null && opensAt <= now)
  if (begun) return closesAt !== null && closesAt <= now ? 'closed' : 'open'
  if (status === 'closed' || status === 'scheduled') return status
  return 'draft'
}
