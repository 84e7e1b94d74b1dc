import type { Ballot } from '../../core/model/poll.ts'
import type { Sql } from '../../platform/db/database.ts'
import { urlOf } from '../../platform/media/info.ts'

/** The charts kept of a closed poll, by the language of pages. */
export async function pictureUrls(
  sql: Sql,
  pollId: number,
  publicUrl: string,
): Promise<NonNullable<Ballot['pictures']>> {
  const rows = await sql<{ language: string; mediaId: string; name: string }>`
    SELECT p.language, m.id AS "mediaId", m.name FROM poll_picture p JOIN media m ON m.id = p.media_id
    WHERE p.poll_id = ${pollId}`
  const urls = rows.map(({ language, mediaId, name }) => {
    const url = publicUrl + urlOf({ id: mediaId, name })
    return [language, { mediaId, url }] as const
  })
  return Object.fromEntries(urls)
}
