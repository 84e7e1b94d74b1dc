// What people chose to hear about, in the database.
import type { Choice, Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import type { PersonalTable } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'

export const choiceEffects = {
  /** The turn holds a lock on the person, so there is never more than one local community. */
  async choose(
    sql: Sql,
    { choice, on }: Extract<Effect, { kind: 'choose' }>,
    { personId, now }: EffectContext,
  ): Promise<Outcome> {
    const { kind, value } = choice
    const single = kind === 'community'
    if (single || !on) {
      await sql`
        DELETE FROM person_choice
        WHERE person_id = ${personId} AND kind = ${kind} AND (${single}::boolean OR value = ${value})`
    }
    if (on) {
      await sql`
        INSERT INTO person_choice (person_id, kind, value, chosen_at)
        VALUES (${personId}, ${kind}, ${value}, ${now}) ON CONFLICT DO NOTHING`
    }
    return { kind: 'chosen', choice, choices: await choicesOf(sql, personId) }
  },
}

/** Everything the person has chosen, in the order of choosing. */
export function choicesOf(sql: Sql, personId: string): Promise<Choice[]> {
  return sql<Choice>`
    SELECT kind, value FROM person_choice WHERE person_id = ${personId} ORDER BY chosen_at, value`
}

/** The rights to see and to erase; when two people turn out to be one, topics add up and the later community holds. */
export const choiceTable: PersonalTable = {
  table: 'person_choice',
  export: (sql, personId) => sql`
    SELECT kind, value, chosen_at FROM person_choice WHERE person_id = ${personId} ORDER BY chosen_at, value`,
  async erase(sql, personId) {
    await sql`DELETE FROM person_choice WHERE person_id = ${personId}`
  },
  async move(sql, from, to) {
    await sql`
      INSERT INTO person_choice (person_id, kind, value, chosen_at)
      SELECT ${to}, kind, value, chosen_at FROM person_choice WHERE person_id = ${from}
      ON CONFLICT (person_id, kind, value) DO UPDATE
        SET chosen_at = greatest(person_choice.chosen_at, excluded.chosen_at)`
    await sql`DELETE FROM person_choice WHERE person_id = ${from}`
    await sql`
      DELETE FROM person_choice earlier USING person_choice later
      WHERE earlier.person_id = ${to} AND later.person_id = ${to}
        AND earlier.kind = 'community' AND later.kind = 'community'
        AND (earlier.chosen_at, earlier.value) < (later.chosen_at, later.value)`
  },
}
