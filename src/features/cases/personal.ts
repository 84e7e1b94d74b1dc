// The rights to see and to erase, for cases and what was written in them. A case hangs on its chat: it goes
// with the chat when two people turn out to be one, and when a chat becomes a person of its own.
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { asIs, channel, moment, type PersonalTable } from '../../people/index.ts'
import { CLOSE_REASONS } from './messages.ts'
import { shownReference } from './reference.ts'

export const caseTable: PersonalTable<{
  reference: string
  state: string
  opened_at: Date
  expected_on: string
  closed_at: Date | null
  close_reason: string | null
  channel: string
}> = {
  table: 'citizen_case',
  title: 'data.case.title',
  columns: {
    reference: { label: 'data.case.reference', say: shownReference },
    state: { label: 'data.case.state', say: (state, { t }) => t(STATES[state] ?? 'case.states.open') },
    opened_at: moment('data.case.opened'),
    expected_on: { label: 'data.case.expected', say: (day, words) => words.day(day) },
    closed_at: moment('data.case.closed'),
    close_reason: {
      label: 'data.case.reason',
      say(reason, { t }) {
        const known = CLOSE_REASONS.find(it => it === reason)
        return known ? t(`case.reasons.${known}`) : ''
      },
    },
    channel: channel('data.channel.title'),
  },
  export: (sql, personId) => sql`
    SELECT c.reference, c.state, c.opened_at, c.expected_on::text AS expected_on, c.closed_at, c.close_reason,
      a.channel
    FROM citizen_case c JOIN address a ON a.id = c.address_id
    WHERE a.person_id = ${personId} ORDER BY c.opened_at`,
  async erase(sql, personId) {
    await sql`DELETE FROM citizen_case USING address a WHERE a.id = address_id AND a.person_id = ${personId}`
  },
}

const STATES: Record<string, SentenceKey> = {
  waiting: 'case.states.waiting',
  passed: 'case.states.passed',
  closed: 'case.states.closed',
}

/** What staff note among themselves is about the person, too. */
export const caseMessageTable: PersonalTable<{ reference: string; kind: string; text: string; at: Date }> = {
  table: 'case_message',
  title: 'data.caseMessage.title',
  columns: {
    reference: { label: 'data.case.reference', say: shownReference },
    kind: { label: 'data.caseMessage.kind', say: (kind, { t }) => t(KINDS[kind] ?? 'data.caseMessage.note') },
    text: asIs('data.caseMessage.text'),
    at: moment('data.caseMessage.at'),
  },
  export: (sql, personId) => sql`
    SELECT m.reference, m.kind, m.text, m.at
    FROM case_message m JOIN citizen_case c ON c.reference = m.reference JOIN address a ON a.id = c.address_id
    WHERE a.person_id = ${personId} ORDER BY m.id`,
  async erase(sql, personId) {
    await sql`
      DELETE FROM case_message m USING citizen_case c, address a
      WHERE c.reference = m.reference AND a.id = c.address_id AND a.person_id = ${personId}`
  },
}

const KINDS: Record<string, SentenceKey> = {
  asker: 'data.caseMessage.asker',
  reply: 'data.caseMessage.reply',
}
