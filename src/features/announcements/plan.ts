// Planning: everybody an announcement is for gets a delivery before anything is sent.
import type { Context } from '../../core/model/topic.ts'
import type { Sql } from '../../platform/db/database.ts'
import { findAudience } from './audience.ts'
import { compose, findAttachments, type Rendered } from './compose.ts'
import { type AnnouncementDeps, openChannels, sourcesOf } from './deps.ts'
import type { Announcement } from './model.ts'
import type { Attachment } from './plugs.ts'
import { readAnnouncement, setStatus } from './store.ts'

/**
 * Plans an announcement that has started, once, whoever asks and however often; all of it or nothing. What it
 * refers to may have gone since it was started: then it waits, paused, for staff.
 */
export async function planAnnouncement(deps: AnnouncementDeps, id: string): Promise<void> {
  await deps.database.transaction(async sql => {
    if (!(await isOurs(sql, id))) return
    const announcement = await readAnnouncement(sql, id)
    if (!announcement || announcement.plannedAt || announcement.status === 'cancelled') return
    const rendered = await renderedFor(deps, announcement)
    const query = {
      audience: announcement.audience,
      channels: openChannels(deps),
      plugs: deps.plugs,
      plan: id,
    }
    if (rendered && (await findAudience(sql, query))) await finish(sql, id, rendered)
    else await setStatus(sql, id, { from: ['sending'], to: 'paused' })
  })
}

/** One instance plans. Not by holding the announcement: it may be paused or cancelled meanwhile. */
async function isOurs(sql: Sql, id: string): Promise<boolean> {
  const [row] = await sql<{ ours: boolean }>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('announcement ' || ${id}, 0)) AS ours`
  return row?.ours === true
}

/** The announcement's messages; undefined when something it carries is gone. */
export async function renderedFor(
  deps: AnnouncementDeps,
  { message, attached }: Pick<Announcement, 'message' | 'attached'>,
): Promise<Rendered | undefined> {
  const attachments = await findAttachments(sourcesOf(deps), attached)
  if ('missing' in attachments) return undefined
  const { content, sentences } = deps.knowledge()
  return compose(message, [...attachments, wayOut(sentences)], content.city.protectedWords)
}

/** Every announcement can be the last one. */
function wayOut(sentences: Context['sentences']): Attachment {
  return language => ({
    blocks: [],
    buttons: [{ label: sentences(language)('rights.unsubscribe'), token: 'sub:no' }],
  })
}

/** Whoever cancelled meanwhile could not see the deliveries yet. */
async function finish(sql: Sql, id: string, rendered: Rendered): Promise<void> {
  await sql`
    UPDATE announcement SET planned_at = now(), rendered = ${JSON.stringify(rendered)}::jsonb,
      ended_at = CASE WHEN status <> 'cancelled' THEN ended_at END
    WHERE id = ${id}`
}
