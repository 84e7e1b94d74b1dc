// The statements of a turn: one reads everything it needs, one writes everything it decided. Both take
// many chats at once, because turns of many chats run side by side.
import type { Language, Script } from '../core/model/content.ts'
import { type Conversation, newConversation } from '../core/model/conversation.ts'
import type { Received } from '../core/model/event.ts'
import type { Button, Outbound } from '../core/model/message.ts'
import type { Sql } from '../platform/db/database.ts'
import { storableJson } from '../platform/db/storable.ts'
import type { Chat } from './intake.ts'

/** What a turn starts from. `inbox` is absent when another instance has already handled everything. */
export type Loaded = {
  personId: string
  addressId: string
  version: number
  reference: unknown
  state: Conversation
  buttons: Button[]
  erased: boolean
  inbox?: { id: string; received: Received; attempts: number }
}

type Row = {
  position: number
  personId: string
  addressId: string
  version: number
  reference: unknown
  language: Language
  script: Script
  state: Conversation | Record<string, never>
  erased: boolean
  inboxId: string | null
  received: Received | null
  attempts: number | null
  buttons: Button[] | null
}

/** Reads each chat's oldest unanswered event with what answering needs. Undefined: an unknown chat. */
export async function loadAll(sql: Sql, chats: Chat[]): Promise<(Loaded | undefined)[]> {
  const rows = await sql<Row>`
    SELECT k.position::int, p.id AS "personId", a.id AS "addressId", a.version, a.reference,
      a.language, a.script, a.state, p.erased_at IS NOT NULL AS erased,
      i.id AS "inboxId", i.received, i.attempts, o.buttons
    FROM unnest(${chats.map(({ channel }) => channel)}::text[], ${chats.map(({ address }) => address)}::text[])
      WITH ORDINALITY AS k (channel, address, position)
    JOIN address a ON a.channel = k.channel AND a.external_id = k.address
    JOIN person p ON p.id = a.person_id
    LEFT JOIN LATERAL (
      SELECT id, received, attempts FROM inbox
      WHERE channel = a.channel AND address = a.external_id AND done_at IS NULL
      ORDER BY id LIMIT 1) i ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_path_query_array(message, '$.blocks[*] ? (@.kind == "poll").options[*]')
        || (message->'buttons') AS buttons
      FROM outbox
      WHERE address_id = a.id AND status = 'sent'
        AND (message->'buttons' <> '[]' OR message->'blocks' @> '[{"kind": "poll"}]')
      ORDER BY id DESC LIMIT 1) o ON true`
  const found = new Map(rows.map(row => [row.position, loadedFrom(row)]))
  return chats.map((_, index) => found.get(index + 1))
}

/**
 * Locks the person for the rest of the transaction, before a turn does something that lasts; facts of
 * one person change one after the other over all chats and instances. Resolves to whether the chat is
 * still as it was loaded.
 */
