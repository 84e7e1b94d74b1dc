// A database as it looks after a busy month: people, chats, messages, questions, ratings, failures.
import type { Sql } from '../../src/platform/db/database.ts'

export type Fill = { messages: number; people: number; entryIds: readonly string[] }

/** Fills a fresh database; the planner knows what is in it afterwards. */
export async function fillDatabase(sql: Sql, { messages, people, entryIds }: Fill): Promise<void> {
  await sql`
    INSERT INTO person (created_at)
    SELECT now() - interval '30 days' * (n::float8 / ${people}::int) FROM generate_series(1, ${people}::int) n`
  await sql`
    INSERT INTO address (person_id, channel, external_id, language, script, state, reachable, last_inbound_at)
    SELECT id, (ARRAY['viber', 'viber', 'viber', 'telegram', 'web', 'botframework'])[1 + n % 6], 'chat ' || n,
      (ARRAY['sr', 'sr', 'sr', 'bs', 'en'])[1 + n % 5], CASE WHEN n % 5 = 1 THEN 'cyrl' ELSE 'latn' END, '{}',
      n % 40 <> 0, now() - interval '30 days' * random()
    FROM (SELECT id, row_number() OVER (ORDER BY created_at) AS n FROM person) p`
  await sql`
    INSERT INTO consent (person_id, purpose, version, given_at)
    SELECT id, 'announcements', '2026-11', created_at FROM person WHERE random() < 0.6`
  await sql`
    INSERT INTO person_choice (person_id, kind, value, chosen_at)
    SELECT id, 'topic', (ARRAY['workshops', 'polls', 'clips', 'assembly', 'plans', 'youth'])[1 + floor(random() * 6)::int], created_at
    FROM person WHERE random() < 0.3`
  await sql`
    INSERT INTO person_choice (person_id, kind, value, chosen_at)
    SELECT id, 'community', (ARRAY['mz-01', 'mz-01', 'mz-01', 'other'])[1 + floor(random() * 4)::int], created_at
    FROM person WHERE random() < 0.2`
  await sql`
    WITH chat AS (SELECT id, channel, external_id, row_number() OVER (ORDER BY id) AS n FROM address)
    INSERT INTO inbox (channel, external_id, address, received_at, done_at)
    SELECT chat.channel, 'message ' || n.n, chat.external_id, at, at
    FROM (SELECT n, now() - interval '30 days' * (1 - n::float8 / ${messages}::int) AS at
      FROM generate_series(1, ${messages}::int) n) n
    JOIN chat ON chat.n = 1 + n.n % ${people}::int`
  await sql`
    WITH chat AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM address)
    INSERT INTO outbox (address_id, lane, status, message, created_at, settled_at, external_ids, reason, attempts)
    SELECT chat.id, 'reply', CASE WHEN n.n % 200 = 0 THEN 'failed' ELSE 'sent' END,
      jsonb_build_object('blocks', jsonb_build_array(jsonb_build_object('kind', 'text', 'text', repeat('Odgovor. ', 60))), 'buttons', '[]'::jsonb),
      at, at, '{}', CASE WHEN n.n % 200 = 0 THEN (ARRAY['unreachable', 'rejected', 'not-sent'])[1 + n.n % 3] END, 1
    FROM (SELECT n, now() - interval '30 days' * (1 - n::float8 / ${messages}::int) AS at
      FROM generate_series(1, ${messages}::int) n) n
    JOIN chat ON chat.n = 1 + n.n % ${people}::int`
  await sql`
    INSERT INTO usage (day, channel, language, decision, entry_id)
    SELECT (now() - interval '90 days' * (1 - n::float8 / ${messages}::int))::date, 'viber', 'sr',
      (ARRAY['answer', 'answer', 'answer', 'answer', 'suggest', 'handover', 'redirect', 'smalltalk'])[1 + n % 8],
      CASE WHEN n % 8 < 4 THEN (${entryIds}::text[])[1 + floor(power(random(), 3) * ${entryIds.length}::int)::int] ELSE '' END
    FROM generate_series(1, ${messages}::int) n`
  await sql`
    INSERT INTO rating (entry_id, answered, language, channel, at)
    SELECT '', random() < 0.8, 'sr', 'viber', now() - interval '90 days' * (1 - n::float8 / ${messages / 10}::int)
    FROM generate_series(1, ${messages / 10}::int) n`
  await sql`
    INSERT INTO audit (at, actor, action, target, details)
    SELECT now() - interval '30 days' * (1 - n / 5000.0), 'mira@grad.example',
      (ARRAY['settings.change', 'answer.publish', 'team.sign-in'])[1 + n % 3], 'thing ' || n % 50, '{"from": 1, "to": 2}'
    FROM generate_series(1, 5000) n`
  await sql`ANALYZE`
}
