// Proposals in the turn's transaction: a new one, and the person's own.
import type { Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import type { ProposalItem } from '../../core/model/proposal.ts'
import { newCode } from '../../core/text/code.ts'
import type { Sql } from '../../platform/db/database.ts'
import { REFERENCE_LENGTH } from './tokens.ts'

/** Of one person in 24 hours. */
const PROPOSALS_A_DAY = 3

export const feedbackEffects = {
  /** The turn holds a lock on the person, so the count can't be outrun. */
  async propose(
    sql: Sql,
    { category, text, community, photo }: Extract<Effect, { kind: 'propose' }>,
    { personId, channel, language, now }: EffectContext,
  ): Promise<Outcome> {
    const [row] = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM proposal
      WHERE person_id = ${personId} AND created_at > ${now}::timestamptz - interval '24 hours'`
    if ((row?.count ?? 0) >= PROPOSALS_A_DAY) return { kind: 'proposed' }
    const reference = await freeReference(sql)
    await sql`
      INSERT INTO proposal (reference, person_id, category, text, community, channel, language, photo_ref,
        created_at, changed_at)
      VALUES (${reference}, ${personId}, ${category}, ${text}, ${community}, ${channel}, ${language}, ${photo?.ref},
        ${now}, ${now})`
    return { kind: 'proposed', reference }
  },
}

/** 85 million references: a second try is rare, a third one rarer. */
async function freeReference(sql: Sql): Promise<string> {
  for (;;) {
    const reference = newCode(REFERENCE_LENGTH)
    const taken = await sql`SELECT 1 FROM proposal WHERE reference = ${reference}`
    if (taken.length === 0) return reference
  }
}

/** The person's own proposals, newest first. */
export function proposalsOf(
  sql: Sql,
  { personId }: Pick<EffectContext, 'personId'>,
): Promise<ProposalItem[]> {
  return sql<ProposalItem>`
    SELECT reference, category, coalesce(text, '') AS text, state, created_at::date::text AS day, department, reason,
      answer, publication = 'published' AS "isPublished"
    FROM proposal WHERE person_id = ${personId} ORDER BY id DESC LIMIT 50`
}
