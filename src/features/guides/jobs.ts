// Every morning: whoever asked to be reminded of a deadline that ends today is told.
import type { Language, Script } from '../../core/model/content.ts'
import type { Context } from '../../core/model/topic.ts'
import { inCyrillic } from '../../core/text/transliterate-message.ts'
import { dayIn } from '../../core/time/day.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { ScheduledJob } from '../../platform/jobs.ts'
import { dueMessage } from './messages.ts'

/** From eight in the city's time zone; the later hours make up for a morning the bot was down. */
const CRON = '0 8-20 * * *'
/** Reminders per statement, so that no lock is held for long. */
const BATCH = 500

type Knowledge = Pick<Context, 'content' | 'sentences'>

/** The job that sends what is due; it may run on several instances at once. */
export function reminderJob(sql: Sql, knowledge: () => Knowledge): ScheduledJob {
  return {
    name: 'reminders',
    cron: CRON,
    async run() {
      await sendDueReminders(sql, knowledge(), Date.now())
    },
  }
}

type Due = {
  id: string
  guideId: string
  deadlineId: string
  dueOn: string
  language: Language
  script: Script
}

/**
 * Puts every reminder that is due at `now` (milliseconds) into the outbox and removes it, in one statement:
 * nobody is reminded twice. Chats that can't be reached are left alone. Resolves to how many were due.
 */
export async function sendDueReminders(sql: Sql, knowledge: Knowledge, now: number): Promise<number> {
  const today = dayIn(knowledge.content.city.timeZone, now)
  let count = 0
  for (;;) {
    const due = await sql<Due>`
      SELECT r.id, r.guide_id AS "guideId", r.deadline_id AS "deadlineId", r.due_on::text AS "dueOn",
        a.language, a.script
      FROM reminder r JOIN address a ON a.id = r.address_id
      WHERE r.due_on <= ${today}::date ORDER BY r.id LIMIT ${BATCH}`
    if (due.length === 0) return count
    count += due.length
    await send(sql, due, today, knowledge)
  }
}

async function send(sql: Sql, due: Due[], today: string, knowledge: Knowledge): Promise<void> {
  const messages = due.map(reminder => messageFor(reminder, today, knowledge))
  await sql`
    WITH gone AS (
      DELETE FROM reminder WHERE id = ANY(${due.map(({ id }) => id)}::bigint[]) RETURNING id, address_id
    )
    INSERT INTO outbox (address_id, lane, status, message, created_at)
    SELECT gone.address_id, 'bulk', 'queued', said.message, now()
    FROM gone
    JOIN address a ON a.id = gone.address_id AND a.reachable
    JOIN unnest(
      ${due.map(({ id }) => id)}::bigint[], ${messages.map(message => JSON.stringify(message))}::jsonb[]
    ) AS said (id, message) ON said.id = gone.id
    ORDER BY gone.id`
}

function messageFor(reminder: Due, today: string, knowledge: Knowledge) {
  const { language, script } = reminder
  const message = dueMessage(reminder, today, language, knowledge)
  if (language !== 'sr' || script === 'latn') return message
  return inCyrillic(message, knowledge.content.city.protectedWords)
}
