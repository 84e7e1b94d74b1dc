// What is kept and counted of clips, in the database.
import type { ClipDeed, Data, Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import { channel, moment, type PersonalTable, type Words } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { ownVideos } from './own-videos.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

export const clipEffects = {
  async 'count-clip'(sql: Sql, { clipId, what }: Of<'count-clip'>, { channel, now }: EffectContext) {
    await countClip(sql, { clipId, what, channel, now })
    return undefined
  },

  /** The first answer is the one that is kept, and that counts of who has one kept. */
  async 'answer-clip'(
    sql: Sql,
    { clipId, option, correct, keep, count }: Of<'answer-clip'>,
    { personId, channel, now }: EffectContext,
  ): Promise<Outcome> {
    const kept = keep
      ? await sql`
          INSERT INTO clip_answer (person_id, clip_id, correct, answered_at)
          VALUES (${personId}, ${clipId}, ${correct}, ${now}) ON CONFLICT DO NOTHING RETURNING 1`
      : []
    if (count && (!keep || kept.length > 0)) {
      await countClip(sql, { clipId, what: 'answered', channel, now })
      if (correct) await countClip(sql, { clipId, what: 'correct', channel, now })
    }
    const done = keep ? await clipsDone(sql, personId) : []
    return { kind: 'clip-answered', clipId, option, kept: keep, done }
  },

  /** One series per person: it moves to the chat where it was asked for, and goes on where it was. */
  async 'subscribe-clips'(
    sql: Sql,
    { hour, firstOn }: Of<'subscribe-clips'>,
    { personId, addressId, now }: EffectContext,
  ): Promise<Outcome> {
    await sql`
      WITH before AS (
        DELETE FROM clip_series s USING address a
        WHERE a.id = s.address_id AND a.person_id = ${personId} AND s.address_id <> ${addressId} RETURNING s.sent)
      INSERT INTO clip_series (address_id, hour, next_on, sent, created_at)
      VALUES (${addressId}, ${hour}, ${firstOn}::date, coalesce((SELECT array_agg(DISTINCT id) FROM before, unnest(sent) AS id), '{}'), ${now})
      ON CONFLICT (address_id) DO UPDATE
        SET hour = excluded.hour, next_on = excluded.next_on, sent = clip_series.sent || excluded.sent`
    return { kind: 'clips-subscribed', hour, firstOn }
  },

  async 'stop-clips'(sql: Sql, _effect: Of<'stop-clips'>, { personId }: EffectContext): Promise<Outcome> {
    const gone = await sql`
      DELETE FROM clip_series USING address a
      WHERE a.id = address_id AND a.person_id = ${personId} RETURNING 1`
    return { kind: 'clips-stopped', was: gone.length > 0 }
  },
}

/** Counts something that happened with a clip; who did it is not known. */
export async function countClip(
  sql: Sql,
  { clipId, what, channel, now }: { clipId: string; what: ClipDeed; channel: string; now: Date },
): Promise<void> {
  await sql`
    INSERT INTO clip_count (day, clip_id, channel, kind) VALUES (${now}::date, ${clipId}, ${channel}, ${what})`
}

/** What the person has done, the hour of their series, and the city's own videos. */
export async function clipsOf(sql: Sql, personId: string): Promise<NonNullable<Data['clips']>> {
  const [series] = await sql<{ hour: number }>`
    SELECT s.hour FROM clip_series s JOIN address a ON a.id = s.address_id WHERE a.person_id = ${personId}`
  return { done: await clipsDone(sql, personId), hour: series?.hour, own: await ownVideos(sql) }
}

async function clipsDone(sql: Sql, personId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    SELECT clip_id AS id FROM clip_answer WHERE person_id = ${personId} ORDER BY answered_at, clip_id`
  return rows.map(({ id }) => id)
}

/** Answers to the clips' questions; of two people who are one, the earlier answer holds. */
export const clipAnswerTable: PersonalTable<{ clip_id: string; correct: boolean; answered_at: Date }> = {
  table: 'clip_answer',
  title: 'data.clipAnswer.title',
  columns: {
    clip_id: { label: 'data.clipAnswer.clip', say: titleOf },
    correct: {
      label: 'data.clipAnswer.correct',
      say: (right, { t }) => t(right ? 'answer.yes' : 'answer.no'),
    },
    answered_at: moment('data.clipAnswer.answered'),
  },
  export: (sql, personId) => sql`
    SELECT clip_id, correct, answered_at FROM clip_answer WHERE person_id = ${personId} ORDER BY answered_at, clip_id`,
  async erase(sql, personId) {
    await sql`DELETE FROM clip_answer WHERE person_id = ${personId}`
  },
  async move(sql, from, to) {
    await sql`
      INSERT INTO clip_answer (person_id, clip_id, correct, answered_at)
      SELECT ${to}, clip_id, correct, answered_at FROM clip_answer WHERE person_id = ${from}
      ON CONFLICT (person_id, clip_id) DO UPDATE
        SET correct = excluded.correct, answered_at = excluded.answered_at
        WHERE excluded.answered_at < clip_answer.answered_at`
    await sql`DELETE FROM clip_answer WHERE person_id = ${from}`
  },
  async expire(sql, before) {
    await sql`DELETE FROM clip_answer WHERE answered_at < ${before}`
  },
}

/** The weekly clips. They hang on a chat and move with it; two series of one person share what was sent. */
export const clipSeriesTable: PersonalTable<{
  hour: number
  next_on: string
  sent: string[]
  created_at: Date
  channel: string
}> = {
  table: 'clip_series',
  title: 'data.clipSeries.title',
  columns: {
    hour: { label: 'data.clipSeries.hour', say: hour => `${hour}:00` },
    next_on: { label: 'data.clipSeries.nextOn', say: (day, words) => words.day(day) },
    sent: {
      label: 'data.clipSeries.sent',
      say: (ids, words) => ids.map(id => titleOf(id, words)).join(', '),
    },
    created_at: moment('data.clipSeries.created'),
    channel: channel('data.channel.title'),
  },
  export: (sql, personId) => sql`
    SELECT s.hour, s.next_on::text AS next_on, s.sent, s.created_at, a.channel
    FROM clip_series s JOIN address a ON a.id = s.address_id WHERE a.person_id = ${personId}`,
  async erase(sql, personId) {
    await sql`DELETE FROM clip_series USING address a WHERE a.id = address_id AND a.person_id = ${personId}`
  },
  async expire(sql, before) {
    await sql`DELETE FROM clip_series WHERE created_at < ${before}`
  },
}

function titleOf(id: string, { content, language, write }: Words): string {
  return write(content.clips.find(clip => clip.id === id)?.texts[language].title ?? id)
}
