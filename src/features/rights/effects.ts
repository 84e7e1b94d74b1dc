// Carries out what people decided about themselves, inside the turn's transaction.
import type { Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import {
  erasePerson,
  exportPerson,
  giveConsent,
  hasConsent,
  type PersonalTable,
  withdrawConsent,
} from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'

/** The consent behind announcements: a recipient is a person who gave it. */
export const ANNOUNCEMENTS = 'announcements'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

/** Handlers of the effects of this feature; `tables` is the whole registry of personal tables. */
export function rightsEffects(tables: readonly PersonalTable[]) {
  return {
    async subscribe(
      sql: Sql,
      { consentVersion }: Of<'subscribe'>,
      { personId, now }: EffectContext,
    ): Promise<Outcome> {
      const { already } = await giveConsent(sql, {
        personId,
        purpose: ANNOUNCEMENTS,
        version: consentVersion,
        now,
      })
      return { kind: 'subscribed', already }
    },
    async unsubscribe(
      sql: Sql,
      _effect: Of<'unsubscribe'>,
      { personId, now }: EffectContext,
    ): Promise<Outcome> {
      const { was } = await withdrawConsent(sql, { personId, purpose: ANNOUNCEMENTS, now })
      return { kind: 'unsubscribed', wasSubscribed: was }
    },
    async 'export-data'(sql: Sql, _effect: Of<'export-data'>, context: EffectContext): Promise<Outcome> {
      return { kind: 'exported', ...(await exportPerson(sql, tables, context)) }
    },
    async 'erase-data'(sql: Sql, _effect: Of<'erase-data'>, context: EffectContext): Promise<Outcome> {
      const { personId, addressId, now } = context
      return {
        kind: 'erased',
        receipt: await erasePerson(sql, tables, { personId, keepAddressId: addressId, now }),
      }
    },
  }
}

/** Answers the question of a topic whether this person receives announcements. */
export function isSubscribed(sql: Sql, personId: string): Promise<boolean> {
  return hasConsent(sql, personId, ANNOUNCEMENTS)
}
