// The polls' part of the overview: what is open, and where the city owes those who took part a word.
import { textIn } from '../../core/model/poll.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Cell, OverviewPart, OverviewReader } from '../../staff/index.ts'
import { isSmall } from './protect.ts'
import { isOverdue, isOwed } from './staff-views.ts'
import { listPolls, type StaffPoll } from './store.ts'

export function pollsOverview(sql: Sql): OverviewPart {
  return {
    id: 'polls',
    async load(reader) {
      const { t, now } = reader
      const polls = await listPolls(sql)
      const open = polls.filter(({ status }) => status === 'open')
      const owed = polls.filter(isOwed)
      const isLate = owed.some(poll => isOverdue(poll, now))
      const toReview = polls.reduce((sum, poll) => sum + poll.toReview, 0)
      return {
        title: t('console.section.polls'),
        figures: [
          { id: 'open', label: t('console.overview.polls.open'), value: open.length },
          {
            id: 'owed',
            label: t('console.overview.polls.owed'),
            value: owed.length,
            ...(isLate && { tone: 'bad' }),
          },
          { id: 'toReview', label: t('console.overview.polls.toReview'), value: toReview },
        ],
        tables: [table(reader, [...owed.toSorted(byPromise), ...open])],
      }
    },
  }
}

function byPromise(a: StaffPoll, b: StaffPoll): number {
  return (a.promiseBy ?? '').localeCompare(b.promiseBy ?? '')
}

function table(reader: OverviewReader, polls: readonly StaffPoll[]) {
  const { t } = reader
  return {
    id: 'polls',
    title: t('console.overview.polls.list'),
    columns: [
      { id: 'poll', title: t('console.overview.polls.poll') },
      { id: 'turnout', title: t('console.overview.polls.turnout'), kind: 'number' as const },
      { id: 'by', title: t('console.overview.polls.by') },
    ],
    rows: polls.map(poll => row(reader, poll)),
    empty: t('console.overview.polls.none'),
  }
}

function row({ contentLanguage, inScript, now }: OverviewReader, poll: StaffPoll): Cell[] {
  const { title, turnout, promiseBy } = poll
  const tone = isOverdue(poll, now) ? ('bad' as const) : undefined
  return [
    inScript(textIn(title, contentLanguage)),
    isSmall(turnout) ? null : turnout,
    isOwed(poll) && promiseBy ? { day: promiseBy, ...(tone && { tone }) } : null,
  ]
}
