// The clips for everybody: /clips, and a page per clip with player, captions, text and pictures, and a code.
import { toString as qrCode, toBuffer } from 'qrcode'
import type { Clip } from '../../core/model/content.ts'
import type { Knowledge } from '../../core/step.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { PublicAnswer, PublicPage, PublicVisit } from '../../site/index.ts'
import { visibleClips } from '../answers/index.ts'
import { clipById, startUrl } from './catalog.ts'
import { countClip } from './effects.ts'
import { ownVideos } from './own-videos.ts'
import { clipView, listView } from './public-views.ts'

type Deps = { database: { sql: Sql }; knowledge(): Knowledge; publicUrl: string }

/** The public pages of the clips. */
export function clipPages({ database, knowledge, publicUrl }: Deps): PublicPage[] {
  const onClip = (
    path: string,
    answer: (clip: Clip, visit: PublicVisit) => Promise<PublicAnswer>,
  ): PublicPage => ({
    path: `/clips/:id${path}`,
    async handle(visit) {
      const clip = clipById(knowledge().content, visit.params.id ?? '', visit.now.getTime())
      return clip ? answer(clip, visit) : { kind: 'missing' }
    },
  })
  return [
    {
      path: '/clips',
      async handle(visit) {
        const { t } = visit
        const clips = visibleClips(knowledge().content, visit.now.getTime())
        const body = listView(visit, clips, await ownVideos(database.sql))
        return { kind: 'page', title: t('clipsPage.title'), description: t('clipsPage.lead'), body }
      },
    },
    onClip('', async (clip, visit) => {
      const { content } = knowledge()
      const { title, intro } = clip.texts[visit.contentLanguage]
      const body = clipView(visit, clip, { content, publicUrl, own: await ownVideos(database.sql) })
      return {
        kind: 'page',
        title: visit.inScript(title),
        description: visit.inScript(intro),
        body,
        script: 'clip.js',
      }
    }),
    onClip('/qr.svg', async clip => {
      const bytes = await qrCode(startUrl(publicUrl, clip), { type: 'svg' })
      return {
        kind: 'file',
        name: `${clip.id}.svg`,
        mime: 'image/svg+xml',
        bytes,
        inline: true,
        maxAge: 3600,
      }
    }),
    onClip('/qr.png', async clip => {
      const bytes = await toBuffer(startUrl(publicUrl, clip), { width: 480 })
      return { kind: 'file', name: `${clip.id}.png`, mime: 'image/png', bytes, inline: true, maxAge: 3600 }
    }),
    // The player tells that it was started; no other channel does.
    onClip('/started', async ({ id }, { now }) => {
      await countClip(database.sql, { clipId: id, what: 'started', channel: 'web', now })
      return { kind: 'file', name: 'started.txt', mime: 'text/plain', bytes: '', inline: true }
    }),
  ]
}
