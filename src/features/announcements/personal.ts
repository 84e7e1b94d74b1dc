// The rights to see and to erase what was announced to somebody, and two people who turn out to be one.

import type { DeliveryStatus } from '../../delivery/index.ts'
import { channel, moment, type PersonalTable, type Words } from '../../people/index.ts'
import type { AnnouncementMessage } from './model.ts'

/** The tie to the person goes; the row is counted on, and nothing is sent by it any more. */
export const deliveryTable: PersonalTable<{
  message: AnnouncementMessage
  status: DeliveryStatus
  at: Date
  channel: string
}> = {
  table: 'delivery',
  title: 'data.delivery.title',
  columns: {
    message: { label: 'data.delivery.message', say: textOf },
    status: { label: 'data.delivery.status', say: (status, { t }) => t(`data.delivery.${status}`) },
    at: moment('data.delivery.at'),
    channel: channel('data.channel.title'),
  },
  export: (sql, personId) => sql`
    SELECT n.message, d.status, d.at, d.channel
    FROM delivery d JOIN announcement n ON n.id = d.announcement_id WHERE d.person_id = ${personId} ORDER BY d.id`,
  async erase(sql, personId) {
    await sql`
      UPDATE delivery SET person_id = NULL, not_before = NULL,
        status = CASE status WHEN 'planned' THEN 'skipped' WHEN 'sending' THEN 'uncertain' ELSE status END,
        reason = CASE WHEN status IN ('planned', 'sending') THEN 'erased' ELSE reason END
      WHERE person_id = ${personId}`
  },
  /**
   * One person has one delivery of an announcement. Of two, the one that went further is theirs; the other
   * counts on without them, and if it was still to be sent, it is not.
   */
  async move(sql, from, to) {
    await sql`
      WITH ranked AS (
        SELECT id, row_number() OVER (PARTITION BY announcement_id ORDER BY
          array_position(ARRAY['sent', 'sending', 'uncertain', 'planned', 'failed', 'skipped'], status), id) AS place
        FROM delivery WHERE person_id IN (${from}, ${to})
      )
      UPDATE delivery d SET person_id = NULL,
        status = CASE status WHEN 'planned' THEN 'skipped' ELSE status END,
        reason = CASE status WHEN 'planned' THEN 'linked' ELSE reason END
      FROM ranked WHERE d.id = ranked.id AND ranked.place > 1`
    await sql`UPDATE delivery SET person_id = ${to} WHERE person_id = ${from}`
  },
}

function textOf(message: AnnouncementMessage, { language, write }: Words): string {
  const said = message[language] ?? message.sr
  const text = typeof said === 'string' ? said : said.blocks.map(({ text }) => text).join('\n')
  return message[language] ? text : write(text)
}
