// The chat of a member of the staff, where tests of announcements go. It is told by a code that they made in
// that chat, as people do to link two chats.
import type { Language, Script } from '../../core/model/content.ts'
import type { ChannelId } from '../../core/model/event.ts'
import { channel, type PersonalTable } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Account, Refused, withAudit } from '../../staff/index.ts'
import { redeemCode } from '../linking/index.ts'
import { VARIANTS, type Variant } from './compose.ts'
import type { AnnouncementDeps } from './deps.ts'
import type { Announcement } from './model.ts'
import { renderedFor } from './plan.ts'

export type OwnChat = { id: string; channel: ChannelId; language: Language; script: Script }

/** The account's chat, if it has one that can be reached. */
export async function ownChat(sql: Sql, account: Pick<Account, 'id'>): Promise<OwnChat | undefined> {
  const [chat] = await sql<OwnChat>`
    SELECT a.id, a.channel, a.language, a.script FROM staff_account s
    JOIN address a ON a.id = s.chat_id AND a.reachable JOIN person p ON p.id = a.person_id AND p.erased_at IS NULL
    WHERE s.id = ${account.id}`
  return chat
}

/** Makes the chat in which the code was made the account's own. Resolves to whether the code was right. */
export async function connectChat(
  { database }: Pick<AnnouncementDeps, 'database'>,
  account: Account,
  { code, now }: { code: string; now: Date },
): Promise<boolean> {
  const done = await withAudit(database, account.email, async (sql, note) => {
    const chatId = await redeemCode(sql, code, now)
    if (!chatId) return new Refused('wrong')
    await sql`UPDATE staff_account SET chat_id = ${chatId} WHERE id = ${account.id}`
    await note({ action: 'account.chat', target: `account ${account.email}` })
    return true
  })
  return done === true
}

/** Forgets the account's chat. */
export async function disconnectChat(
  { database }: Pick<AnnouncementDeps, 'database'>,
  account: Account,
): Promise<void> {
  await withAudit(database, account.email, async (sql, note) => {
    await sql`UPDATE staff_account SET chat_id = NULL WHERE id = ${account.id}`
    await note({ action: 'account.chatless', target: `account ${account.email}` })
  })
}

/** Which of the announcement's messages a chat would get. */
export function variantOf({ language, script }: Pick<OwnChat, 'language' | 'script'>): Variant {
  if (language !== 'sr') return language
  return script === 'cyrl' ? 'sr-cyrl' : 'sr-latn'
}

/**
 * Sends the messages as they are now to the account's own chat: one of them, or all. Resolves to how many;
 * undefined when there is no chat or something they carry is gone.
 */
export async function sendTest(
  deps: AnnouncementDeps,
  account: Account,
  announcement: Announcement,
  which: Variant | 'all',
): Promise<number | undefined> {
  const chat = await ownChat(deps.database.sql, account)
  const rendered = chat && (await renderedFor(deps, announcement))
  if (!rendered) return undefined
  const variants = VARIANTS.filter(variant => which === 'all' || variant === which)
  await withAudit(deps.database, account.email, async (sql, note) => {
    for (const variant of variants)
      await sql`
        INSERT INTO outbox (address_id, lane, status, message, created_at)
        VALUES (${chat.id}, 'reply', 'queued', ${JSON.stringify(rendered[variant])}::jsonb, now())`
    await note({ action: 'announcement.test', target: `announcement ${announcement.id}` })
  })
  return variants.length
}

/** That the chat is one of the city's staff, for its person. It hangs on the chat and moves with it. */
export const staffChatTable: PersonalTable<{ email: string; channel: string }> = {
  table: 'staff_account',
  title: 'data.staffChat.title',
  columns: {
    email: { label: 'data.staffChat.account', say: email => email },
    channel: channel('data.channel.title'),
  },
  export: (sql, personId) => sql`
    SELECT s.email, a.channel FROM staff_account s JOIN address a ON a.id = s.chat_id
    WHERE a.person_id = ${personId} ORDER BY s.email`,
  async erase(sql, personId) {
    await sql`
      UPDATE staff_account SET chat_id = NULL FROM address a WHERE a.id = chat_id AND a.person_id = ${personId}`
  },
}
