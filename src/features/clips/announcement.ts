// Clips in announcements: what one shows of them, and which an author may choose.
import type { Knowledge } from '../../core/step.ts'
import type { Plugs } from '../announcements/index.ts'
import { visibleClips } from '../answers/index.ts'
import { clipById } from './catalog.ts'
import { watchMessage } from './messages.ts'
import { ownVideos } from './own-videos.ts'

/** Clips as announcements carry them: those that may be shown today. */
export function clipPlugs(knowledge: () => Knowledge): Plugs {
  return {
    async clip(sql, id) {
      const { content, sentences, publicUrl } = knowledge()
      const now = Date.now()
      const clip = clipById(content, id, now)
      if (!clip) return undefined
      const stock = { content, sentences, publicUrl, now, own: await ownVideos(sql) }
      return (language, script) => watchMessage(clip, { language, script }, stock)
    },
    async clips() {
      const shown = visibleClips(knowledge().content, Date.now())
      return shown.map(({ id, texts }) => ({
        id,
        title: { sr: texts.sr.title, bs: texts.bs.title, en: texts.en.title },
      }))
    },
  }
}
