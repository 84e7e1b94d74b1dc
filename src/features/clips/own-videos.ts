// Videos of the city's own in place of rendered ones: what is taken in, and where they are found.
import sharp from 'sharp'
import type { ClipVariant, OwnVideos } from '../../core/model/content.ts'
import type { Sql } from '../../platform/db/database.ts'
import { judgeType } from '../../platform/media/kinds.ts'
import { writeMedia } from '../../platform/media/rows.ts'
import { mp4Of, problemsOf, VIDEO_BYTES_MAX, type VideoProblem } from '../../studio/mp4.ts'

/** The editions that are videos. */
export const SPOKEN = ['sr-Latn', 'sr-Cyrl', 'bs'] as const satisfies readonly ClipVariant[]
export type Spoken = (typeof SPOKEN)[number]

/** What an editor chose: a video, its captions (WebVTT), its still. */
export type Chosen = { video: Buffer; captions: Buffer; still: Buffer }
export type Problem = VideoProblem | 'large' | 'broken' | 'captions' | 'captionsEnd' | 'still'

/** A video whose captions end further from its own end than this was given the wrong file. */
const CAPTIONS_LATE_S = 0.5
/** The still that chats show before a video is loaded: the longest side. */
const STILL_MAX = 320

/** Everything that is wrong with the files; when nothing is, how long the video is. */
export function judge({ video, captions, still }: Chosen): { problems: Problem[]; seconds: number } {
  const mp4 = mp4Of(video)
  const seconds = mp4?.seconds ?? 0
  const problems: Problem[] = [
    ...(video.length > VIDEO_BYTES_MAX ? (['large'] as const) : []),
    ...(mp4 ? problemsOf(mp4) : (['broken'] as const)),
    ...(mp4 ? judgeCaptions(captions, seconds) : []),
    ...(isPicture(still) ? [] : (['still'] as const)),
  ]
  return { problems, seconds }
}

function judgeCaptions(captions: Buffer, seconds: number): Problem[] {
  if (judgeType('text/vtt', captions) !== 'right') return ['captions']
  const ends = [...captions.toString().matchAll(/-->\s*(?:(\d+):)?(\d+):(\d+)\.(\d+)/g)]
  const last = ends
    .map(([, h = '0', m, s, ms]) => Number(h) * 3600 + Number(m) * 60 + Number(`${s}.${ms}`))
    .at(-1)
  if (last === undefined) return ['captions']
  return Math.abs(last - seconds) <= CAPTIONS_LATE_S ? [] : ['captionsEnd']
}

function isPicture(bytes: Buffer): boolean {
  return ['image/jpeg', 'image/png'].some(mime => judgeType(mime, bytes) === 'right')
}

/** Keeps judged files as the video of an edition; what was there before goes. */
export async function keepOwnVideo(
  sql: Sql,
  { clipId, variant, chosen, now }: { clipId: string; variant: Spoken; chosen: Chosen; now: Date },
): Promise<void> {
  await removeOwnVideo(sql, clipId, variant)
  const { seconds } = judge(chosen)
  const picture = sharp(chosen.still).resize({ width: STILL_MAX, height: STILL_MAX, fit: 'inside' }).flatten()
  const small = await picture.jpeg({ quality: 80 }).toBuffer()
  const { width, height } = mp4Of(chosen.video) ?? {}
  const named = (ending: string) => ({ name: `${clipId}-${variant}.${ending}`, now })
  const still = await writeMedia(sql, { ...named('jpg'), mime: 'image/jpeg', bytes: small })
  const captions = await writeMedia(sql, { ...named('vtt'), mime: 'text/vtt', bytes: chosen.captions })
  const about = { seconds, width, height, thumbnailId: still.id }
  const video = await writeMedia(sql, { ...named('mp4'), ...about, mime: 'video/mp4', bytes: chosen.video })
  await sql`
    INSERT INTO clip_video (clip_id, variant, video_id, captions_id, thumbnail_id, seconds, bytes, uploaded_at)
    VALUES (${clipId}, ${variant}, ${video.id}, ${captions.id}, ${still.id}, ${seconds}, ${video.bytes}, ${now})`
}

/** From now on the rendered video is shown again. Resolves to whether there was another one. */
export async function removeOwnVideo(sql: Sql, clipId: string, variant: Spoken): Promise<boolean> {
  const gone = await sql`
    WITH gone AS (DELETE FROM clip_video WHERE clip_id = ${clipId} AND variant = ${variant} RETURNING *)
    DELETE FROM media m USING gone WHERE m.id IN (gone.video_id, gone.captions_id, gone.thumbnail_id) RETURNING 1`
  return gone.length > 0
}

/** All videos of the city's own. */
export async function ownVideos(sql: Sql): Promise<OwnVideos> {
  const rows = await sql<{
    clipId: string
    variant: string
    videoId: string
    captionsId: string
    thumbnailId: string
    seconds: number
    bytes: number
  }>`
    SELECT clip_id AS "clipId", variant, video_id AS "videoId", captions_id AS "captionsId",
      thumbnail_id AS "thumbnailId", seconds, bytes FROM clip_video`
  return Object.fromEntries(
    rows.map(({ clipId, variant, videoId, captionsId, thumbnailId, seconds, bytes }) => {
      const named = (mediaId: string, ending: string, size = 0) => {
        const file = `${clipId}-${variant}.${ending}`
        return { mediaId, name: mediaId, file, bytes: size }
      }
      const showing = {
        seconds,
        video: named(videoId, 'mp4', bytes),
        captions: named(captionsId, 'vtt'),
        thumbnail: named(thumbnailId, 'jpg'),
      }
      return [`${clipId}/${variant}`, showing]
    }),
  )
}
