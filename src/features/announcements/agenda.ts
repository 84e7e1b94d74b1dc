// What may go out at this moment. Looking also moves announcements on: those whose time has come are planned,
// those with nothing left are done, of the cancelled ones the rest is skipped.
import type { Outbound } from '../../core/model/message.ts'
import type { Going } from '../../delivery/index.ts'
import type { AnnouncementDeps } from './deps.ts'
import { restOf } from './deps.ts'
import { planAnnouncement } from './plan.ts'
import { type Open, openAnnouncements, readRendered, setStatus, skipCancelled } from './store.ts'

/** Builds `agenda()`, which several instances may ask at the same time. */
export function createAgenda(deps: AnnouncementDeps): () => Promise<Going[]> {
  const { sql } = deps.database
  const planning = new Set<string>()
  const messages = new Map<string, Record<string, Outbound>>()

  /** In the background: others need not wait for a large one. */
  function plan(id: string): void {
    if (planning.has(id)) return
    planning.add(id)
    planAnnouncement(deps, id)
      .catch(error => deps.log.error({ err: error, announcement: id }, 'an announcement was not planned'))
      .finally(() => planning.delete(id))
  }

  async function messagesOf(id: string): Promise<Record<string, Outbound>> {
    const known = messages.get(id) ?? (await readRendered(sql, id))
    if (!known) throw new Error('a planned announcement has no messages')
    messages.set(id, known)
    return known
  }

  async function look(open: Open): Promise<Going[]> {
    const { id } = open
    if (open.status === 'cancelled') await endCancelled(deps, open)
    else if (open.status === 'scheduled') await beginDue(deps, open)
    else if (!open.planned) plan(id)
    else if (!open.busy) await finish(deps, id)
    else if (mayGo(deps, open)) return [{ id, messages: await messagesOf(id) }]
    return []
  }

  return async () => {
    const open = await openAnnouncements(sql)
    const ids = new Set(open.map(({ id }) => id))
    for (const id of messages.keys()) if (!ids.has(id)) messages.delete(id)
    const going: Going[] = []
    for (const one of open) going.push(...(await look(one)))
    return going
  }
}

async function beginDue({ database }: AnnouncementDeps, { id, due }: Open): Promise<void> {
  if (due) await setStatus(database.sql, id, { from: ['scheduled'], to: 'sending' })
}

/** A long one rests at night and goes on in the morning; so does one whose time came while nothing ran. */
function mayGo(deps: AnnouncementDeps, { sendAt, override }: Open): boolean {
  return restOf(deps, { scheduled: sendAt !== null, override }, Date.now()) === undefined
}

async function endCancelled({ database }: AnnouncementDeps, { id, busy }: Open): Promise<void> {
  if (busy) await skipCancelled(database.sql, id)
  else await database.sql`UPDATE announcement SET ended_at = now() WHERE id = ${id} AND status = 'cancelled'`
}

/** Looked at once more while it is held: staff may have something sent again at the same moment. */
async function finish({ database }: AnnouncementDeps, id: string): Promise<void> {
  await database.transaction(async sql => {
    await sql`SELECT 1 FROM announcement WHERE id = ${id} FOR NO KEY UPDATE`
    const [left] = await sql`
      SELECT 1 FROM delivery WHERE announcement_id = ${id} AND status IN ('planned', 'sending') LIMIT 1`
    if (!left) await setStatus(sql, id, { from: ['sending'], to: 'done' })
  })
}
