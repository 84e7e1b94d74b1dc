// Pictures of proposals: fetched from the channel they were sent on, cleaned, and kept as a file of the author.
import type { FetchedFile } from '../../channels/channel.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { ScheduledJob } from '../../platform/jobs.ts'
import { cleanPicture, PHOTO_BYTES_MAX } from '../../platform/media/clean-picture.ts'
import { writeMedia } from '../../platform/media/rows.ts'
import { type Desk, tell } from './deeds.ts'
import { shownReference } from './tokens.ts'

/** What fetching needs. */
export type PhotoDesk = Desk & {
  /** The file behind a reference of a channel. */
  fetchFile(channel: string, ref: string, maxBytes: number): Promise<FetchedFile>
}

const AT_ONCE = 20
/** A minute apart; platforms forget where a file is after about an hour. */
const ATTEMPTS_MAX = 30

export function photoJob(desk: PhotoDesk): ScheduledJob {
  return {
    name: 'proposal-photos',
    cron: '* * * * *',
    run: async () => void (await fetchPhotos(desk)),
  }
}

type Awaited = {
  id: number
  reference: string
  personId: string | null
  channel: string
  ref: string
  attempts: number
}

/** Fetches what is awaited; resolves to how many pictures were kept. */
export async function fetchPhotos(desk: PhotoDesk): Promise<number> {
  const awaited = await desk.database.sql<Awaited>`
    UPDATE proposal SET photo_attempts = photo_attempts + 1
    WHERE id IN (SELECT id FROM proposal WHERE photo_ref IS NOT NULL ORDER BY photo_attempts, id LIMIT ${AT_ONCE})
    RETURNING id, reference, person_id AS "personId", channel, photo_ref AS ref, photo_attempts AS attempts`
  let kept = 0
  for (const photo of awaited) if (await fetchOne(desk, photo)) kept++
  return kept
}

async function fetchOne(desk: PhotoDesk, photo: Awaited): Promise<boolean> {
  const fetched = await desk.fetchFile(photo.channel, photo.ref, PHOTO_BYTES_MAX)
  if (fetched.status === 'not-now' && photo.attempts < ATTEMPTS_MAX) return false
  const picture = fetched.status === 'fetched' ? await cleanPicture(fetched.bytes) : undefined
  if (picture?.status === 'clean') return keep(desk, photo, picture)
  const isLarge = [fetched, picture].some(part => part?.status === 'refused' && part.reason === 'too-large')
  await giveUp(desk, photo, isLarge ? 'too-large' : 'unreadable')
  return false
}

/** The author may have been erased meanwhile, or another instance may have been faster: then nothing is kept. */
function keep(
  { database }: PhotoDesk,
  { id, reference, ref }: Awaited,
  { bytes, mime }: { bytes: Buffer; mime: string },
): Promise<boolean> {
  return database.transaction(async sql => {
    const [held] = await sql<{ personId: string | null }>`
      SELECT person_id AS "personId" FROM proposal WHERE id = ${id} AND photo_ref = ${ref} FOR UPDATE`
    if (!held?.personId) return false
    const name = `${shownReference(reference)}.jpg`
    const info = await writeMedia(sql, { name, mime, bytes, personId: held.personId, now: new Date() })
    await settle(sql, id, info.id)
    return true
  })
}

function giveUp(desk: PhotoDesk, photo: Awaited, reason: 'too-large' | 'unreadable'): Promise<void> {
  return desk.database.transaction(async sql => {
    const held =
      await sql`SELECT 1 FROM proposal WHERE id = ${photo.id} AND photo_ref = ${photo.ref} FOR UPDATE`
    if (held.length === 0) return
    await settle(sql, photo.id, null)
    await tell(sql, desk, photo, { photo: reason })
  })
}

async function settle(sql: Sql, id: number, mediaId: string | null): Promise<void> {
  await sql`UPDATE proposal SET photo_ref = NULL, photo_id = ${mediaId} WHERE id = ${id}`
}
