// Requests for workshops, as staff see and answer them. The answer goes to the chat that asked.
import type { Language, Script } from '../../core/model/content.ts'
import type { Outbound } from '../../core/model/message.ts'
import type { Knowledge } from '../../core/step.ts'
import { textBlock } from '../../core/text/rich.ts'
import { toCyrillic } from '../../core/text/transliterate.ts'
import type { Sql } from '../../platform/db/database.ts'
import { Refused, withAudit } from '../../staff/index.ts'
import type { Actor } from './deeds.ts'

export type RequestRow = {
  id: string
  community: string | null
  text: string
  status: 'open' | 'answered' | 'closed'
  reply: string | null
  channel: string | null
  createdAt: Date
  settledAt: Date | null
}

const SHOWN_MAX = 200

/** Open ones first, the oldest on top; then what was settled, the newest on top. */
export function readRequests(sql: Sql): Promise<RequestRow[]> {
  return sql<RequestRow>`
    SELECT q.id, q.community, q.text, q.status, q.reply, a.channel, q.created_at AS "createdAt",
      q.settled_at AS "settledAt"
    FROM workshop_request q LEFT JOIN address a ON a.id = q.address_id
    ORDER BY q.status <> 'open', CASE WHEN q.status = 'open' THEN q.created_at END, q.settled_at DESC
    LIMIT ${SHOWN_MAX}`
}

/** How many wait. */
export async function countOpenRequests(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM workshop_request WHERE status = 'open'`
  return row?.count ?? 0
}

/** Settles a request; with a reply, whoever asked is told. The log names its number alone. */
export function settleRequestAs(
  { database, by, now }: Actor,
  id: string,
  { reply, sentences, content }: { reply?: string } & Pick<Knowledge, 'sentences' | 'content'>,
): Promise<Refused<'gone'> | undefined> {
  return withAudit(database, by, async (sql, note) => {
    const settled = await sql<{ personId: string; addressId: string | null }>`
      UPDATE workshop_request SET status = ${reply ? 'answered' : 'closed'}, reply = ${reply}, settled_at = ${now}
      WHERE id = ${id} AND status = 'open' RETURNING person_id AS "personId", address_id AS "addressId"`
    const [whose] = settled
    if (!whose) return new Refused('gone')
    if (reply) await tell(sql, whose, text => messageOf(reply, text, { sentences, content }))
    await note({
      action: reply ? 'workshop-request.reply' : 'workshop-request.close',
      target: `workshop-request ${id}`,
    })
    return undefined
  })
}

type Chat = { id: string; language: Language; script: Script }

/** The chat that asked, or else the one they wrote in last. */
async function tell(
  sql: Sql,
  { personId, addressId }: { personId: string; addressId: string | null },
  write: (chat: Chat) => Outbound,
): Promise<void> {
  const [chat] = await sql<Chat>`
    SELECT id, language, script FROM address WHERE person_id = ${personId} AND reachable
    ORDER BY id = ${addressId} DESC NULLS LAST, last_inbound_at DESC LIMIT 1`
  if (!chat) return
  await sql`
    INSERT INTO outbox (address_id, lane, status, message, created_at)
    VALUES (${chat.id}, 'reply', 'queued', ${JSON.stringify(write(chat))}::jsonb, now())`
}

function messageOf(
  reply: string,
  { language, script }: Chat,
  { sentences, content }: Pick<Knowledge, 'sentences' | 'content'>,
): Outbound {
  const cyrillic = language === 'sr' && script === 'cyrl'
  const inScript = (text: string) => (cyrillic ? toCyrillic(text, content.city.protectedWords) : text)
  const heading = sentences(language)('workshop.told.reply')
  return { blocks: [textBlock(inScript(heading), '', inScript(reply))], buttons: [] }
}
