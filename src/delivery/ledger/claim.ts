// Claiming for one channel: in one transaction as much is taken as is free on it, and its rate moved on.
import type { Broadcast, Channel } from '../../channels/channel.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import { groupsOf } from './carrier.ts'
import { holdRate, spend } from './rate.ts'
import { type Claimed, claimDeliveries, countPaid } from './store.ts'

/** Something that may go out now. `messages`: by language and script, as deliveries ask for them. */
export type Going = { id: string; messages: Record<string, Outbound> }

/** The most that may be sent on a channel that bills, since a moment. */
export type PaidLimit = { max: number; since: Date }

export type ClaimOptions = {
  database: Database
  channel: Channel
  /** Requests per second. */
  perSecond: number
  paidLimit(): PaidLimit | undefined
}

/** `waitMs`: nothing is free before that. `together`: they go in one request for each message. */
export type Claim = Claimed & { together: boolean; waitMs?: number }

/** Takes deliveries of one announcement for at most `places` people. */
export type TakeClaim = (going: Going, places: number) => Promise<Claim>

export function createClaim(options: ClaimOptions): TakeClaim {
  const { database, channel, perSecond } = options
  const manners = new WeakMap<object, Manner>()

  function mannerOf(messages: Going['messages']): Manner {
    const known = manners.get(messages) ?? mannerFor(channel, Object.values(messages))
    manners.set(messages, known)
    return known
  }

  return ({ id, messages }, places) =>
    database.transaction(async sql => {
      const { cost, broadcast } = mannerOf(messages)
      const room = await holdRate(sql, { channel: channel.id, perSecond, cost })
      if (room.times === 0) return { rows: [], skipped: 0, together: false, waitMs: room.waitMs }
      const query = { announcementId: id, channel: channel.id, ...(await billing(sql, options)) }
      const take = async (people: number, together: boolean) => {
        const claimed = await claimDeliveries(sql, { ...query, people: Math.min(people, places), together })
        const requests = together ? groupsOf(claimed).length : claimed.rows.length * cost
        await spend(sql, channel.id, { ...room, perSecond, requests })
        return { ...claimed, together }
      }
      const many = broadcast && (await take(broadcast.max, true))
      return many?.rows.length || many?.skipped ? many : take(room.times, false)
    })
}

/** How an announcement goes out on a channel: how many requests for one person, and whether for many at once. */
type Manner = { cost: number; broadcast?: Broadcast }

function mannerFor(channel: Channel, messages: readonly Outbound[]): Manner {
  const cost = Math.max(1, ...messages.map(message => channel.requests?.(message) ?? 1))
  const { broadcast } = channel
  return messages.every(message => broadcast?.fits(message)) ? { cost, broadcast } : { cost }
}

/** Whom the channel bills, and for how many more there is money. */
async function billing(sql: Sql, { channel, paidLimit }: ClaimOptions) {
  const { sessionMs } = channel.capabilities
  const limit = sessionMs === undefined ? undefined : paidLimit()
  if (!limit) return { sessionMs }
  return { sessionMs, paidLeft: Math.max(0, limit.max - (await countPaid(sql, channel.id, limit.since))) }
}
