// The published numbers of a poll as a table for spreadsheets: one row per number, the same in every language but
// for the labels. A hidden number is an empty cell.
import type { Language } from '../../core/model/content.ts'
import { type Count, type Poll, type Question, textIn } from '../../core/model/poll.ts'
import { type Cell, csvOf } from '../../platform/csv.ts'
import type { Published } from './protect.ts'
import type { PollResults } from './results.ts'

const HEADER = [
  'poll',
  'question',
  'answers',
  'table',
  'community',
  'id',
  'label',
  'count',
  'percent',
  'people',
]

/** CSV text; `write` brings Serbian into the reader's script. */
export function numbersFile(
  poll: Poll,
  { questions, unfinished }: PollResults,
  language: Language,
  write: (text: string) => string,
): string {
  const rows = questions.flatMap(({ questionId, whole, partial }) => {
    const question = poll.questions.find(({ id }) => id === questionId)
    if (!question) return []
    const say = (answers: string, published: Published) =>
      rowsOf(question, published, language, write).map(row => [poll.id, question.position, answers, ...row])
    return [...say('finished', whole), ...(unfinished > 0 ? say('unfinished', partial) : [])]
  })
  return csvOf(HEADER, rows)
}

function rowsOf(
  question: Question,
  { n, options, channels, communities }: Published,
  language: Language,
  write: (text: string) => string,
): Cell[][] {
  const label = (id: string) => write(labelOf(question, id, language))
  const asked: Cell[] = ['question', '', '', write(textIn(question.text, language)), n, null, n]
  const row = (
    table: string,
    community: string,
    id: string,
    name: string,
    count: Count,
    people: number,
  ): Cell[] => [table, community, id, name, count, count === null ? null : percentOf(count, people), people]
  return [
    asked,
    ...Object.entries(options).map(([id, count]) => row('option', '', id, label(id), count, n)),
    ...Object.entries(channels).map(([id, count]) => row('channel', '', id, id, count, n)),
    ...communities.map(({ id, n: people }) =>
      row('community', '', id ?? 'others', id ?? 'others', people, n),
    ),
    ...communities.flatMap(({ id, n: people, options }) =>
      Object.entries(options).map(([option, count]) =>
        row('community-option', id ?? 'others', option, label(option), count, people),
      ),
    ),
  ]
}

function labelOf({ options }: Question, id: string, language: Language): string {
  const option = options.find(candidate => candidate.id === id)
  return option ? textIn(option.label, language) : id
}

/** With a point and one digit behind it, whatever the language: programs read it too. */
function percentOf(count: number, people: number): number {
  return people === 0 ? 0 : Math.round((count / people) * 1000) / 10
}
