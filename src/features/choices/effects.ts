// What people chose to hear about, in the database.
import type { Choice, Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import { moment, type PersonalTable, type Words } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { OTHER_COMMUNITY } from './topic.ts'

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
export const choiceTable: PersonalTable<{ kind: Choice['kind']; value: string; chosen_at: Date }> = {
  table: 'person_choice',
  title: 'data.choice.title',
  columns: {
    kind: { label: 'data.choice.kind', say: (kind, { t }) => t(`data.choice.${kind}`) },
    value: { label: 'data.choice.value', say: chosenName },
    chosen_at: moment('data.choice.chosen'),
  },
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

function chosenName(
  value: string,
  { content, language, t, write }: Words,
  { kind }: Pick<Choice, 'kind'>,
): string {
  if (kind === 'topic')
    return write(content.newsTopics.find(({ id }) => id === value)?.labels[language] ?? value)
  if (value === OTHER_COMMUNITY) return t('choices.otherCommunity')
  return write(content.communities.find(({ id }) => id === value)?.name || value)
}
