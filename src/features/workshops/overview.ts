// The workshops' part of the overview: those of the next days, with the seats that everybody sees to be free.
import { textIn } from '../../core/model/workshop.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { OverviewPart } from '../../staff/index.ts'
import { readWorkshops } from './store.ts'

const AHEAD_MS = 7 * 86_400_000

export function workshopsOverview(sql: Sql): OverviewPart {
  return {
    id: 'workshops',
    async load({ t, contentLanguage, inScript, now }) {
      const coming = await readWorkshops(sql, { statuses: ['published'], endsAfter: now })
      const soon = coming.filter(({ startsAt }) => startsAt < now.getTime() + AHEAD_MS)
      const title = t('console.overview.workshops.title')
      return {
        title,
        tables: [
          {
            id: 'soon',
            title,
            columns: [
              { id: 'workshop', title: t('console.overview.workshops.workshop') },
              { id: 'at', title: t('console.overview.workshops.at') },
              { id: 'free', title: t('console.overview.workshops.free'), kind: 'number' },
            ],
            rows: soon.map(({ title, startsAt, free }) => [
              inScript(textIn(title, contentLanguage)),
              { at: new Date(startsAt) },
              free,
            ]),
            empty: t('console.overview.workshops.none'),
          },
        ],
      }
    },
  }
}
