// Lets a day pass in the demo's database: everything that is written in it becomes a day older. So the month is
// lived by the real code, which knows only today, and still lies behind us.
import { addDays, dayIn } from '../core/time/day.ts'
import { momentIn } from '../core/time/zoned.ts'
import type { Sql } from '../platform/db/database.ts'

const DAY_MS = 86_400_000

/**
 * The moment to write down, `ages` days ago, of what is to stand at this time of the city's clocks so many days before
 * today: every day takes 24 hours from it, whether or not the clocks are changed.
 */
export function momentToBe(
  timeZone: string,
  { daysAgo, time, ages, now = Date.now() }: { daysAgo: number; time: string; ages: number; now?: number },
): number {
  const at = momentIn(timeZone, { day: addDays(dayIn(timeZone, now), -daysAgo), time })
  if (at === undefined) throw new Error(`no moment: ${time}, ${daysAgo} days ago`)
  return at + ages * DAY_MS
}

/** Makes everything a day older. */
export async function passDay(sql: Sql): Promise<void> {
  await sql`
    DO $$
    DECLARE
      one record;
    BEGIN
      FOR one IN
        SELECT table_name AS name, string_agg(
          format('%1$I = %1$I - %2$s', column_name, CASE data_type WHEN 'date' THEN '1' ELSE 'interval ''1 day''' END),
          ', ') AS changes
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name !~ '^_'
          AND data_type IN ('date', 'timestamp with time zone')
        GROUP BY table_name
      LOOP
        EXECUTE format('UPDATE %I SET %s', one.name, one.changes);
      END LOOP;
    END $$`
  // Moments that are kept as numbers.
  await sql`
    UPDATE workshop SET told = told || jsonb_build_object(
      'startsAt', (told->>'startsAt')::bigint - ${DAY_MS}::bigint,
      'endsAt', (told->>'endsAt')::bigint - ${DAY_MS}::bigint)
    WHERE told IS NOT NULL`
  // What somebody wrote yesterday is no beginning of what they write today.
  await sql`UPDATE address SET state = state || '{"fragments": []}' WHERE state->'fragments' <> '[]'`
  // Every row has left an old one behind, and plans are still those of empty tables.
  await sql`VACUUM (ANALYZE, SKIP_LOCKED) person, address, inbox, outbox, usage, registration`
}
