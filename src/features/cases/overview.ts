// The cases' part of the overview: what waits for the city, and what should have been answered by now.
import { dayIn } from '../../core/time/day.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { OverviewPart } from '../../staff/index.ts'
import { countOwed } from './store.ts'

export function casesOverview(sql: Sql): OverviewPart {
  return {
    id: 'cases',
    async load({ t, timeZone, now }) {
      const { open, passed, overdue } = await countOwed(sql, dayIn(timeZone, now.getTime()))
      return {
        title: t('console.overview.cases.title'),
        figures: [
          { id: 'open', label: t('console.overview.cases.open'), value: open, headline: true },
          { id: 'passed', label: t('console.overview.cases.passed'), value: passed },
          {
            id: 'overdue',
            label: t('console.overview.cases.overdue'),
            value: overdue,
            tone: overdue ? 'bad' : 'good',
          },
        ],
      }
    },
  }
}
