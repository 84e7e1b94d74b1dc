// Joining two chats to one person, and taking one out again, inside the turn's transaction.
import { randomBytes } from 'node:crypto'
import type { Language, Script } from '../../core/model/content.ts'
import type { Effect, EffectContext, Outcome } from '../../core/model/effect.ts'
import {
  channel,
  holdPeople,
  mergePeople,
  moment,
  type PersonalTable,
  splitOffChat,
} from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { CODE_MINUTES, codeHash, newCode, readCode } from './code.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

/** Handlers of the effects of this feature; `tables` is the whole registry of personal tables. */
export function linkingEffects(tables: readonly PersonalTable[]) {
  return {
    /** A new code replaces the chat's earlier one. */
    async 'make-link-code'(
      sql: Sql,
      _effect: Of<'make-link-code'>,
      { addressId, now }: EffectContext,
    ): Promise<Outcome> {
      const code = newCode()
      const salt = randomBytes(16).toString('hex')
      const expires = new Date(now.getTime() + CODE_MINUTES * 60_000)
      await sql`
        INSERT INTO link_code (address_id, salt, hash, created_at, expires_at)
        VALUES (${addressId}, ${salt}, ${codeHash(salt, code)}, ${now}, ${expires})
        ON CONFLICT (address_id) DO UPDATE SET salt = excluded.salt, hash = excluded.hash,
          created_at = excluded.created_at, expires_at = excluded.expires_at`
      return { kind: 'link-code', code }
    },

    async 'link-chats'(
      sql: Sql,
      { code }: Of<'link-chats'>,
      { personId, addressId, now }: EffectContext,
    ): Promise<Outcome> {
      const other = await chatOfCode(sql, code, now)
      if (!other) return { kind: 'not-linked', reason: 'wrong' }
      if (other.addressId === addressId) return { kind: 'not-linked', reason: 'own' }
      if (other.personId === personId) return { kind: 'not-linked', reason: 'already' }
      await holdPeople(sql, [personId, other.personId])
      // Another chat may have sent the same code a moment earlier.
      if (!(await useUp(sql, other))) return { kind: 'not-linked', reason: 'wrong' }
      await mergePeople(sql, tables, [personId, other.personId])
      return { kind: 'linked', language: await shareLanguage(sql, addressId, other.addressId) }
    },

    async 'unlink-chat'(sql: Sql, _effect: Of<'unlink-chat'>, context: EffectContext): Promise<Outcome> {
      return { kind: 'unlinked', was: await splitOffChat(sql, context) }
    },
  }
}

/** The chat in which this code was made, once; undefined when it is wrong or too old. */
export async function redeemCode(sql: Sql, typed: string, now: Date): Promise<string | undefined> {
  const code = readCode(typed)
  const chat = code && (await chatOfCode(sql, code, now))
  return chat && (await useUp(sql, chat)) ? chat.addressId : undefined
}

type CodeChat = { addressId: string; personId: string; hash: string }

/** The chat that a valid code was made in, of a person who isn't erased. */
async function chatOfCode(sql: Sql, code: string, now: Date): Promise<CodeChat | undefined> {
  const [chat] = await sql<CodeChat>`
    SELECT k.address_id AS "addressId", p.id AS "personId", k.hash
    FROM link_code k JOIN address a ON a.id = k.address_id JOIN person p ON p.id = a.person_id
    WHERE k.expires_at > ${now} AND p.erased_at IS NULL
      AND k.hash = encode(sha256(convert_to(k.salt || ':' || ${code}::text, 'UTF8')), 'hex')`
  return chat
}

async function useUp(sql: Sql, { addressId, personId, hash }: CodeChat): Promise<boolean> {
  const used = await sql`
    DELETE FROM link_code k USING address a
    WHERE a.id = k.address_id AND a.person_id = ${personId} AND k.address_id = ${addressId} AND k.hash = ${hash}
    RETURNING 1`
  return used.length > 0
}

type Chosen = { language: Language; script: Script }

/**
 * A language chosen in one of two linked chats holds in the other, unless one was chosen there too.
 * Resolves to what this chat takes over; the other chat is changed here.
 */
async function shareLanguage(sql: Sql, addressId: string, otherId: string): Promise<Chosen | undefined> {
  const chats = await sql<Chosen & { id: string; chosen: boolean | null }>`
    SELECT id, language, script, (state->>'languageChosen')::boolean AS chosen
    FROM address WHERE id IN (${addressId}, ${otherId})`
  const own = chats.find(({ id }) => id === addressId)
  const other = chats.find(({ id }) => id === otherId)
  if (other?.chosen && !own?.chosen) return { language: other.language, script: other.script }
  if (own?.chosen && !other?.chosen) await changeLanguage(sql, otherId, own)
  return undefined
}

/** The version rises, so that a turn under way in that chat begins again and keeps the change. */
async function changeLanguage(sql: Sql, addressId: string, { language, script }: Chosen): Promise<void> {
  await sql`
    UPDATE address SET language = ${language}, script = ${script}, version = version + 1,
      state = state || jsonb_build_object(
        'language', ${language}::text, 'script', ${script}::text, 'languageChosen', true)
    WHERE id = ${addressId} AND state ? 'v'`
}

/** The rights to see and to erase, for the feature's own table. A code hangs on its chat and moves with it. */
export const linkCodeTable: PersonalTable<{ created_at: Date; expires_at: Date; channel: string }> = {
  table: 'link_code',
  title: 'data.linkCode.title',
  columns: {
    created_at: moment('data.linkCode.created'),
    expires_at: moment('data.linkCode.expires'),
    channel: channel('data.channel.title'),
  },
  export: (sql, personId) => sql`
    SELECT k.created_at, k.expires_at, a.channel
    FROM link_code k JOIN address a ON a.id = k.address_id WHERE a.person_id = ${personId}`,
  async erase(sql, personId) {
    await sql`DELETE FROM link_code USING address a WHERE a.id = address_id AND a.person_id = ${personId}`
  },
}
