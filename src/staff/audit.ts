// The audit log: every change by staff leaves a row in the transaction that made it. Rows name things
// and accounts, never citizens and never what they wrote.
import type { Database, Sql } from '../platform/db/database.ts'

/** `action` is thing.verb (`team.invite`), `target` names the thing (`account mira@grad.rs`). */
export type Deed = { action: string; target: string; details?: Record<string, unknown> }

/** Writes one row of the audit log. `actor`: the account's e-mail address, `command line` or `system`. */
export async function audit(sql: Sql, actor: string, { action, target, details = {} }: Deed): Promise<void> {
  await sql`
    INSERT INTO audit (actor, action, target, details)
    VALUES (${actor}, ${action}, ${target}, ${JSON.stringify(details)}::jsonb)`
}

/** Notes what was done; at least once per change. */
export type Note = (deed: Deed) => Promise<void>

/** A change that was not made, and the reason as a key of the sentences. */
export class Refused<Reason extends string = string> {
  readonly reason: Reason
  constructor(reason: Reason) {
    this.reason = reason
  }
}

/**
 * Runs a change with its audit rows in one transaction. A Refused takes back whatever was written before it;
 * work that noted nothing throws, and changes nothing either.
 */
export async function withAudit<Result>(
  database: Pick<Database, 'transaction'>,
  actor: string,
  work: (sql: Sql, note: Note) => Promise<Result>,
): Promise<Result> {
  const taken: { back?: Result } = {}
  try {
    return await database.transaction(async sql => {
      let noted = false
      const result = await work(sql, async deed => {
        noted = true
        await audit(sql, actor, deed)
      })
      if (result instanceof Refused) {
        taken.back = result
        throw result
      }
      if (!noted) throw new Error('a change of staff was not noted')
      return result
    })
  } catch (error) {
    if (taken.back !== undefined && error === taken.back) return taken.back
    throw error
  }
}

/** One row as the page shows it, newest first. */
export type AuditRow = {
  id: string
  at: Date
  actor: string
  action: string
  target: string
  details: object
}

/** Up to `limit` rows older than `before` (an id); all filters are optional. */
export function auditRows(
  { sql }: Pick<Database, 'sql'>,
  query: { before?: string; actor?: string; target?: string; limit: number },
): Promise<AuditRow[]> {
  const { before = null, actor = null, target = null, limit } = query
  return sql<AuditRow>`
    SELECT id::text, at, actor, action, target, details FROM audit
    WHERE (${before}::bigint IS NULL OR audit.id < ${before}::bigint)
      AND (${actor}::text IS NULL OR actor = ${actor})
      AND (${target}::text IS NULL OR target = ${target})
    ORDER BY audit.id DESC LIMIT ${limit}`
}
