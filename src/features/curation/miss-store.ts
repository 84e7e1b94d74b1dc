// Questions nobody could answer, and what editors did with them, as rows.
import type { Language } from '../../core/model/content.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Dealt, type Miss, tongueOf } from './clusters.ts'

/** More are not looked through; older ones have their turn when these are dealt with. */
const MISSES_MAX = 5000
const DECISIONS_MAX = 1000

/** What was done with questions. */
export type Action = 'phrasing' | 'entry' | 'redirect' | 'ignored'

/** The newest misses; those somebody dealt with are marked. */
export async function readMisses(sql: Sql): Promise<Miss[]> {
  const rows = await sql<Omit<Miss, 'at'> & { at: Date }>`
    SELECT id::text, question, language, at, decision_id IS NOT NULL AS decided FROM miss ORDER BY id DESC LIMIT ${MISSES_MAX}`
  return rows.map(row => ({ ...row, at: row.at.getTime() }))
}

/** What was dealt with, newest first. */
export async function readDealt(sql: Sql): Promise<Dealt[]> {
  const rows = await sql<Omit<Dealt, 'at'> & { at: Date }>`
    SELECT questions, tongue, at FROM miss_decision ORDER BY id DESC LIMIT ${DECISIONS_MAX}`
  return rows.map(row => ({ ...row, at: row.at.getTime() }))
}

export type MissText = { question: string; language: Language }

/** The questions with these ids, each once. */
export async function readMissTexts(sql: Sql, ids: readonly string[]): Promise<MissText[]> {
  return sql`
    SELECT DISTINCT question, language FROM miss WHERE id = ANY(${ids}::bigint[]) AND decision_id IS NULL
    ORDER BY question`
}

/** Remembers what was done; every open miss with one of these questions is dealt with. Resolves to their number. */
export async function insertDecision(
  sql: Sql,
  decision: { action: Action; contentId: string; texts: readonly MissText[]; account: string },
): Promise<number> {
  const { action, contentId, texts, account } = decision
  let dealt = 0
  for (const tongue of ['sr', 'en'] as const) {
    const questions = texts
      .filter(({ language }) => tongueOf(language) === tongue)
      .map(({ question }) => question)
    if (questions.length === 0) continue
    const rows = await sql`
      WITH decided AS (
        INSERT INTO miss_decision (action, content_id, questions, tongue, account)
        VALUES (${action}, ${contentId}, ${questions}::text[], ${tongue}, ${account}) RETURNING id)
      UPDATE miss SET decision_id = decided.id FROM decided
      WHERE question = ANY(${questions}::text[]) AND decision_id IS NULL AND (language = 'en') = (${tongue}::text = 'en')
      RETURNING 1`
    dealt += rows.length
  }
  return dealt
}
