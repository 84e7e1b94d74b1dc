// Revisions as rows. Whoever changes an item holds its lock until the transaction ends, and says which
// version of the open revision they saw.
import type { Sql } from '../../platform/db/database.ts'
import type { Published } from './compose.ts'
import { type Item, type Kind, kindOf, parseItem } from './item.ts'

/** What NOTIFY calls the news that people are to be told something else, or decided differently. */
export const CONTENT_NEWS = 'komsija_content'

export type State = 'draft' | 'submitted' | 'published' | 'superseded' | 'withdrawn'

export type Revision = {
  id: string
  kind: Kind
  contentId: string
  number: number
  item: Item
  baseHash: string
  state: State
  /** Addresses of accounts. */
  author: string
  approver: string | null
  note: string
  /** Grows with every change. */
  version: number
  createdAt: Date
  updatedAt: Date
  publishedAt: Date | null
}

type Row = Omit<Revision, 'item'> & { content: unknown }

/** What is published, one revision per item at most. */
export async function publishedRevisions(sql: Sql): Promise<Published[]> {
  const rows = await sql<Omit<Published, 'item'> & { content: unknown }>`
    SELECT id::text, content_id AS "contentId", number, content, base_hash AS "baseHash", merged_at IS NOT NULL AS merged
    FROM revision WHERE state = 'published' ORDER BY content_id`
  return rows.flatMap(({ content, ...row }) => {
    const item = parseItem(content)
    return item ? [{ ...row, item }] : []
  })
}

/** All revisions of one item, newest first. */
export async function revisionsOf(sql: Sql, contentId: string): Promise<Revision[]> {
  const rows = await sql<Row>`
    SELECT id::text, kind, content_id AS "contentId", number, content, base_hash AS "baseHash", state, author,
      approver, note, version, created_at AS "createdAt", updated_at AS "updatedAt", published_at AS "publishedAt"
    FROM revision WHERE content_id = ${contentId} ORDER BY number DESC`
  return revisionsFrom(rows)
}

/** The newest revision of an item without its text, unless nothing else tells the text. */
export type Newest = Omit<Revision, 'item'> & { item: Item | undefined }

/**
 * The newest revision of every item; one that is open is always the newest. `known`: ids of items whose texts
 * are not needed.
 */
export async function newestRevisions(sql: Sql, known: readonly string[]): Promise<Newest[]> {
  const rows = await sql<Row>`
    SELECT DISTINCT ON (content_id) id::text, kind, content_id AS "contentId", number,
      CASE WHEN content_id = ANY(${known}::text[]) THEN NULL ELSE content END AS content, base_hash AS "baseHash",
      state, author, approver, note, version, created_at AS "createdAt", updated_at AS "updatedAt",
      published_at AS "publishedAt"
    FROM revision ORDER BY content_id, number DESC`
  return rows.map(({ content, ...row }) => ({ ...row, item: parseItem(content) }))
}

/** What somebody should look at: revisions that were submitted, and published ones that no file has yet. */
export async function pendingRevisions(
  sql: Sql,
): Promise<Pick<Revision, 'contentId' | 'baseHash' | 'state'>[]> {
  return sql`
    SELECT content_id AS "contentId", base_hash AS "baseHash", state FROM revision
    WHERE state = 'submitted' OR (state = 'published' AND merged_at IS NULL)`
}

/** A row that this version of the program can't read counts as none. */
function revisionsFrom(rows: readonly Row[]): Revision[] {
  return rows.flatMap(({ content, ...row }) => {
    const item = parseItem(content)
    return item ? [{ ...row, item }] : []
  })
}

export function isOpen({ state }: Pick<Revision, 'state'>): boolean {
  return state === 'draft' || state === 'submitted'
}

/** Until the transaction ends nobody else changes the item. */
export async function lockItem(sql: Sql, contentId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`komsija revision ${contentId}`}, 0))`
}

/** Begins a revision; its number is the next of the item. */
export async function insertDraft(
  sql: Sql,
  draft: { item: Item; baseHash: string; author: string; note: string },
): Promise<{ number: number; version: number }> {
  const { item, baseHash, author, note } = draft
  const [row] = await sql<{ number: number; version: number }>`
    INSERT INTO revision (kind, content_id, number, content, base_hash, state, author, note)
    SELECT ${kindOf(item)}, ${item.id}::text, coalesce(max(number), 0) + 1, ${JSON.stringify(item)}::jsonb, ${baseHash},
      'draft', ${author}, ${note}
    FROM revision WHERE content_id = ${item.id}
    RETURNING number, version`
  if (!row) throw new Error('a revision was not stored')
  return row
}

/** Keeps an open revision in the history, so that another can be begun. */
export async function setSuperseded(sql: Sql, id: string): Promise<void> {
  await sql`
    UPDATE revision SET state = 'superseded', version = version + 1, updated_at = now() WHERE id = ${id}::bigint`
}

/** Writes the open revision anew; it is a draft again. */
export async function updateDraft(
  sql: Sql,
  id: string,
  draft: { item: Item; author: string; note: string },
): Promise<void> {
  const { item, author, note } = draft
  await sql`
    UPDATE revision SET content = ${JSON.stringify(item)}::jsonb, author = ${author}, note = ${note}, state = 'draft',
      version = version + 1, updated_at = now()
    WHERE id = ${id}::bigint`
}

/** From now on the revision counts as begun from today's file. */
export async function setBase(sql: Sql, id: string, baseHash: string): Promise<undefined> {
  await sql`
    UPDATE revision SET base_hash = ${baseHash}, version = version + 1, updated_at = now() WHERE id = ${id}::bigint`
}

/** The revision waits for a second person. */
export async function setSubmitted(sql: Sql, id: string): Promise<undefined> {
  await sql`
    UPDATE revision SET state = 'submitted', version = version + 1, updated_at = now() WHERE id = ${id}::bigint`
}

/** The revision is served from now on, and the one before no more. */
export async function setPublished(
  sql: Sql,
  { id, contentId }: Revision,
  approver: string,
): Promise<undefined> {
  await sql`
    UPDATE revision SET state = 'superseded', version = version + 1, updated_at = now()
    WHERE content_id = ${contentId} AND state = 'published'`
  await sql`
    UPDATE revision SET state = 'published', approver = ${approver}, version = version + 1, updated_at = now(),
      published_at = now()
    WHERE id = ${id}::bigint`
  await tellAll(sql)
}

/** The published revision is served no more: back to the file, or to nothing. */
export async function setWithdrawn(sql: Sql, id: string): Promise<undefined> {
  await sql`
    UPDATE revision SET state = 'withdrawn', version = version + 1, updated_at = now() WHERE id = ${id}::bigint`
  await tellAll(sql)
}

export async function deleteRevision(sql: Sql, id: string): Promise<undefined> {
  await sql`DELETE FROM revision WHERE id = ${id}::bigint`
}

/** A file with the content of these revisions was seen. */
export async function noteMerged(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql`UPDATE revision SET merged_at = now() WHERE id = ANY(${ids}::bigint[]) AND merged_at IS NULL`
}

/** Every instance reads again what is published, and what was computed for it. */
export async function tellAll(sql: Sql): Promise<void> {
  await sql`SELECT pg_notify(${CONTENT_NEWS}, '')`
}
