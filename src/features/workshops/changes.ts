// What staff do with workshops, and what follows for those who signed up. Each change runs in a transaction that
// holds the workshop.

import { LANGUAGES } from '../../core/model/content.ts'
import type { LocalText } from '../../core/model/workshop.ts'
import { newCode } from '../../core/text/code.ts'
import type { Database, Sql } from '../../platform/db/database.ts'
import type { WorkshopFields } from './fields.ts'
import { enqueue } from './notice-queue.ts'
import { TELL_AFTER_MS } from './rules.ts'
import { DOOR_LENGTH, freeSeats, type Held, holdWorkshop, promote } from './seats.ts'
import { readWorkshop, type Told, type WorkshopRecord } from './store.ts'

/** Why a change was not made. */
export type Refusal =
  | 'gone'
  /** Only drafts are published, only what is published is cancelled, … */
  | 'state'
  /** It would begin in the past. */
  | 'past'
  /** More seats are given already. */
  | 'taken'
  /** It has not begun. */
  | 'early'

/** Writes a draft. Resolves to its number. */
export async function createWorkshop(
  sql: Sql,
  fields: WorkshopFields,
  { by, now }: { by: string; now: Date },
): Promise<number> {
  const [row] = await sql<{ id: number }>`
    INSERT INTO workshop (status, title, description, agenda, accessibility, community, place, lat, lon,
      starts_at, ends_at, capacity, guests_max, languages, opens_at, closes_at, offer_minutes, door_code,
      start_set_at, created_by, created_at, changed_at)
    VALUES ('draft', ${json(fields.title)}::jsonb, ${json(fields.description)}::jsonb,
      ${json(fields.agenda)}::jsonb, ${json(fields.accessibility)}::jsonb, ${fields.community}, ${fields.place},
      ${fields.lat}, ${fields.lon}, ${new Date(fields.startsAt)}, ${new Date(fields.endsAt)}, ${fields.capacity},
      ${fields.guestsMax}, ${fields.languages}, ${dateOf(fields.opensAt)}, ${dateOf(fields.closesAt)},
      ${fields.offerMinutes}, ${newCode(DOOR_LENGTH)}, ${now}, ${by}, ${now}, ${now})
    RETURNING id`
  if (!row) throw new Error('the workshop was not written')
  return row.id
}

/**
 * Changes a workshop. Those who signed up hear of another time or place a little later, so that several quick
 * changes are told as one. More seats go to those who wait.
 */
export async function changeWorkshop(
  sql: Sql,
  id: number,
  fields: WorkshopFields,
  now: Date,
): Promise<Refusal | undefined> {
  const held = await holdWorkshop(sql, id)
  const before = held && (await readWorkshop(sql, id))
  if (!held || !before) return 'gone'
  if (held.status !== 'draft' && held.status !== 'published') return 'state'
  const published = held.status === 'published'
  if (published && before.startsAt !== fields.startsAt && fields.startsAt <= now.getTime()) return 'past'
  if (held.capacity - (await freeSeats(sql, held)) > fields.capacity) return 'taken'
  const moved = published && isElsewhere(before, fields)
  const rises = published && (moved || isRenamed(before, fields))
  const tellAt = moved ? new Date(now.getTime() + TELL_AFTER_MS) : dateOf(before.tellAt)
  const startSet = before.startsAt === fields.startsAt ? null : now
  await sql`
    UPDATE workshop SET title = ${json(fields.title)}::jsonb, description = ${json(fields.description)}::jsonb,
      agenda = ${json(fields.agenda)}::jsonb, accessibility = ${json(fields.accessibility)}::jsonb,
      community = ${fields.community}, place = ${fields.place}, lat = ${fields.lat}, lon = ${fields.lon},
      starts_at = ${new Date(fields.startsAt)}, ends_at = ${new Date(fields.endsAt)},
      capacity = ${fields.capacity}, guests_max = ${fields.guestsMax}, languages = ${fields.languages},
      opens_at = ${dateOf(fields.opensAt)}, closes_at = ${dateOf(fields.closesAt)},
      offer_minutes = ${fields.offerMinutes}, sequence = sequence + ${rises ? 1 : 0}::int,
      tell_at = ${tellAt}, start_set_at = coalesce(${startSet}::timestamptz, start_set_at), changed_at = ${now}
    WHERE id = ${id}`
  const after = await holdWorkshop(sql, id)
  if (after) await promote(sql, after, now)
  return undefined
}

function isElsewhere(before: WorkshopRecord, after: WorkshopFields): boolean {
  return before.startsAt !== after.startsAt || before.endsAt !== after.endsAt || before.place !== after.place
}

function isRenamed(before: WorkshopRecord, after: WorkshopFields): boolean {
  const renamed = LANGUAGES.some(language => before.title[language] !== after.title[language])
  return renamed || before.community !== after.community
}

/** Opens a draft to everybody. */
export async function publishWorkshop(sql: Sql, id: number, now: Date): Promise<Refusal | undefined> {
  const held = await holdWorkshop(sql, id)
  const workshop = held && (await readWorkshop(sql, id))
  if (!workshop) return 'gone'
  if (workshop.status !== 'draft') return 'state'
  if (workshop.startsAt <= now.getTime()) return 'past'
  await sql`
    UPDATE workshop SET status = 'published', told = ${json(toldOf(workshop))}::jsonb, changed_at = ${now}
    WHERE id = ${id}`
  return undefined
}

