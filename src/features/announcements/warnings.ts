// What an author should know before sending.

import { countPaid } from '../../delivery/index.ts'
import { findAudience, type Share } from './audience.ts'
import { type AnnouncementDeps, openChannels } from './deps.ts'
import type { AnnouncementMessage, Audience } from './model.ts'
import { type Forecast, forecast, isSameText, monthBegan } from './rules.ts'
import { recentTexts } from './store.ts'

const SAME_TEXT_MS = 2 * 86_400_000

/** The same was sent or scheduled a short while ago. */
export type SameText = { code: 'same-text'; announcement: string; at: string }

export async function sameTextAs(
  { database }: AnnouncementDeps,
  { message, except, now }: { message: AnnouncementMessage; except?: string; now: Date },
): Promise<SameText[]> {
  const { sr } = message
  if (typeof sr !== 'string') return []
  const recent = await recentTexts(database.sql, { since: new Date(now.getTime() - SAME_TEXT_MS), except })
  return recent
    .filter(({ text }) => text !== null && isSameText(text, sr))
    .map(({ id, at }) => ({ code: 'same-text', announcement: id, at: at.toISOString() }))
}

/** To how many people it goes, by channel; `unreachable` of them can't be reached; what Viber charges. */
export type Reach = {
  recipients: number
  byChannel: Record<string, number>
  unreachable: number
  viber?: Forecast
}

/** Undefined: the workshop of the filter does not exist. */
export async function reachOf(
  deps: AnnouncementDeps,
  audience: Audience,
  now: Date,
): Promise<Reach | undefined> {
  const query = { audience, channels: openChannels(deps), plugs: deps.plugs }
  const shares = await findAudience(deps.database.sql, query)
  if (!shares) return undefined
  const open = shares.filter(share => share.open)
  const byChannel: Record<string, number> = {}
  for (const { channel, people } of open) byChannel[channel] = (byChannel[channel] ?? 0) + people
  const viber = await viberForecast(deps, open, now)
  return {
    recipients: sum(shares),
    byChannel,
    unreachable: sum(shares) - sum(open),
    ...(viber && { viber }),
  }
}

async function viberForecast(
  deps: AnnouncementDeps,
  open: readonly Share[],
  now: Date,
): Promise<Forecast | undefined> {
  const { viberBudget } = deps.settings()
  const viber = open.filter(({ channel }) => channel === 'viber')
  if (!viberBudget || viber.length === 0) return undefined
  const { timeZone } = deps.knowledge().content.city
  const before = await countPaid(deps.database.sql, 'viber', new Date(monthBegan(timeZone, now.getTime())))
  const people = { free: sum(viber.filter(({ cold }) => !cold)), paid: sum(viber.filter(({ cold }) => cold)) }
  return forecast(people, viberBudget, before)
}

function sum(shares: readonly Share[]): number {
  return shares.reduce((total, { people }) => total + people, 0)
}
