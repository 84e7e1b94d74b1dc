// One person, several chats. Linking merges two people; unlinking makes one chat a person of its own.
//
// What becomes of two people who turn out to be one:
// - The older person stays, the younger one's row goes.
// - Chats move, and with them what hangs on a chat: messages, reminders, an open code.
// - Consents move. Per purpose the last decision of either person holds; no giving is rewritten.
// - Choices and files move; `move` of each personal table says how.
// - Who was erased can't be linked. What was answered stays in its chat.
import type { Sql } from '../platform/db/database.ts'
import type { PersonalTable } from './personal.ts'

/**
 * Somebody else holds what a transaction needs of these people. Waiting inside it could lock two turns
 * against each other: it must begin again, holding them all in the order of their ids.
 */
export class PeopleBusy extends Error {
  readonly personIds: string[]
  constructor(personIds: string[]) {
    super('people are held by another transaction')
    this.name = 'PeopleBusy'
    this.personIds = personIds
  }
}

/** Locks people for the rest of the transaction, waiting for each in the order of their ids. */
export async function lockPeople(sql: Sql, personIds: string[]): Promise<void> {
  await sql`SELECT 1 FROM person WHERE id = ANY(${personIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
}

/**
 * Locks people and all their chats for the rest of the transaction, without waiting. Throws PeopleBusy when
 * another transaction holds one of them, and when one is gone or erased.
 */
export async function holdPeople(sql: Sql, personIds: string[]): Promise<void> {
  if (!(await holdWithChats(sql, personIds))) throw new PeopleBusy(personIds)
}

/** Merges two people who are held. Resolves to the id of the one who stays. */
export async function mergePeople(
  sql: Sql,
  tables: readonly PersonalTable[],
  personIds: [string, string],
): Promise<string> {
  const [stays, goes] = await sql<{ id: string }>`
    SELECT id FROM person WHERE id = ANY(${personIds}::uuid[]) ORDER BY created_at, id`
  if (!stays || !goes) throw new Error('merging takes two people')
  for (const table of tables) await table.move?.(sql, goes.id, stays.id)
  await sql`DELETE FROM person WHERE id = ${goes.id}`
  return stays.id
}

/** Chats are held too: a turn that only talks writes to its chat without holding the person. */
async function holdWithChats(sql: Sql, personIds: string[]): Promise<boolean> {
  const people = await sql`
    SELECT 1 FROM person WHERE id = ANY(${personIds}::uuid[]) AND erased_at IS NULL
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`
  if (people.length < personIds.length) return false
  const [chats] = await sql<{ all: boolean }>`
    WITH held AS (
      SELECT id FROM address WHERE person_id = ANY(${personIds}::uuid[]) FOR NO KEY UPDATE SKIP LOCKED)
    SELECT (SELECT count(*) FROM held) =
      (SELECT count(*) FROM address WHERE person_id = ANY(${personIds}::uuid[])) AS all`
  return chats?.all === true
}

/** How many chats the person has. */
export async function countChats(sql: Sql, personId: string): Promise<number> {
  const [row] = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM address WHERE person_id = ${personId}`
  return row?.count ?? 0
}

/**
 * Makes one of the person's chats a new person of its own, who starts without the facts of the old one.
 * The transaction holds person and chat. Resolves to false, with nothing changed, for an only chat.
 */
export async function splitOffChat(
  sql: Sql,
  { personId, addressId }: { personId: string; addressId: string },
): Promise<boolean> {
  if ((await countChats(sql, personId)) < 2) return false
  await sql`
    WITH newcomer AS (INSERT INTO person DEFAULT VALUES RETURNING id)
    UPDATE address SET person_id = newcomer.id FROM newcomer WHERE address.id = ${addressId}`
  return true
}