/** Calls a workshop off; everybody concerned is told at once, also of nothing else that was still to be told. */
export async function cancelWorkshop(sql: Sql, id: number, now: Date): Promise<Refusal | undefined> {
  const held = await holdWorkshop(sql, id)
  if (!held) return 'gone'
  if (held.status !== 'draft' && held.status !== 'published') return 'state'
  await sql`
    UPDATE workshop SET status = 'cancelled', sequence = sequence + 1, tell_at = NULL, changed_at = ${now}
    WHERE id = ${id}`
  await enqueue(sql, { registrationIds: await concerned(sql, id), kind: 'cancelled', about: '', now })
  return undefined
}

/** Tells what changed at workshops whose quiet time is over. Resolves to their number. */
export async function tellChanges(database: Database, now: Date): Promise<number> {
  const due = await database.sql<{ id: number }>`SELECT id FROM workshop WHERE tell_at <= ${now} ORDER BY id`
  for (const { id } of due) await database.transaction(sql => tellChange(sql, id, now))
  return due.length
}

/** Tells at once what changed at one workshop. */
export async function tellChange(sql: Sql, id: number, now: Date): Promise<void> {
  await holdWorkshop(sql, id)
  const workshop = await readWorkshop(sql, id)
  if (!workshop?.tellAt || workshop.status !== 'published') return
  const told = toldOf(workshop)
  const { sequence, told: before } = workshop
  await sql`UPDATE workshop SET told = ${json(told)}::jsonb, tell_at = NULL WHERE id = ${id}`
  // Changed and changed back: there is nothing to tell.
  if (!before || !differs(before, told)) return
  const registrationIds = await concerned(sql, id)
  await enqueue(sql, { registrationIds, kind: 'moved', about: String(sequence), details: before, now })
}

function differs(a: Told, b: Told): boolean {
  return a.startsAt !== b.startsAt || a.endsAt !== b.endsAt || a.place !== b.place
}

/**
 * Ends a workshop that was held: who waited goes, who has a seat and wasn't checked in was absent – unless
 * nobody was checked in at all. Those who were there are thanked and asked how it was.
 */
export async function closeWorkshop(sql: Sql, held: Held, now: Date): Promise<Refusal | undefined> {
  if (held.status !== 'published') return 'state'
  if (now.getTime() < held.startsAt) return 'early'
  await sql`
    UPDATE registration SET status = 'cancelled', offered_until = NULL, changed_at = ${now}
    WHERE workshop_id = ${held.id} AND status IN ('waiting', 'offered')`
  await sql`
    UPDATE registration SET status = 'absent', changed_at = ${now}
    WHERE workshop_id = ${held.id} AND status = 'confirmed'
      AND EXISTS (SELECT 1 FROM registration WHERE workshop_id = ${held.id} AND status = 'attended')`
  await sql`UPDATE workshop SET status = 'done', tell_at = NULL, changed_at = ${now} WHERE id = ${held.id}`
  await enqueue(sql, { registrationIds: await present(sql, held.id), kind: 'thanks', about: '', now })
  return undefined
}

/** Counts people who came without a registration. */
export async function setWalkIns(sql: Sql, id: number, walkIns: number): Promise<void> {
  await sql`UPDATE workshop SET walk_ins = ${walkIns} WHERE id = ${id}`
}

/** Keeps the minutes; published ones are told once to those who were there. */
export async function saveMinutes(
  sql: Sql,
  held: Held,
  { minutes, publish, now }: { minutes: LocalText; publish: boolean; now: Date },
): Promise<void> {
  await sql`
    UPDATE workshop SET minutes = ${json(minutes)}::jsonb,
      minutes_at = CASE WHEN ${publish}::boolean THEN coalesce(minutes_at, ${now}) END WHERE id = ${held.id}`
  if (!publish) return
  await enqueue(sql, { registrationIds: await present(sql, held.id), kind: 'minutes', about: '', now })
}

function concerned(sql: Sql, id: number): Promise<string[]> {
  return ids(sql<{ id: string }>`
    SELECT id FROM registration
    WHERE workshop_id = ${id} AND status IN ('confirmed', 'offered', 'waiting') ORDER BY id`)
}

/** Who was there; who had a seat, if nobody was checked in. */
function present(sql: Sql, id: number): Promise<string[]> {
  return ids(sql<{ id: string }>`
    SELECT id FROM registration
    WHERE workshop_id = ${id} AND status IN ('attended', 'confirmed')
      AND (status = 'attended' OR NOT EXISTS (
        SELECT 1 FROM registration WHERE workshop_id = ${id} AND status = 'attended'))
    ORDER BY id`)
}

async function ids(rows: Promise<{ id: string }[]>): Promise<string[]> {
  return (await rows).map(({ id }) => id)
}

function toldOf({ startsAt, endsAt, place }: WorkshopRecord): Told {
  return { startsAt, endsAt, place }
}

function dateOf(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at)
}

function json(value: object): string {
  return JSON.stringify(value)
}
