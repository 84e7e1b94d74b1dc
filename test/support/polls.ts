// Polls and voters for tests, made as staff and people make them.

import type { Sendable } from '../../src/channels/channel.ts'
import type { Button } from '../../src/core/model/message.ts'
import { pollOptions } from '../../src/core/model/message.ts'
import type { QuestionKind, Translated } from '../../src/core/model/poll.ts'
import { addDraft, closeNow, openNow } from '../../src/features/polls/deeds.ts'
import { readQuestion } from '../../src/features/polls/draft.ts'
import type { Database } from '../../src/platform/db/database.ts'
import { Refused } from '../../src/staff/index.ts'
import { realKnowledge } from './bot.ts'

export type TestQuestion = { kind: QuestionKind; text?: Translated; labels?: string[]; max?: number }

const by = (database: Database) => ({ database, actor: 'urednik@grad.example', now: new Date() })

/** A draft of a quick poll, or with a title of a survey. */
export async function draftPoll(
  database: Database,
  questions: TestQuestion[],
  more: { title?: Translated; closesAt?: Date; opensAt?: Date; promiseBy?: string } = {},
): Promise<number> {
  const { sentences } = await realKnowledge()
  const read = questions.map(({ kind, text = { sr: 'Šta da se prvo uredi?' }, labels = [], max }) => {
    const given = { kind, text, labels: labels.map(sr => ({ sr })), max }
    const question = readQuestion(given, sentences)
    if (typeof question === 'string') throw new Error(question)
    return question
  })
  return addDraft(by(database), { form: more.title ? 'survey' : 'poll', questions: read, ...more })
}

/** The same, open. */
export async function openPoll(...args: Parameters<typeof draftPoll>): Promise<number> {
  const id = await draftPoll(...args)
  const refused = await openNow(by(args[0]), id)
  if (refused instanceof Refused) throw new Error(refused.reason)
  return id
}

export async function closePoll(database: Database, id: number): Promise<void> {
  const refused = await closeNow(by(database), id)
  if (refused instanceof Refused) throw new Error(refused.reason)
}

/** Everything that can be pressed under messages: options of polls and buttons. */
export function choicesIn(messages: Sendable[]): Button[] {
  return messages.flatMap(({ blocks, buttons }) => [...pollOptions(blocks), ...buttons])
}

/** Votes as they are kept, without who gave them. */
export function keptVotes(database: Database, pollId: number) {
  return database.sql<{ options: string[]; text: string | null; channel: string; tied: boolean }>`
    SELECT v.options, v.text, v.channel, v.person_id IS NOT NULL AS tied
    FROM vote v JOIN poll_question q ON q.id = v.question_id WHERE q.poll_id = ${pollId}
    ORDER BY q.position, v.options, v.text`
}

/** People who voted, written straight into the database: option id → how many, and where they are. */
export async function crowd(
  { sql }: Database,
  pollId: number,
  groups: { options: string[]; count: number; channel?: string; community?: string; position?: number }[],
): Promise<void> {
  for (const { options, count, channel = 'telegram', community = null, position = 1 } of groups) {
    await sql`
      WITH newcomer AS (
        INSERT INTO person (id) SELECT gen_random_uuid() FROM generate_series(1, ${count}::int) RETURNING id
      ), chat AS (
        INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
        SELECT id, ${channel}, id::text, 'sr', 'latn', '{}', now() FROM newcomer
      ), agreed AS (
        INSERT INTO consent (person_id, purpose, version, given_at)
        SELECT id, 'participation', '1', now() FROM newcomer
      )
      INSERT INTO vote (question_id, person_id, options, channel, language, community, changed_at)
      SELECT q.id, newcomer.id, ${options}::text[], ${channel}, 'sr', ${community}, now()
      FROM newcomer, poll_question q WHERE q.poll_id = ${pollId} AND q.position = ${position}`
  }
}
