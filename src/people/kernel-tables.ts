// The personal tables that the kernel itself owns; features add theirs.
import type { Conversation } from '../core/model/conversation.ts'
import type { Purpose } from '../core/model/effect.ts'
import type { Received } from '../core/model/event.ts'
import type { Outbound } from '../core/model/message.ts'
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { moveConsents } from './consent.ts'
import { describeChat } from './describe-chat.ts'
import type { PersonalTable } from './personal.ts'
import { asIs, channel, moment } from './reading.ts'

const receiptTable: PersonalTable<{
  channel: string
  external_id: string
  delivered_at: Date | null
  seen_at: Date | null
  failed_at: Date | null
  detail: string | null
  billing: number | null
}> = {
  table: 'receipt',
  title: 'data.receipt.title',
  columns: {
    channel: channel('data.channel.title'),
    external_id: asIs('data.receipt.id'),
    delivered_at: moment('data.receipt.delivered'),
    seen_at: moment('data.receipt.seen'),
    failed_at: moment('data.receipt.failed'),
    detail: { label: 'data.receipt.detail', say: detail => detail ?? '' },
    billing: { label: 'data.receipt.billing', say: billing => (billing === null ? '' : String(billing)) },
  },
  export: (sql, personId) => sql`
    SELECT a.channel, r.external_id, r.delivered_at, r.seen_at, r.failed_at, r.detail, r.billing
    FROM receipt r JOIN address a ON a.id = r.address_id WHERE a.person_id = ${personId} ORDER BY r.noted_at`,
  async erase(sql, personId) {
    await sql`DELETE FROM receipt USING address a WHERE a.id = address_id AND a.person_id = ${personId}`
  },
}

const outboxTable: PersonalTable<{
  message: Outbound
  status: string
  created_at: Date
  settled_at: Date | null
  delivered_at: Date | null
  seen_at: Date | null
  channel: string
}> = {
  table: 'outbox',
  title: 'data.outbox.title',
  columns: {
    message: { label: 'data.outbox.message', say: textOf },
    status: { label: 'data.outbox.status', say: (status, { t }) => t(statusSentence(status)) },
    created_at: moment('data.outbox.created'),
    settled_at: moment('data.outbox.settled'),
    delivered_at: moment('data.receipt.delivered'),
    seen_at: moment('data.receipt.seen'),
    channel: channel('data.channel.title'),
  },
  // A message of several calls is delivered and seen when all of them are.
  export: (sql, personId) => sql`
    SELECT o.message, o.status, o.created_at, o.settled_at, r.delivered_at, r.seen_at, a.channel
    FROM outbox o JOIN address a ON a.id = o.address_id
    LEFT JOIN LATERAL (
      SELECT CASE WHEN bool_and(delivered_at IS NOT NULL) THEN max(delivered_at) END AS delivered_at,
        CASE WHEN bool_and(seen_at IS NOT NULL) THEN max(seen_at) END AS seen_at
      FROM receipt WHERE outbox_id = o.id) r ON true
    WHERE a.person_id = ${personId} ORDER BY o.id`,
  async erase(sql, personId) {
    await sql`DELETE FROM outbox USING address a WHERE a.id = address_id AND a.person_id = ${personId}`
  },
}

/** What was said, and the buttons below it. */
function textOf({ blocks, buttons }: Outbound): string {
  const choices = buttons.map(({ label }) => `[${label}]`).join(' ')
  return [...blocks.map(({ text }) => text), choices].filter(Boolean).join('\n\n')
}

function statusSentence(status: string): SentenceKey {
  return status === 'sent' || status === 'failed' || status === 'uncertain'
    ? `data.outbox.${status}`
    : 'data.outbox.onItsWay'
}

const inboxTable: PersonalTable<{ received: Received | null; received_at: Date; channel: string }> = {
  table: 'inbox',
  title: 'data.inbox.title',
  columns: {
    received: {
      label: 'data.inbox.text',
      say: (received, { t }) => written(received) || t('data.inbox.gone'),
    },
    received_at: moment('data.inbox.received'),
    channel: channel('data.channel.title'),
  },
  export: (sql, personId) => sql`
    SELECT i.received, i.received_at, i.channel
    FROM inbox i JOIN address a ON a.channel = i.channel AND a.external_id = i.address
    WHERE a.person_id = ${personId} ORDER BY i.id`,
  // The row that a repeat is recognised by stays; who wrote it goes. What it said went when it was answered.
  async erase(sql, personId) {
    await sql`
      UPDATE inbox i SET received = NULL, address = ''
      FROM address a
      WHERE a.channel = i.channel AND a.external_id = i.address AND a.person_id = ${personId}
        AND i.done_at IS NOT NULL`
  },
}

