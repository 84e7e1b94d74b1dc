// What the guides ask the database to do: a file to download, a reminder to keep or to drop.
import type { Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import type { PersonalTable } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { urlOf } from '../../platform/media/info.ts'
import { writeMedia } from '../../platform/media/rows.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

/** Hours a made file can be fetched; the sentence `guide.file` says the same. */
const FILE_HOURS = 24
/** Open reminders one person may have, so that nobody fills the table. */
export const REMINDERS_MAX = 20

export const guideEffects = {
  async 'make-file'(
    sql: Sql,
    { name, text }: Of<'make-file'>,
    { personId, publicUrl, now }: EffectContext,
  ): Promise<Outcome> {
    const expiresAt = new Date(now.getTime() + FILE_HOURS * 3_600_000)
    const file = { name, mime: 'text/plain', bytes: Buffer.from(text), personId, now, expiresAt }
    const info = await writeMedia(sql, file)
    return {
      kind: 'file-made',
      mediaId: info.id,
      url: publicUrl + urlOf(info),
      name: info.name,
      bytes: info.bytes,
    }
  },

  async remind(
    sql: Sql,
    { guideId, deadlineId, dueOn }: Of<'remind'>,
    { personId, addressId, now }: EffectContext,
  ): Promise<Outcome> {
    const key = { guideId, deadlineId, dueOn }
    // The turn holds a lock on the person, so the count can't be outrun.
    const open = await sql<{ same: boolean }>`
      SELECT r.address_id = ${addressId} AND r.guide_id = ${guideId} AND r.deadline_id = ${deadlineId}
        AND r.due_on = ${dueOn}::date AS same
      FROM reminder r JOIN address a ON a.id = r.address_id WHERE a.person_id = ${personId}`
    if (open.some(({ same }) => same)) return { kind: 'reminder', status: 'already', ...key }
    if (open.length >= REMINDERS_MAX) return { kind: 'reminder', status: 'refused', ...key }
    await sql`
      INSERT INTO reminder (address_id, guide_id, deadline_id, due_on, created_at)
      VALUES (${addressId}, ${guideId}, ${deadlineId}, ${dueOn}::date, ${now})`
    return { kind: 'reminder', status: 'set', ...key }
  },

  async 'cancel-reminder'(
    sql: Sql,
    { guideId, deadlineId, dueOn }: Of<'cancel-reminder'>,
    { addressId }: EffectContext,
  ): Promise<Outcome> {
    const gone = await sql`
      DELETE FROM reminder
      WHERE address_id = ${addressId} AND guide_id = ${guideId} AND deadline_id = ${deadlineId}
        AND due_on = ${dueOn}::date RETURNING id`
    return { kind: 'reminder', status: gone.length ? 'cancelled' : 'unknown', guideId, deadlineId, dueOn }
  },
}

/** The rights to see and to erase, for the feature's own table. */
export const reminderTable: PersonalTable = {
  table: 'reminder',
  export: (sql, personId) => sql`
    SELECT r.guide_id, r.deadline_id, r.due_on::text AS due_on, r.created_at, a.channel
    FROM reminder r JOIN address a ON a.id = r.address_id WHERE a.person_id = ${personId} ORDER BY r.id`,
  async erase(sql, personId) {
    await sql`DELETE FROM reminder USING address a WHERE a.id = address_id AND a.person_id = ${personId}`
  },
}
