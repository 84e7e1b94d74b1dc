// The rights to see and to erase, for votes and for how far somebody came in a survey. A vote that was given
// stays counted: erasing unties it. What somebody wrote goes.
import { type Translated, textIn } from '../../core/model/poll.ts'
import { channel, moment, type PersonalTable, type Words } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'

export const voteTable: PersonalTable<{
  question: Translated
  chosen: Translated[]
  text: string | null
  channel: string
  community: string | null
  partial: boolean
  changed_at: Date
}> = {
  table: 'vote',
  title: 'data.vote.title',
  columns: {
    question: { label: 'data.vote.question', say: translated },
    chosen: {
      label: 'data.vote.chosen',
      say: (chosen, words) => chosen.map(label => translated(label, words)).join(', '),
    },
    text: { label: 'data.vote.text', say: text => text ?? '' },
    channel: channel('data.channel.title'),
    community: { label: 'data.vote.community', say: communityName },
    partial: { label: 'data.vote.partial', say: (partial, { t }) => t(partial ? 'answer.yes' : 'answer.no') },
    changed_at: moment('data.vote.changed'),
  },
  export: (sql, personId) => sql`
    SELECT q.text AS question, v.text, v.channel, v.community, v.partial, v.changed_at,
      coalesce((SELECT jsonb_agg(o->'label') FROM jsonb_array_elements(q.options) o
        WHERE o->>'id' = ANY(v.options)), '[]') AS chosen
    FROM vote v JOIN poll_question q ON q.id = v.question_id
    WHERE v.person_id = ${personId} ORDER BY q.poll_id, q.position`,
  async erase(sql, personId) {
    await noteSpentVoices(sql, personId)
    await sql`
      UPDATE vote SET person_id = NULL, text = NULL, published = NULL,
        changed_at = date_trunc('day', changed_at, 'UTC')
      WHERE person_id = ${personId}`
  },
  async expire(sql, before) {
    await sql`
      UPDATE vote SET person_id = NULL, text = NULL, changed_at = date_trunc('day', changed_at, 'UTC')
      WHERE person_id IS NOT NULL AND changed_at < ${before}`
  },
  async move(sql, from, to) {
    await holdPolls(sql, from)
    await sql`
      DELETE FROM vote earlier USING vote later, poll_question q, poll p
      WHERE earlier.question_id = later.question_id AND q.id = later.question_id AND p.id = q.poll_id
        AND p.status <> 'closed' AND earlier.person_id IN (${from}, ${to}) AND later.person_id IN (${from}, ${to})
        AND (earlier.changed_at, earlier.id) < (later.changed_at, later.id)`
    // What a closed poll has counted is not counted again: both votes stay, one of them tied to nobody.
    await sql`
      UPDATE vote SET person_id = NULL, changed_at = date_trunc('day', changed_at, 'UTC')
      WHERE person_id = ${from} AND question_id IN (SELECT question_id FROM vote WHERE person_id = ${to})`
    await sql`UPDATE vote SET person_id = ${to} WHERE person_id = ${from}`
  },
}

/** No poll of the person is closed while their votes are moved. */
async function holdPolls(sql: Sql, personId: string): Promise<void> {
  await sql`
    SELECT 1 FROM poll WHERE id IN (
      SELECT q.poll_id FROM vote v JOIN poll_question q ON q.id = v.question_id WHERE v.person_id = ${personId}
      UNION SELECT poll_id FROM survey_progress WHERE person_id = ${personId})
    ORDER BY id FOR KEY SHARE`
}

/** The vote still counts, so none of the person's chats has a second one in the same poll. */
async function noteSpentVoices(sql: Sql, personId: string): Promise<void> {
  await sql`
    INSERT INTO spent_voice (poll_id, hash)
    SELECT DISTINCT p.id, encode(sha256(convert_to(
      p.salt || ':' || a.channel || ':' || a.external_id, 'UTF8')), 'hex')
    FROM vote v JOIN poll_question q ON q.id = v.question_id JOIN poll p ON p.id = q.poll_id
      JOIN address a ON a.person_id = v.person_id
    WHERE v.person_id = ${personId} AND p.status <> 'closed'
    ON CONFLICT DO NOTHING`
}

export const progressTable: PersonalTable<{
  survey: Translated | null
  position: number
  finished: boolean
  changed_at: Date
  reminded_at: Date | null
}> = {
  table: 'survey_progress',
  title: 'data.survey.title',
  columns: {
    survey: { label: 'data.survey.survey', say: (title, words) => (title ? translated(title, words) : '') },
    position: { label: 'data.survey.position', say: String },
    finished: { label: 'data.survey.finished', say: (is, { t }) => t(is ? 'answer.yes' : 'answer.no') },
    changed_at: moment('data.vote.changed'),
    reminded_at: moment('data.survey.reminded'),
  },
  export: (sql, personId) => sql`
    SELECT p.title AS survey, s.position, s.finished, s.changed_at, s.reminded_at
    FROM survey_progress s JOIN poll p ON p.id = s.poll_id WHERE s.person_id = ${personId} ORDER BY p.id`,
  erase: untieProgress,
  async expire(sql, before) {
    await sql`
      UPDATE survey_progress SET person_id = NULL, changed_at = date_trunc('day', changed_at, 'UTC'),
        reminded_at = NULL
      WHERE person_id IS NOT NULL AND changed_at < ${before}`
  },
  async move(sql, from, to) {
    await holdPolls(sql, from)
    await sql`
      DELETE FROM survey_progress less USING survey_progress more, poll p
      WHERE less.poll_id = more.poll_id AND p.id = more.poll_id AND p.status <> 'closed'
        AND less.person_id IN (${from}, ${to}) AND more.person_id IN (${from}, ${to})
        AND (less.finished, less.position, less.id) < (more.finished, more.position, more.id)`
    await sql`
      UPDATE survey_progress SET person_id = NULL, changed_at = date_trunc('day', changed_at, 'UTC'),
        reminded_at = NULL
      WHERE person_id = ${from} AND poll_id IN (SELECT poll_id FROM survey_progress WHERE person_id = ${to})`
    await sql`UPDATE survey_progress SET person_id = ${to} WHERE person_id = ${from}`
    await settlePartial(sql, to)
  },
}

async function untieProgress(sql: Sql, personId: string): Promise<void> {
  await sql`
    UPDATE survey_progress SET person_id = NULL, changed_at = date_trunc('day', changed_at, 'UTC'), reminded_at = NULL
    WHERE person_id = ${personId}`
}

/** Answers that came from the other chat belong to a survey that is finished or not as a whole. */
async function settlePartial(sql: Sql, personId: string): Promise<void> {
  await sql`
    UPDATE vote v SET partial = NOT s.finished
    FROM poll_question q JOIN survey_progress s ON s.poll_id = q.poll_id JOIN poll p ON p.id = q.poll_id
    WHERE q.id = v.question_id AND v.person_id = ${personId} AND s.person_id = ${personId} AND p.status <> 'closed'`
}

function translated(text: Translated, { language, write }: Words): string {
  const said = textIn(text, language)
  return language === 'sr' ? write(said) : said
}

function communityName(id: string | null, { content, write, t }: Words): string {
  if (!id) return ''
  if (id === 'other') return t('choices.otherCommunity')
  return write(content.communities.find(community => community.id === id)?.name || id)
}
