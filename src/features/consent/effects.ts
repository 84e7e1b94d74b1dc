// Notes inside the turn's transaction what somebody agreed to, and what they took back.
import type { Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import { giveConsent, withdrawConsent } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

export const consentEffects = {
  async 'give-consent'(
    sql: Sql,
    { purpose, version }: Of<'give-consent'>,
    { personId, now }: EffectContext,
  ): Promise<Outcome> {
    const { already } = await giveConsent(sql, { personId, purpose, version, now })
    return { kind: 'consent-given', purpose, already }
  },

  async 'withdraw-consent'(
    sql: Sql,
    { purpose }: Of<'withdraw-consent'>,
    { personId, now }: EffectContext,
  ): Promise<Outcome> {
    const { was } = await withdrawConsent(sql, { personId, purpose, now })
    return { kind: 'consent-withdrawn', purpose, was }
  },
}
