// The announcements' part of the overview: what is under way, and what waits for somebody's decision. Announcements
// are counted, never the people they went to.
import type { Sql } from '../../platform/db/database.ts'
import type { OverviewPart } from '../../staff/index.ts'
import { countUnderWay } from './store.ts'

export function announcementsOverview(sql: Sql): OverviewPart {
  return {
    id: 'announcements',
    async load({ t }) {
      const { going, scheduled, wanted, uncertain } = await countUnderWay(sql)
      return {
        title: t('console.section.announcements'),
        figures: [
          { id: 'going', label: t('console.overview.announcements.going'), value: going },
          { id: 'scheduled', label: t('console.overview.announcements.scheduled'), value: scheduled },
          {
            id: 'wanted',
            label: t('console.overview.announcements.wanted'),
            value: wanted,
            ...(wanted > 0 && { tone: 'warn' }),
          },
          {
            id: 'uncertain',
            label: t('console.overview.announcements.uncertain'),
            value: uncertain,
            ...(uncertain > 0 && { tone: 'warn' }),
          },
        ],
      }
    },
  }
}
