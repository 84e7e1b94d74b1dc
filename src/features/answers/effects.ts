// What the answers note: misses and ratings, none of them with an identity.
import type { Effect, EffectContext } from '../../core/model/effect.ts'
import type { Sql } from '../../platform/db/database.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

export const answerEffects = {
  'record-miss': async (
    sql: Sql,
    { question, candidates }: Of<'record-miss'>,
    { channel, language, now }: EffectContext,
  ) => {
    await sql`
      INSERT INTO miss (question, language, channel, candidates, at)
      VALUES (${question}, ${language}, ${channel}, ${candidates}, ${now})`
    return undefined
  },

  rate: async (sql: Sql, { entryId, answered }: Of<'rate'>, { channel, language, now }: EffectContext) => {
    await sql`
      INSERT INTO rating (entry_id, answered, language, channel, at)
      VALUES (${entryId}, ${answered}, ${language}, ${channel}, ${now})`
    return undefined
  },

  // The rating knows nobody, so the reason goes to any unexplained "no" of this entry: the sums are right.
  'explain-rating': async (
    sql: Sql,
    { entryId, reason }: Of<'explain-rating'>,
    { channel, language }: EffectContext,
  ) => {
    await sql`
      UPDATE rating SET reason = ${reason} WHERE id = (
        SELECT id FROM rating
        WHERE entry_id = ${entryId} AND NOT answered AND reason IS NULL
          AND channel = ${channel} AND language = ${language}
        ORDER BY id DESC LIMIT 1)`
    return undefined
  },
}
