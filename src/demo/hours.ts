// The demo lives each day in a moment. Afterwards what happened is spread over the hours before it: everything of a
// chat by the same time, so that answers still follow questions, and what staff did in its order.
import type { Database, Sql } from '../platform/db/database.ts'

const CHAT_HOURS = 10
const OFFICE_HOURS = 8

/** Spreads what the database tells of each day over its hours. */
export function spreadOverHours(database: Database): Promise<void> {
  return database.transaction(async sql => {
    await spreadChats(sql)
    await spreadNameless(sql)
    await spreadOffice(sql)
    await spreadAudit(sql)
  })
}

async function spreadChats(sql: Sql): Promise<void> {
  const seconds = CHAT_HOURS * 3600
  await sql`
    CREATE TEMPORARY TABLE chat ON COMMIT DROP AS
    SELECT id, person_id, channel, external_id,
      make_interval(secs => ('x' || substr(md5(external_id), 1, 7))::bit(28)::int % ${seconds}::int) AS earlier
    FROM address`
  await sql`UPDATE person p SET created_at = created_at - earlier FROM chat WHERE p.id = chat.person_id`
  await sql`
    UPDATE address a SET created_at = created_at - earlier, last_inbound_at = last_inbound_at - earlier
    FROM chat WHERE a.id = chat.id`
  await sql`
    UPDATE inbox i SET received_at = received_at - earlier, done_at = done_at - earlier
    FROM chat WHERE i.channel = chat.channel AND i.address = chat.external_id`
  await sql`
    UPDATE outbox o SET created_at = created_at - earlier, settled_at = settled_at - earlier
    FROM chat WHERE o.address_id = chat.id`
  await sql`
    UPDATE citizen_case c SET opened_at = opened_at - earlier, updated_at = updated_at - earlier,
      closed_at = closed_at - earlier
    FROM chat WHERE c.address_id = chat.id`
  await sql`
    UPDATE case_message m SET at = at - earlier, settled_at = settled_at - earlier
    FROM citizen_case c JOIN chat ON chat.id = c.address_id WHERE m.reference = c.reference`
  await sql`
    UPDATE proposal p SET created_at = created_at - earlier, changed_at = changed_at - earlier
    FROM chat WHERE p.person_id = chat.person_id`
}

/** What knows nobody moves by itself. */
async function spreadNameless(sql: Sql): Promise<void> {
  const seconds = CHAT_HOURS * 3600
  await sql`UPDATE miss SET at = at - make_interval(secs => id * 7919 % ${seconds}::int)`
  await sql`UPDATE rating SET at = at - make_interval(secs => id * 7919 % ${seconds}::int)`
}

/** What staff do takes all its moments along. What is to come stays. */
async function spreadOffice(sql: Sql): Promise<void> {
  const hours = OFFICE_HOURS
  await sql`
    CREATE TEMPORARY TABLE sent ON COMMIT DROP AS
    SELECT id, make_interval(mins => row_number() OVER (ORDER BY created_at)::int * 97 % (${hours}::int * 60)) AS earlier
    FROM announcement`
  await sql`
    UPDATE announcement a SET created_at = created_at - earlier, wanted_at = wanted_at - earlier,
      approved_at = approved_at - earlier, started_at = started_at - earlier, planned_at = planned_at - earlier,
      ended_at = ended_at - earlier
    FROM sent WHERE a.id = sent.id`
  await sql`UPDATE delivery d SET at = at - earlier FROM sent WHERE d.announcement_id = sent.id`
  await sql`
    UPDATE poll SET opened_at = opened_at - earlier, closed_at = closed_at - earlier,
      outcome_at = outcome_at - earlier, created_at = created_at - earlier
    FROM (SELECT id AS poll, make_interval(mins => id * 97 % (${hours}::int * 60)) AS earlier FROM poll) moved
    WHERE poll.id = moved.poll`
}

async function spreadAudit(sql: Sql): Promise<void> {
  await sql`
    UPDATE audit SET at = audit.at - (1 - share) * make_interval(hours => ${OFFICE_HOURS})
    FROM (
      SELECT id, row_number() OVER (PARTITION BY day ORDER BY id)::float8 / count(*) OVER (PARTITION BY day) AS share
      FROM (SELECT id, floor(extract(epoch FROM now() - at) / 86400) AS day FROM audit) dated) placed
    WHERE placed.id = audit.id`
}
