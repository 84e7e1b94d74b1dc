// What the lane for bulk asks of announcements.
import type { Bulk } from '../../delivery/index.ts'
import { createAgenda } from './agenda.ts'
import type { AnnouncementDeps } from './deps.ts'
import { monthBegan, paidMax } from './rules.ts'

/** `rates`: requests per second, by channel. */
export function announcementBulk(deps: AnnouncementDeps, rates: Bulk['rates']): Bulk {
  const { settings, knowledge } = deps
  return {
    rates,
    agenda: createAgenda(deps),
    isHeld: channel => settings().paused.some(paused => paused === channel),
    paidLimit() {
      const { viberBudget } = settings()
      const { timeZone } = knowledge().content.city
      return viberBudget
        ? { max: paidMax(viberBudget), since: new Date(monthBegan(timeZone, Date.now())) }
        : undefined
    },
  }
}
