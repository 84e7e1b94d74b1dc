// An announcement as messages: one for each language and script that people read.
import type { Language, Script } from '../../core/model/content.ts'
import type { Block, Outbound } from '../../core/model/message.ts'
import { scriptOf } from '../../core/text/script.ts'
import { toLatin } from '../../core/text/transliterate.ts'
import { inCyrillic } from '../../core/text/transliterate-message.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type MediaInfo, urlOf } from '../../platform/media/info.ts'
import type { AnnouncementMessage, Attached } from './model.ts'
import type { Attachment, Plugs } from './plugs.ts'

/** As deliveries ask for them. */
export const VARIANTS = ['sr-latn', 'sr-cyrl', 'bs', 'en'] as const
export type Variant = (typeof VARIANTS)[number]
export type Rendered = Record<Variant, Outbound>

/** What is needed to look up attachments. */
export type Sources = {
  sql: Sql
  media: { find(id: string): Promise<MediaInfo | undefined> }
  publicUrl: string
  plugs: Plugs
}

/** Which of the attached things don't exist, by the name of their field. */
export type Missing = { missing: (keyof Attached)[] }

/** What is attached, in the order in which it is shown; or what of it there is not. */
export async function findAttachments(sources: Sources, attached: Attached): Promise<Attachment[] | Missing> {
  const { sql, plugs } = sources
  const { mediaId, workshopId, pollId, clipId } = attached
  const found: [keyof Attached, Attachment | undefined][] = []
  if (mediaId) found.push(['mediaId', await mediaAttachment(sources, mediaId)])
  if (workshopId) found.push(['workshopId', await plugs.workshop?.(sql, workshopId)])
  if (clipId) found.push(['clipId', await plugs.clip?.(sql, clipId)])
  if (pollId) found.push(['pollId', await plugs.poll?.(sql, pollId)])
  const missing = found.flatMap(([name, attachment]) => (attachment ? [] : [name]))
  return missing.length ? { missing } : found.flatMap(([, attachment]) => attachment ?? [])
}

async function mediaAttachment({ media, publicUrl }: Sources, id: string): Promise<Attachment | undefined> {
  const info = await media.find(id)
  // Files of people, and those that go soon, are not for everybody.
  if (!info || info.personId !== undefined || info.expiresAt) return undefined
  const blocks = [blockOf(info, publicUrl)]
  return () => ({ blocks, buttons: [] })
}

function blockOf(info: MediaInfo, publicUrl: string): Block {
  const { id: mediaId, name, bytes } = info
  const url = publicUrl + urlOf(info)
  if (info.mime.startsWith('image/')) return { kind: 'image', text: '', mediaId, url, alt: '' }
  return { kind: 'file', text: name, mediaId, url, name, bytes }
}

/** The announcement's messages. Whoever reads a language in which it is not written gets it in Serbian. */
export function compose(
  message: AnnouncementMessage,
  attachments: readonly Attachment[],
  protectedWords: readonly string[],
): Rendered {
  const inLanguage = (language: Language, script: Script = 'latn') => {
    const own = message[language]
    return joined(own ?? message.sr, { language: own ? language : 'sr', script }, attachments)
  }
  return {
    'sr-latn': inLanguage('sr'),
    'sr-cyrl': inCyrillic(inLanguage('sr', 'cyrl'), protectedWords),
    bs: inLanguage('bs'),
    en: inLanguage('en'),
  }
}

function joined(
  said: string | Outbound,
  { language, script }: { language: Language; script: Script },
  attachments: readonly Attachment[],
): Outbound {
  const message: Outbound =
    typeof said === 'string' ? { blocks: [{ kind: 'text', text: said }], buttons: [] } : said
  const parts = [message, ...attachments.map(attachment => attachment(language, script))]
  return {
    blocks: captioned(parts.flatMap(({ blocks }) => blocks)),
    buttons: parts.flatMap(({ buttons }) => buttons),
  }
}

/** A picture without words of its own takes the text before it: messengers show them as one. */
function captioned(blocks: Block[]): Block[] {
  const [first, second, ...rest] = blocks
  if (first?.kind !== 'text' || first.spans || second?.kind !== 'image' || second.alt) return blocks
  return [{ ...second, text: first.text, alt: first.text }, ...rest]
}

/** Serbian as it is kept: in Latin script, however it was typed. */
export function inLatin(text: string): string {
  return scriptOf(text) === 'cyrl' ? toLatin(text) : text
}
