// Every hour: whoever wants one clip a week and has their hour now gets the next one.
import type { Clip, Language, Script } from '../../core/model/content.ts'
import type { Context } from '../../core/model/topic.ts'
import { inCyrillic } from '../../core/text/transliterate-message.ts'
import { addDays, dayIn, daysBetween } from '../../core/time/day.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { ScheduledJob } from '../../platform/jobs.ts'
import { visibleClips } from '../answers/index.ts'
import { nextClip } from './catalog.ts'
import { type Stock, weeklyMessage } from './messages.ts'
import { ownVideos } from './own-videos.ts'

/** At the hour, and again soon after: an hour the bot was down for is made up for. */
const CRON = '0,20,40 * * * *'
const BATCH = 200
const WEEK = 7

type Knowledge = Pick<Context, 'content' | 'sentences' | 'publicUrl'>

/** The job that sends the weekly clips; it may run on several instances at once. */
export function weeklyClipsJob(sql: Sql, knowledge: () => Knowledge): ScheduledJob {
  return {
    name: 'weekly-clips',
    cron: CRON,
    async run() {
      await sendWeeklyClips(sql, knowledge(), Date.now())
    },
  }
}

type Due = {
  addressId: string
  nextOn: string
  /** Clips that were sent to one of the person's chats, or answered. */
  known: string[]
  language: Language
  script: Script
}

/**
 * Puts a clip into the outbox for every series that is due at `now` (milliseconds), and moves the series on in
 * the same statement: nobody gets a clip twice. A series ends when every clip was sent. Only who still
 * agrees and can be reached gets one. Resolves to how many were sent.
 */
export async function sendWeeklyClips(sql: Sql, knowledge: Knowledge, now: number): Promise<number> {
  const { timeZone } = knowledge.content.city
  const [today, hour] = [dayIn(timeZone, now), hourIn(timeZone, now)]
  const own = await ownVideos(sql)
  let count = 0
  for (;;) {
    const due = await sql<Due>`
      SELECT s.address_id AS "addressId", s.next_on::text AS "nextOn", a.language, a.script,
        ARRAY(
          SELECT clip_id FROM clip_answer c WHERE c.person_id = a.person_id
          UNION SELECT unnest(own.sent) FROM clip_series own JOIN address b ON b.id = own.address_id
          WHERE b.person_id = a.person_id) AS known
      FROM clip_series s JOIN address a ON a.id = s.address_id
      WHERE (s.next_on < ${today}::date OR (s.next_on = ${today}::date AND s.hour <= ${hour}))
        AND a.reachable AND EXISTS (
          SELECT 1 FROM consent c
          WHERE c.person_id = a.person_id AND c.purpose = 'participation' AND c.withdrawn_at IS NULL)
      ORDER BY s.address_id LIMIT ${BATCH}`
    if (due.length === 0) return count
    for (const series of due) count += await goOn(sql, series, today, { ...knowledge, own, now })
  }
}

/** The hour (0–23) it is in a time zone. */
function hourIn(timeZone: string, now: number): number {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now)
  return Number(hour)
}

async function goOn(sql: Sql, series: Due, today: string, stock: Stock): Promise<number> {
  const clips = visibleClips(stock.content, stock.now)
  const { known } = series
  const clip = nextClip(clips, known)
  if (clip) {
    const isLast = nextClip(clips, [...known, clip.id]) === undefined
    return send(sql, series, clip, today, messageFor(clip, series, isLast, stock))
  }
  const { addressId, nextOn } = series
  await sql`DELETE FROM clip_series WHERE address_id = ${addressId} AND next_on = ${nextOn}::date`
  return 0
}

async function send(sql: Sql, series: Due, clip: Clip, today: string, message: object): Promise<number> {
  const { addressId, nextOn } = series
  const sent = await sql`
    WITH moved AS (
      UPDATE clip_series
      SET next_on = ${weekAfter(nextOn, today)}::date, sent = sent || ${clip.id}::text
      WHERE address_id = ${addressId} AND next_on = ${nextOn}::date RETURNING address_id
    ), counted AS (
      INSERT INTO clip_count (day, clip_id, channel, kind)
      SELECT ${today}::date, ${clip.id}, a.channel, 'offered' FROM moved JOIN address a ON a.id = moved.address_id
    )
    INSERT INTO outbox (address_id, lane, status, message, created_at)
    SELECT address_id, 'bulk', 'queued', ${JSON.stringify(message)}::jsonb, now() FROM moved RETURNING 1`
  return sent.length
}

/** The same weekday, after today. */
function weekAfter(day: string, today: string): string {
  const weeks = Math.floor(daysBetween(day, today) / WEEK) + 1
  return addDays(day, weeks * WEEK)
}

function messageFor(clip: Clip, reader: Due, isLast: boolean, stock: Stock) {
  const message = weeklyMessage(clip, reader, isLast, stock)
  if (reader.language !== 'sr' || reader.script === 'latn') return message
  return inCyrillic(message, stock.content.city.protectedWords)
}
