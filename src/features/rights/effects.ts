// Carries out what people decided about themselves, inside the turn's transaction.
import type { Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import { erasePerson, type PersonalTable, readPerson } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

/** Handlers of the effects of this feature; `tables` is the whole registry of personal tables. */
export function rightsEffects(tables: readonly PersonalTable[]) {
  return {
    async 'export-data'(sql: Sql, _effect: Of<'export-data'>, { personId }: EffectContext): Promise<Outcome> {
      return { kind: 'exported', rows: await readPerson(sql, tables, personId) }
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
