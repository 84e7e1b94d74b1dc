// Every minute: polls open and close on time, and those who took part are told what is due. Until a poll is
// closed, nobody is told anything.
import type { Ballot, Poll } from '../../core/model/poll.ts'
import type { Settings } from '../../core/model/settings.ts'
import type { Context } from '../../core/model/topic.ts'
import { inEveryLanguage } from '../../core/text/in-every-language.ts'
import { mayDisturb } from '../../core/time/quiet.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import type { ScheduledJob } from '../../platform/jobs.ts'
import { closeDue } from './life.ts'
import { outcomeMessage, resultMessage, type Speaker } from './messages.ts'
import { pictureUrls } from './picture-urls.ts'
import { keepPictures } from './pictures.ts'
import { findPoll } from './store.ts'
import { type Tell, tellByOutbox, tellOnce } from './tell.ts'

/** What telling needs. */
export type Teller = {
  database: Database
  knowledge(): Pick<Context, 'content' | 'sentences'>
  settings(): Settings
  publicUrl: string
  /** How messages reach people; the outbox unless given. */
  tell?: Tell
}

export function pollJob(teller: Teller): ScheduledJob {
  return {
    name: 'polls',
    cron: '* * * * *',
    async run() {
      await teller.database.transaction(sql => closeDue(sql))
      await tellWhatIsDue(teller, Date.now())
    },
  }
}

/**
 * Sends results of closed polls and notes of what the city did, each once; at night and on days of silence they
 * wait. Resolves to how many messages were written.
 */
export async function tellWhatIsDue(teller: Teller, now: number): Promise<number> {
  const { timeZone } = teller.knowledge().content.city
  if (!mayDisturb(teller.settings(), timeZone, now)) return 0
  const { sql } = teller.database
  const due = await sql<{ id: number; results: boolean; outcome: boolean }>`
    SELECT id, results_told_at IS NULL AS results, outcome IS NOT NULL AND outcome_told_at IS NULL AS outcome
    FROM poll WHERE status = 'closed'
      AND (results_told_at IS NULL OR (outcome IS NOT NULL AND outcome_told_at IS NULL)) ORDER BY id`
  let count = 0
  for (const { id, results, outcome } of due) {
    if (results) count += await tellResults(teller, id)
    if (outcome) count += await tellOutcome(teller, id)
  }
  return count
}

async function tellResults(teller: Teller, pollId: number): Promise<number> {
  const { database } = teller
  const poll = await findPoll(database.sql, pollId)
  if (poll?.status !== 'closed') return 0
  const ballot = await database.transaction(sql => withPictures(sql, poll, teller))
  return tellPoll(teller, ballot, resultMessage, async sql => {
    const rows = await sql`
      UPDATE poll SET results_told_at = now() WHERE id = ${pollId} AND results_told_at IS NULL RETURNING 1`
    return rows.length > 0
  })
}

async function tellOutcome(teller: Teller, pollId: number): Promise<number> {
  const poll = await findPoll(teller.database.sql, pollId)
  if (!poll?.outcome) return 0
  return tellPoll(teller, asBallot(poll), outcomeMessage, async sql => {
    const rows = await sql`
      UPDATE poll SET outcome_told_at = now() WHERE id = ${pollId} AND outcome_told_at IS NULL RETURNING 1`
    return rows.length > 0
  })
}

async function tellPoll(
  { database, knowledge, settings, publicUrl, tell = tellByOutbox }: Teller,
  ballot: Ballot,
  say: typeof resultMessage,
  mark: (sql: Sql) => Promise<boolean>,
): Promise<number> {
  const { content, sentences } = knowledge()
  const speaker: Speaker = { content, sentences, settings: settings(), publicUrl }
  const said = inEveryLanguage(
    (language, script) => say(ballot, { language, script }, speaker),
    content.city.protectedWords,
  )
  return (await tellOnce(database, tell, { mark, to: { pollId: ballot.id }, said })) ?? 0
}

async function withPictures(sql: Sql, poll: Poll, { knowledge, publicUrl }: Teller): Promise<Ballot> {
  const { content, sentences } = knowledge()
  const artist = { sentences, protectedWords: content.city.protectedWords }
  // Another instance draws them at the same time: the second finds them drawn.
  await sql`SELECT 1 FROM poll WHERE id = ${poll.id} FOR UPDATE`
  const { n, questions } = await keepPictures(sql, poll, artist, new Date())
  const results = questions.map(({ questionId, whole }) => ({
    questionId,
    n: whole.n,
    counts: whole.options,
  }))
  return { ...asBallot(poll), n, results, pictures: await pictureUrls(sql, poll.id, publicUrl) }
}

/** The poll as somebody meets it of whom nothing is known. */
function asBallot(poll: Poll): Ballot {
  return { ...poll, mine: {}, finished: false, spent: false }
}
