// What people thought of a workshop, and workshops they ask for.
import type { Outcome, WorkshopDeed } from '../../core/model/effect.ts'
import type { Sql } from '../../platform/db/database.ts'
import { REQUESTS_MAX, SMALL_GROUP } from './rules.ts'

/** Notes a rating; a later one replaces it. Only who was there has one: or, if nobody was checked in, who had a seat. */
export async function rate(
  sql: Sql,
  { workshopId, personId, rating, now }: { workshopId: number; personId: string; rating: number; now: Date },
): Promise<WorkshopDeed> {
  const noted = await sql`
    INSERT INTO workshop_feedback (workshop_id, person_id, rating, at)
    SELECT r.workshop_id, r.person_id, ${rating}, ${now} FROM registration r
    JOIN workshop w ON w.id = r.workshop_id
    WHERE r.workshop_id = ${workshopId} AND r.person_id = ${personId} AND w.starts_at <= ${now}
      AND (r.status = 'attended' OR r.status = 'confirmed' AND NOT EXISTS (
        SELECT 1 FROM registration WHERE workshop_id = ${workshopId} AND status = 'attended'))
    ON CONFLICT (workshop_id, person_id) DO UPDATE SET rating = excluded.rating, at = excluded.at
    RETURNING id`
  return noted.length ? 'rated' : 'no-seat'
}

/** Adds words to a rating. */
export async function comment(
  sql: Sql,
  { workshopId, personId, text }: { workshopId: number; personId: string; text: string },
): Promise<WorkshopDeed> {
  const noted = await sql`
    UPDATE workshop_feedback SET text = ${text} WHERE workshop_id = ${workshopId} AND person_id = ${personId}
    RETURNING id`
  return noted.length ? 'commented' : 'no-seat'
}

/** Notes that somebody asks for a workshop. */
export async function askFor(
  sql: Sql,
  request: { personId: string; addressId: string; community?: string; text: string; now: Date },
): Promise<Extract<Outcome, { kind: 'workshop-asked' }>> {
  const { personId, addressId, community = null, text, now } = request
  // The turn holds a lock on the person, so the count can't be outrun.
  const open = await sql`SELECT 1 FROM workshop_request WHERE person_id = ${personId} AND status = 'open'`
  if (open.length >= REQUESTS_MAX) return { kind: 'workshop-asked', status: 'too-many' }
  await sql`
    INSERT INTO workshop_request (person_id, address_id, community, text, status, created_at)
    VALUES (${personId}, ${addressId}, ${community}, ${text}, 'open', ${now})`
  return { kind: 'workshop-asked', status: 'kept' }
}

export type FeedbackSummary = {
  count: number
  /** Absent while so few answered that single people could be recognised. */
  ratings?: { mean: number; counts: Record<1 | 2 | 3 | 4 | 5, number> }
  /** In no order that tells who wrote them. */
  texts: string[]
}

/** What people said about a workshop, as a whole. */
export async function summarise(sql: Sql, workshopId: number): Promise<FeedbackSummary> {
  const rows = await sql<{ rating: 1 | 2 | 3 | 4 | 5; text: string | null }>`
    SELECT rating, text FROM workshop_feedback WHERE workshop_id = ${workshopId} ORDER BY md5(text), id`
  const texts = rows.flatMap(({ text }) => text ?? [])
  if (rows.length < SMALL_GROUP) return { count: rows.length, texts }
  const counts = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }
  for (const { rating } of rows) counts[rating]++
  const mean = rows.reduce((sum, { rating }) => sum + rating, 0) / rows.length
  return { count: rows.length, ratings: { mean, counts }, texts }
}
