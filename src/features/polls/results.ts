// Results of closed polls: counted from the votes, protected, and the same for pages, chats, programs and files.
// Nothing here reads the counts of a poll that is not closed.
import type { ChannelId } from '../../core/model/event.ts'
import type { Poll, Question } from '../../core/model/poll.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Counts, type Published, protect, type Tally } from './protect.ts'

/** Where votes come from, as results name it. A terminal counts as the web page. */
export const RESULT_CHANNELS = [
  'telegram',
  'viber',
  'botframework',
  'web',
] as const satisfies readonly ChannelId[]

export type QuestionNumbers = {
  questionId: number
  /** Of those who finished; of a quick poll everybody. */
  whole: Published
  /** Of those who began a survey and did not finish it; counted apart. */
  partial: Published
}

export type PollResults = {
  /** People who took part; of a survey, who finished it. */
  n: number
  /** People who began a survey and did not finish. */
  unfinished: number
  questions: QuestionNumbers[]
}

type Row = {
  questionId: number
  partial: boolean
  channel: string | null
  community: string | null
  option: string | null
  count: number
}

/** The published numbers of a poll. Throws for one that isn't closed: whoever asks must have looked. */
export async function resultsOf(
  sql: Sql,
  poll: Pick<Poll, 'id' | 'form' | 'questions'>,
): Promise<PollResults> {
  const [state] = await sql<{ status: string }>`SELECT status FROM poll WHERE id = ${poll.id}`
  if (state?.status !== 'closed') throw new Error('results of a poll that is not closed')
  const rows = await countRows(sql, poll.id)
  const [people] = await sql<{ finished: number; unfinished: number }>`
    SELECT count(*) FILTER (WHERE finished)::int AS finished, count(*) FILTER (WHERE NOT finished)::int AS unfinished
    FROM survey_progress WHERE poll_id = ${poll.id}`
  const questions = poll.questions.map(question => ({
    questionId: question.id,
    whole: protect(tallyOf(question, rowsOf(rows, question, false))),
    partial: protect(tallyOf(question, rowsOf(rows, question, true))),
  }))
  if (poll.form === 'survey')
    return { n: people?.finished ?? 0, unfinished: people?.unfinished ?? 0, questions }
  return { n: questions[0]?.whole.n ?? 0, unfinished: 0, questions }
}

/**
 * Counts by channel, by community, and by community and option, each in rows of their own. The votes are read once:
 * there are far fewer different answers than votes.
 */
function countRows(sql: Sql, pollId: number): Promise<Row[]> {
  return sql<Row>`
    WITH answer AS (
      SELECT v.question_id, v.partial, v.channel, coalesce(v.community, '') AS community, v.options, count(*) AS votes
      FROM vote v JOIN poll_question q ON q.id = v.question_id WHERE q.poll_id = ${pollId} GROUP BY 1, 2, 3, 4, 5
    )
    SELECT question_id AS "questionId", partial, channel, NULL AS community, NULL AS option,
      sum(votes)::int AS count
    FROM answer GROUP BY 1, 2, 3
    UNION ALL
    SELECT question_id, partial, NULL, community, NULL, sum(votes)::int FROM answer GROUP BY 1, 2, 4
    UNION ALL
    SELECT question_id, partial, NULL, community, option, sum(votes)::int
    FROM answer, unnest(options) AS option GROUP BY 1, 2, 4, 5`
}

function rowsOf(rows: readonly Row[], { id }: Question, partial: boolean): Row[] {
  return rows.filter(row => row.questionId === id && row.partial === partial)
}

/** Communities that are named; what people chose instead of one is not. */
const NO_COMMUNITY = ['', 'other']

function tallyOf({ options, max }: Question, rows: readonly Row[]): Tally {
  const byChannel = rows.filter(({ channel }) => channel !== null)
  const byCommunity = rows.filter(({ community, option }) => community !== null && option === null)
  const byOption = rows.filter(({ option }) => option !== null)
  const countOptions = (of: readonly Row[]): Counts =>
    Object.fromEntries(options.map(({ id }) => [id, total(of.filter(({ option }) => option === id))]))
  const named = byCommunity.filter(({ community }) => !NO_COMMUNITY.includes(community ?? ''))
  return {
    n: total(byCommunity),
    options: countOptions(byOption),
    max,
    channels: Object.fromEntries(
      RESULT_CHANNELS.map(id => [id, total(byChannel.filter(({ channel }) => asChannel(channel) === id))]),
    ),
    communities: Object.fromEntries(
      named.map(({ community, count }) => [
        community ?? '',
        { n: count, options: countOptions(byOption.filter(row => row.community === community)) },
      ]),
    ),
  }
}

function asChannel(channel: string | null): string | null {
  return channel === 'terminal' ? 'web' : channel
}

function total(rows: readonly { count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0)
}
