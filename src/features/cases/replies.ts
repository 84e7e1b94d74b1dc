// What staff say goes to the chat of the question; if nobody can be reached there, to another chat of the same
// person. A reply that reached nobody stays undelivered until somebody can be reached: the sweep looks.
import type { Outbound } from '../../core/model/message.ts'
import type { Context } from '../../core/model/topic.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Notice, noticeMessage, type Reader, replyMessage } from './messages.ts'

/** What messages are made from. */
export type Words = Pick<Context, 'content' | 'sentences' | 'settings' | 'match'>

/** Replies per look, so that one look is short. */
const BATCH = 50
/** Platforms tell of a message that did not arrive within this time, or never (days). */
const LATE_FAILURE_DAYS = 3

/** Notes what became of replies, and sends those that can reach somebody by now. For every sweep. */
export async function deliverReplies(sql: Sql, words: Words): Promise<void> {
  await noteOutcomes(sql)
  for (const due of await dueReplies(sql)) await carry(sql, due, words)
}

/** Puts a new reply on its way, if anybody can be reached. */
export async function placeReply(sql: Sql, messageId: string, words: Words): Promise<void> {
  for (const due of await dueReplies(sql, messageId)) await carry(sql, due, words)
}

/** The outbox forgets; what became of a reply stays with its case. */
async function noteOutcomes(sql: Sql): Promise<void> {
  await sql`
    UPDATE case_message m SET outcome = o.status, reason = o.reason, settled_at = o.settled_at
    FROM outbox o
    WHERE o.id = m.outbox_id AND (m.outcome = 'pending' AND o.settled_at IS NOT NULL
      OR m.outcome = 'sent' AND o.status = 'failed'
        AND m.settled_at > now() - make_interval(days => ${LATE_FAILURE_DAYS}))`
}

type Due = Reader & {
  id: string
  reference: string
  text: string
  question: string
  addressId: string
  askedOn: string
  elsewhere: boolean
  closes: boolean
}

/**
 * Replies without a chat, each with the chat it can go to: its own first. After a failure that is one of the
 * person's other chats, once; then any that they have written in since.
 */
function dueReplies(sql: Sql, messageId: string | null = null): Promise<Due[]> {
  return sql<Due>`
    SELECT m.id, m.reference, m.text, q.text AS question, target.id AS "addressId", target.language, target.script,
      home.channel AS "askedOn", target.id <> home.id AS elsewhere, c.state = 'closed' AS closes
    FROM case_message m
    JOIN citizen_case c ON c.reference = m.reference
    JOIN address home ON home.id = c.address_id
    JOIN LATERAL (
      SELECT a.id, a.language, a.script FROM address a
      WHERE a.person_id = home.person_id AND a.reachable AND (
        m.address_id IS NULL OR a.last_inbound_at > m.settled_at
        OR m.address_id = home.id AND a.id <> home.id)
      ORDER BY a.id = home.id DESC, a.last_inbound_at DESC LIMIT 1) target ON true
    JOIN LATERAL (
      SELECT text FROM case_message WHERE reference = m.reference AND kind = 'asker' ORDER BY id LIMIT 1) q ON true
    WHERE m.outcome IN ('unsent', 'failed') AND (${messageId}::bigint IS NULL OR m.id = ${messageId}::bigint)
    ORDER BY m.id LIMIT ${BATCH}`
}

/** One statement: of several instances one sends it. */
async function carry(sql: Sql, due: Due, words: Words): Promise<void> {
  const { id, addressId, askedOn, elsewhere } = due
  const message = replyMessage({ ...due, askedOn: elsewhere ? askedOn : undefined }, due, words)
  await sql`
    WITH held AS (
      SELECT 1 FROM case_message WHERE id = ${id} AND outcome IN ('unsent', 'failed') FOR UPDATE SKIP LOCKED
    ), carrier AS (
      INSERT INTO outbox (address_id, lane, status, message, created_at)
      SELECT ${addressId}::uuid, 'reply', 'queued', ${JSON.stringify(message)}::jsonb, now() FROM held
      RETURNING id
    )
    UPDATE case_message m SET outcome = 'pending', reason = NULL, settled_at = NULL,
      address_id = ${addressId}::uuid, outbox_id = carrier.id
    FROM carrier WHERE m.id = ${id}`
}

/** A chat that a message of staff can go to. */
export type Target = Reader & { addressId: string; channel: string; askedOn: string; elsewhere: boolean }

/** Where a message in this case would go now; undefined: nobody can be reached. */
export async function targetOf(sql: Sql, reference: string): Promise<Target | undefined> {
  const [target] = await sql<Target>`
    SELECT a.id AS "addressId", a.channel, a.language, a.script, home.channel AS "askedOn", a.id <> home.id AS elsewhere
    FROM citizen_case c JOIN address home ON home.id = c.address_id
    JOIN address a ON a.person_id = home.person_id AND a.reachable
    WHERE c.reference = ${reference}
    ORDER BY a.id = home.id DESC, a.last_inbound_at DESC LIMIT 1`
  return target
}

/** Tells the asker what staff did with their case; whoever can't be reached finds it in the list. */
export async function sendNotice(sql: Sql, reference: string, notice: Notice, words: Words): Promise<void> {
  const target = await targetOf(sql, reference)
  if (target) await send(sql, target.addressId, noticeMessage(notice, reference, target, words))
}

async function send(sql: Sql, addressId: string, message: Outbound): Promise<void> {
  await sql`
    INSERT INTO outbox (address_id, lane, status, message, created_at)
    VALUES (${addressId}, 'reply', 'queued', ${JSON.stringify(message)}::jsonb, now())`
}
