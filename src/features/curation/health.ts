// How answers fare: what an editor should look at.
import type { Entry } from '../../core/model/content.ts'
import { addDays } from '../../core/time/day.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Confusable, hiddenBecause } from '../answers/index.ts'
import { type Item, isEntry } from './item.ts'

/** What should be looked at first stands first. */
export const HEALTH = [
  'conflict',
  'submitted',
  'editing',
  'withheld',
  'expiring',
  'draft',
  'lowRating',
  'unanswered',
  'confusable',
  'unverified',
] as const
export type Health = (typeof HEALTH)[number]

/** What people did with an item lately. `missed`: questions that it was nearest to, and that got no answer. */
export type Numbers = { asked: number; yes: number; no: number; missed: number }

const NOTHING: Numbers = { asked: 0, yes: 0, no: 0, missed: 0 }
/** "Lately", in days. */
const WINDOW = 90
/** Reviews that are due within so many days are shown. */
const EXPIRING_DAYS = 30
/** From so many ratings or questions on, shares mean something. */
const ENOUGH = 5
const LOW_RATING = 0.6
const MUCH_UNANSWERED = 0.3

/** The numbers of every item that has any. */
export async function readNumbers(sql: Sql): Promise<(id: string) => Numbers> {
  const rows = await sql<{ id: string } & Numbers>`
    SELECT id, sum(asked)::int AS asked, sum(yes)::int AS yes, sum(no)::int AS no, sum(missed)::int AS missed
    FROM (
      SELECT entry_id AS id, count(*) AS asked, 0 AS yes, 0 AS no, 0 AS missed FROM usage
      WHERE day > now() - make_interval(days => ${WINDOW}) AND entry_id <> '' GROUP BY entry_id
      UNION ALL
      SELECT entry_id, 0, count(*) FILTER (WHERE answered), count(*) FILTER (WHERE NOT answered), 0 FROM rating
      WHERE at > now() - make_interval(days => ${WINDOW}) GROUP BY entry_id
      UNION ALL
      SELECT candidates[1], 0, 0, 0, count(*) FROM miss
      WHERE at > now() - make_interval(days => ${WINDOW}) AND cardinality(candidates) > 0 GROUP BY 1
    ) AS counted GROUP BY id`
  const byId = new Map(rows.map(({ id, ...numbers }) => [id, numbers]))
  return id => byId.get(id) ?? NOTHING
}

/** What is to be said of an item besides the state of its revisions. */
export function healthOf(
  item: Item,
  {
    numbers,
    confusable,
    today,
    now,
  }: { numbers: Numbers; confusable: readonly Confusable[]; today: string; now: Date },
): Health[] {
  const found: Health[] = isEntry(item) ? entryHealth(item, today, now) : []
  if (confusable.some(({ id, other }) => id === item.id || other === item.id)) found.push('confusable')
  if (isLow(numbers)) found.push('lowRating')
  if (missedShare(numbers) > MUCH_UNANSWERED) found.push('unanswered')
  return found
}

function entryHealth(entry: Entry, today: string, now: Date): Health[] {
  const hidden = hiddenBecause(entry, now.getTime())
  const due = entry.reviewBy !== '' && entry.reviewBy <= addDays(today, EXPIRING_DAYS)
  return [
    ...(hidden ? [hidden] : due ? ['expiring' as const] : []),
    ...(entry.confidence === 'B' ? ['unverified' as const] : []),
  ]
}

function isLow({ yes, no }: Numbers): boolean {
  return yes + no >= ENOUGH && yes / (yes + no) < LOW_RATING
}

/** The share of an item's questions that got no answer; 0 as long as there are few. */
export function missedShare({ asked, missed }: Numbers): number {
  return asked + missed >= ENOUGH ? missed / (asked + missed) : 0
}
