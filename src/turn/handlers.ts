// What features hand to the turn: who carries out an effect, who answers a topic's question.
import type { Data, Effect, EffectContext, Outcome, Query } from '../core/model/effect.ts'
import type { Sql } from '../platform/db/database.ts'

/** Everything a topic may ask for, but counting: that is written with the end of the turn. */
export type Deed = Exclude<Effect, { kind: 'count-usage' }>

export type EffectHandlers = {
  [Kind in Deed['kind']]: (
    sql: Sql,
    effect: Extract<Deed, { kind: Kind }>,
    context: EffectContext,
  ) => Promise<Outcome | undefined>
}

export type Loaders = {
  [Kind in Query['kind']]: (
    sql: Sql,
    context: EffectContext,
    query: Extract<Query, { kind: Kind }>,
  ) => Promise<Partial<Data>>
}

/** Carries out deeds in their order; resolves to the outcomes of those that have one. */
export async function runDeeds(
  handlers: EffectHandlers,
  sql: Sql,
  deeds: Deed[],
  context: EffectContext,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const deed of deeds) {
    const handle = handlers[deed.kind] as (
      sql: Sql,
      deed: Deed,
      context: EffectContext,
    ) => Promise<Outcome | undefined>
    const outcome = await handle(sql, deed, context)
    if (outcome) outcomes.push(outcome)
  }
  return outcomes
}

/** Answers a topic's questions. */
export async function loadData(
  loaders: Loaders,
  sql: Sql,
  queries: Query[],
  context: EffectContext,
): Promise<Data> {
  const parts = []
  for (const query of queries) {
    const load = loaders[query.kind] as (
      sql: Sql,
      context: EffectContext,
      query: Query,
    ) => Promise<Partial<Data>>
    parts.push(await load(sql, context, query))
  }
  return Object.assign({}, ...parts)
}
