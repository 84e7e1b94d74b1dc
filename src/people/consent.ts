// What people agreed to. A consent is never overwritten: it is withdrawn, and given anew.
import type { Purpose } from '../core/model/effect.ts'
import type { Sql } from '../platform/db/database.ts'

/** What the person agrees to now. */
export async function consentsOf(sql: Sql, personId: string): Promise<Purpose[]> {
  const rows = await sql<{ purpose: Purpose }>`
    SELECT DISTINCT purpose FROM consent
    WHERE person_id = ${personId} AND withdrawn_at IS NULL ORDER BY purpose`
  return rows.map(({ purpose }) => purpose)
}

/** Notes the consent; resolves to whether it was given already. */
export async function giveConsent(
  sql: Sql,
  consent: { personId: string; purpose: Purpose; version: string; now: Date },
): Promise<{ already: boolean }> {
  const { personId, purpose, version, now } = consent
  if ((await consentsOf(sql, personId)).includes(purpose)) return { already: true }
  await sql`
    INSERT INTO consent (person_id, purpose, version, given_at)
    VALUES (${personId}, ${purpose}, ${version}, ${now})`
  return { already: false }
}

/** Takes the consent back; resolves to whether there was one. */
export async function withdrawConsent(
  sql: Sql,
  consent: { personId: string; purpose: Purpose; now: Date },
): Promise<{ was: boolean }> {
  const { personId, purpose, now } = consent
  const rows = await sql`
    UPDATE consent SET withdrawn_at = ${now}
    WHERE person_id = ${personId} AND purpose = ${purpose} AND withdrawn_at IS NULL RETURNING id`
  return { was: rows.length > 0 }
}

/** Gives one person's decisions to another: per purpose the last one holds, a withdrawal if they are as late. */
export async function moveConsents(sql: Sql, from: string, to: string): Promise<void> {
  await sql`UPDATE consent SET person_id = ${to} WHERE person_id = ${from}`
  await sql`
    UPDATE consent SET withdrawn_at = last.withdrawn
    FROM (
      SELECT purpose, max(given_at) AS given, max(withdrawn_at) AS withdrawn
      FROM consent WHERE person_id = ${to} GROUP BY purpose
    ) last
    WHERE consent.person_id = ${to} AND consent.purpose = last.purpose AND consent.withdrawn_at IS NULL
      AND last.withdrawn >= last.given`
}