/** What is kept of a message until it is answered, and longer if that failed. */
function written(received: Received | null): string {
  const event = received?.event
  return event?.kind === 'text' ? event.text : event ? JSON.stringify(event) : ''
}

const consentTable: PersonalTable<{
  purpose: Purpose
  version: string
  given_at: Date
  withdrawn_at: Date | null
}> = {
  table: 'consent',
  title: 'data.consent.title',
  columns: {
    purpose: { label: 'data.consent.purpose', say: (purpose, { t }) => t(`data.purpose.${purpose}`) },
    version: asIs('data.consent.version'),
    given_at: moment('data.consent.given'),
    withdrawn_at: moment('data.consent.withdrawn'),
  },
  export: (sql, personId) => sql`
    SELECT purpose, version, given_at, withdrawn_at FROM consent WHERE person_id = ${personId} ORDER BY id`,
  async erase(sql, personId) {
    await sql`DELETE FROM consent WHERE person_id = ${personId}`
  },
  move: moveConsents,
}

const mediaTable: PersonalTable<{ name: string; mime: string; created_at: Date; expires_at: Date | null }> = {
  table: 'media',
  title: 'data.media.title',
  columns: {
    name: asIs('data.media.name'),
    mime: asIs('data.media.mime'),
    created_at: moment('data.media.created'),
    expires_at: moment('data.media.expires'),
  },
  export: (sql, personId) => sql`
    SELECT name, mime, created_at, expires_at FROM media WHERE person_id = ${personId} ORDER BY created_at`,
  async erase(sql, personId) {
    await sql`DELETE FROM media WHERE person_id = ${personId}`
  },
  async move(sql, from, to) {
    await sql`UPDATE media SET person_id = ${to} WHERE person_id = ${from}`
  },
}

const addressTable: PersonalTable<{
  channel: string
  external_id: string
  language: string
  script: string
  state: Partial<Conversation>
  reference: unknown
  reachable: boolean
  last_inbound_at: Date
  created_at: Date
}> = {
  table: 'address',
  title: 'data.address.title',
  columns: {
    channel: channel('data.channel.title'),
    external_id: asIs('data.address.id'),
    language: { label: 'data.address.language', say: languageName },
    // It is said with the language.
    script: { label: 'data.address.language', say: () => '' },
    state: { label: 'data.address.state', say: describeChat },
    reference: { label: 'data.address.reference', say: value => (value ? JSON.stringify(value) : '') },
    reachable: {
      label: 'data.address.reachable',
      say: (reachable, { t }) => t(reachable ? 'answer.yes' : 'answer.no'),
    },
    last_inbound_at: moment('data.address.lastInbound'),
    created_at: moment('data.address.created'),
  },
  export: (sql, personId) => sql`
    SELECT channel, external_id, language, script, state, reference, reachable, last_inbound_at, created_at
    FROM address WHERE person_id = ${personId} ORDER BY created_at`,
  // The chat that asked must still receive the receipt: emptied now, removed with the person (see erase.ts).
  async erase(sql, personId) {
    await sql`UPDATE address SET state = '{}', reference = NULL WHERE person_id = ${personId}`
  },
  async move(sql, from, to) {
    await sql`UPDATE address SET person_id = ${to} WHERE person_id = ${from}`
  },
}

/** Languages name themselves. */
function languageName(language: string, _words: unknown, { script }: { script: string }): string {
  if (language === 'en') return 'English'
  if (language === 'bs') return 'bosanski'
  return script === 'cyrl' ? 'српски, ћирилица' : 'srpski, latinica'
}

/** Order matters: what refers to another comes first. */
export const kernelTables: readonly PersonalTable[] = [
  receiptTable,
  outboxTable,
  inboxTable,
  consentTable,
  mediaTable,
  addressTable,
]
