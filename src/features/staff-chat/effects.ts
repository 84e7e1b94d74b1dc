// Tying a chat to an account of the console, inside the turn's transaction; what is kept of it.
import type { Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import { asIs, channel, type PersonalTable } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { tieChat, untieChat } from '../../staff/index.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

export const staffChatEffects = {
  async 'tie-staff-chat'(
    sql: Sql,
    { code }: Of<'tie-staff-chat'>,
    { addressId }: EffectContext,
  ): Promise<Outcome> {
    return { kind: 'staff-chat-tied', email: await tieChat(sql, code, addressId) }
  },

  async 'untie-staff-chat'(
    sql: Sql,
    _effect: Of<'untie-staff-chat'>,
    { addressId }: EffectContext,
  ): Promise<Outcome> {
    return { kind: 'staff-chat-untied', was: await untieChat(sql, addressId) }
  },
}

/** Which account a chat is tied to: the account stays, the tie goes. It hangs on the chat and moves with it. */
export const staffChatTable: PersonalTable<{ email: string; channel: string }> = {
  table: 'staff_account',
  title: 'data.staffAccount.title',
  columns: { email: asIs('data.staffAccount.email'), channel: channel('data.channel.title') },
  export: (sql, personId) => sql`
    SELECT s.email, a.channel FROM staff_account s JOIN address a ON a.id = s.chat_id
    WHERE a.person_id = ${personId} ORDER BY s.email`,
  async erase(sql, personId) {
    await sql`
      UPDATE staff_account s SET chat_id = NULL FROM address a WHERE a.id = s.chat_id AND a.person_id = ${personId}`
  },
}