export async function lockPerson(sql: Sql, { personId, addressId, version }: Loaded): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM person p JOIN address a ON a.person_id = p.id
    WHERE p.id = ${personId} AND a.id = ${addressId} AND a.version = ${version}
    FOR NO KEY UPDATE OF p, a`
  return rows.length > 0
}

function loadedFrom(row: Row): Loaded {
  const { personId, addressId, version, erased, buttons } = row
  // The answer goes where the question came from: the way there may have changed.
  const reference = row.received?.reference ?? row.reference
  const fresh = { ...newConversation(row.language), script: row.script }
  const state = 'v' in row.state ? (row.state as Conversation) : fresh
  const inbox =
    row.inboxId && row.received
      ? { id: row.inboxId, received: row.received, attempts: row.attempts ?? 0 }
      : undefined
  return { personId, addressId, version, reference, erased, state, inbox, buttons: buttons ?? [] }
}

/** Registers a chat that writes for the first time. Another instance may be faster: then nothing happens. */
export async function register(
  sql: Sql,
  { channel, address }: Chat,
  { language, script }: Guess,
): Promise<void> {
  await sql`
    WITH newcomer AS (INSERT INTO person DEFAULT VALUES RETURNING id)
    INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
    SELECT id, ${channel}, ${address}, ${language}, ${script}, '{}', now() FROM newcomer`.catch(ignoreFaster)
}

/** As one statement it leaves no person without a chat behind. */
function ignoreFaster(error: { code?: string; constraint?: string }): void {
  if (error.code !== '23505' || error.constraint !== 'address_channel_external_id_key') throw error
}

export type Guess = { language: Language; script: Script }

/** The platform's guess of language and script in the chat's oldest unanswered event. */
export async function firstGuess(sql: Sql, { channel, address }: Chat): Promise<Guess | undefined> {
  const [row] = await sql<Guess>`
    SELECT coalesce(received->>'language', 'sr') AS language, coalesce(received->>'script', 'latn') AS script
    FROM inbox
    WHERE channel = ${channel} AND address = ${address} AND done_at IS NULL ORDER BY id LIMIT 1`
  return row
}

export type Saved = { id: string; status: 'sending' | 'queued' }

/** What was answered, for counting without identity. */
export type Usage = { decision: string; entryId?: string }

export type Ended = {
  loaded: Loaded
  inboxId: string
  state: Conversation
  messages: Outbound[]
  usage: Usage[]
  reachable: boolean
  /** The event could not be answered: it keeps what was received, for whoever mends the fault. */
  failed?: boolean
}

/**
 * Writes the ends of turns of different chats: event done, state, messages, counts. Messages are born
 * `sending` (this process delivers them at once) unless earlier ones to the chat are still on their way.
 * Resolves, per turn, to the outbox rows in the order of its messages; undefined, with nothing of that
 * turn written, when another instance has answered in the chat since it was loaded.
 */
export async function saveAll(sql: Sql, turns: Ended[]): Promise<(Saved[] | undefined)[]> {
  const rows = await sql<{ position: number; id: string | null; status: Saved['status'] }>`
    WITH turn AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${storableJson(turns.map(recordOf))}::jsonb) AS t (
        position int, address uuid, version int, inbox bigint, state jsonb, reachable boolean, failed boolean,
        reference jsonb, messages jsonb, usage jsonb)
    ), chat AS (
      UPDATE address a SET version = a.version + 1, state = turn.state, language = turn.state->>'language',
        script = turn.state->>'script', reachable = turn.reachable, last_inbound_at = now(),
        reference = coalesce(turn.reference, a.reference)
      FROM turn WHERE a.id = turn.address AND a.version = turn.version
      RETURNING a.id, a.channel, a.language, turn.position, turn.inbox, turn.failed, turn.messages, turn.usage
    ), done AS (
      UPDATE inbox i SET done_at = now(), failed = chat.failed,
        received = CASE WHEN chat.failed THEN i.received END
      FROM chat WHERE i.id = chat.inbox
    ), counted AS (
      INSERT INTO usage (day, channel, language, decision, entry_id)
      SELECT now(), chat.channel, chat.language, u.decision, coalesce(u."entryId", '')
      FROM chat, jsonb_to_recordset(chat.usage) AS u (decision text, "entryId" text)
    ), waiting AS (
      SELECT DISTINCT o.address_id FROM chat JOIN outbox o ON o.address_id = chat.id
      WHERE o.settled_at IS NULL AND o.lane = 'reply'
    ), sent AS (
      INSERT INTO outbox (address_id, lane, status, message, created_at, claimed_at)
      SELECT chat.id, 'reply', CASE WHEN w.address_id IS NULL THEN 'sending' ELSE 'queued' END, m.message, now(),
        CASE WHEN w.address_id IS NULL THEN now() END
      FROM chat LEFT JOIN waiting w ON w.address_id = chat.id,
        jsonb_array_elements(chat.messages) WITH ORDINALITY AS m (message, place)
      ORDER BY chat.position, m.place
      RETURNING id, address_id, status
    )
    SELECT chat.position, sent.id, sent.status
    FROM chat LEFT JOIN sent ON sent.address_id = chat.id ORDER BY sent.id`
  const saved = new Map<number, Saved[]>()
  for (const { position, id, status } of rows) {
    const list = saved.get(position) ?? []
    saved.set(position, id ? [...list, { id, status }] : list)
  }
  return turns.map((_, position) => saved.get(position))
}

function recordOf(
  { loaded, inboxId, state, messages, usage, reachable, failed = false }: Ended,
  position: number,
) {
  const { addressId: address, version, reference } = loaded
  const result = { state, reachable, failed, reference, messages, usage }
  return { position, address, version, inbox: inboxId, ...result }
}

/** Notes a failed attempt; resolves to the number of attempts so far. */
export async function noteFailure(sql: Sql, inboxId: string): Promise<number> {
  const [row] = await sql<{ attempts: number }>`
    UPDATE inbox SET attempts = attempts + 1 WHERE id = ${inboxId} AND done_at IS NULL RETURNING attempts`
  return row?.attempts ?? 0
}

/** Chats with events that nobody has answered for a while: left by a crash or a failed attempt. */
export async function forgottenChats(sql: Sql, olderThanMs: number): Promise<Chat[]> {
  return sql<Chat>`
    SELECT DISTINCT channel, address FROM inbox
    WHERE done_at IS NULL AND received_at < now() - make_interval(secs => ${olderThanMs / 1000})
    LIMIT 500`
}
