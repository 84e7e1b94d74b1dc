// What people do with their cases, inside the turn's transaction, and what is kept of it.
import type { Effect, EffectContext, Outcome, OwnCase } from '../../core/model/effect.ts'
import type { Sql } from '../../platform/db/database.ts'
import { newReference } from './reference.ts'
import { OPEN_MAX, REOPEN_DAYS } from './rules.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

export const caseEffects = {
  async 'open-case'(
    sql: Sql,
    { question, expectedOn }: Of<'open-case'>,
    { personId, addressId, now }: EffectContext,
  ): Promise<Outcome> {
    // The turn holds a lock on the person, so the count can't be outrun.
    const open = await sql`
      SELECT 1 FROM citizen_case c JOIN address a ON a.id = c.address_id
      WHERE a.person_id = ${personId} AND c.state <> 'closed'`
    if (open.length >= OPEN_MAX) return { kind: 'case-refused' }
    const reference = await insertCase(sql, { addressId, expectedOn, now })
    await insertText(sql, { reference, addressId, text: question, now })
    return { kind: 'case-opened', reference, expectedOn }
  },

  async 'add-to-case'(
    sql: Sql,
    { reference, text, expectedOn }: Of<'add-to-case'>,
    { personId, addressId, now }: EffectContext,
  ): Promise<Outcome> {
    const before = await ownCase(sql, reference, { personId, now })
    if (!before) return { kind: 'case-missing', reason: 'unknown' }
    if (before.late) return { kind: 'case-missing', reason: 'late' }
    await insertText(sql, { reference, addressId, text, now })
    const [after] = await sql<{ expectedOn: string }>`
      UPDATE citizen_case SET state = 'open', version = version + 1, updated_at = ${now},
        -- Who still owes an answer owes it by the day that was promised.
        expected_on = CASE WHEN state IN ('open', 'passed') THEN expected_on ELSE ${expectedOn}::date END,
        closed_at = NULL, closed_by = NULL, close_reason = NULL
      WHERE reference = ${reference} RETURNING expected_on::text AS "expectedOn"`
    const reopened = before.state === 'closed'
    return { kind: 'case-added', reference, reopened, expectedOn: after?.expectedOn ?? expectedOn }
  },

  /** Closing what is closed changes nothing and is told the same. */
  async 'close-case'(
    sql: Sql,
    { reference }: Of<'close-case'>,
    { personId, now }: EffectContext,
  ): Promise<Outcome> {
    const known = await ownCase(sql, reference, { personId, now })
    if (!known) return { kind: 'case-missing', reason: 'unknown' }
    await sql`
      UPDATE citizen_case SET state = 'closed', version = version + 1, updated_at = ${now},
        closed_at = ${now}, closed_by = 'asker'
      WHERE reference = ${reference} AND state <> 'closed'`
    return { kind: 'case-closed', reference }
  },
}

/** Tries numbers until one is free. */
async function insertCase(
  sql: Sql,
  { addressId, expectedOn, now }: { addressId: string; expectedOn: string; now: Date },
): Promise<string> {
  for (;;) {
    const [row] = await sql<{ reference: string }>`
      INSERT INTO citizen_case (reference, address_id, state, opened_at, expected_on, updated_at)
      VALUES (${newReference()}, ${addressId}, 'open', ${now}, ${expectedOn}::date, ${now})
      ON CONFLICT (reference) DO NOTHING RETURNING reference`
    if (row) return row.reference
  }
}

async function insertText(
  sql: Sql,
  { reference, addressId, text, now }: { reference: string; addressId: string; text: string; now: Date },
): Promise<void> {
  await sql`
    INSERT INTO case_message (reference, kind, text, at, address_id)
    VALUES (${reference}, 'asker', ${text}, ${now}, ${addressId})`
}

/** The person's case, held for the rest of the transaction; `late`: closed too long ago to go on with it. */
async function ownCase(
  sql: Sql,
  reference: string,
  { personId, now }: Pick<EffectContext, 'personId' | 'now'>,
): Promise<{ state: string; late: boolean } | undefined> {
  const [row] = await sql<{ state: string; late: boolean }>`
    SELECT c.state, coalesce(c.closed_at < ${now}::timestamptz - make_interval(days => ${REOPEN_DAYS}), false) AS late
    FROM citizen_case c JOIN address a ON a.id = c.address_id
    WHERE c.reference = ${reference} AND a.person_id = ${personId} FOR UPDATE OF c`
  return row
}

/** The person's cases that can be gone on with: open ones first, newest first. */
export function ownCases(
  sql: Sql,
  { personId, addressId, now }: Pick<EffectContext, 'personId' | 'addressId' | 'now'>,
): Promise<OwnCase[]> {
  return sql<OwnCase>`
    SELECT c.reference, m.text AS question, c.state, (extract(epoch FROM c.opened_at) * 1000)::float8 AS "openedAt",
      c.expected_on::text AS "expectedOn", c.department, c.address_id = ${addressId} AS here
    FROM citizen_case c JOIN address a ON a.id = c.address_id
    JOIN LATERAL (
      SELECT text FROM case_message WHERE reference = c.reference AND kind = 'asker' ORDER BY id LIMIT 1) m ON true
    WHERE a.person_id = ${personId}
      AND (c.closed_at IS NULL OR c.closed_at >= ${now}::timestamptz - make_interval(days => ${REOPEN_DAYS}))
    ORDER BY c.state = 'closed', c.opened_at DESC LIMIT ${LISTED_MAX}`
}

/** More would not fit under one message. */
const LISTED_MAX = 8
