// Tests of announcements go to the chat that a member of the staff has tied to their account.
import type { Language, Script } from '../../core/model/content.ts'
import type { ChannelId } from '../../core/model/event.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Account, withAudit } from '../../staff/index.ts'
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
