// A draft as the composer's form holds it.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { momentIn, wallTimeIn } from '../../core/time/zoned.ts'
import type { Visit } from '../../staff/index.ts'
import { inLatin, VARIANTS, type Variant } from './compose.ts'
import {
  type Announcement,
  type AnnouncementMessage,
  type Attached,
  AttachedSchema,
  type Audience,
  AudienceSchema,
  TEXT_MAX,
} from './model.ts'
import type { Given } from './wish.ts'

export type Draft = {
  /** Absent: it is not saved yet. */
  id?: string
  /** By language; empty: not written. */
  texts: Record<Language, string>
  audience: Audience
  attached: Attached
  /** Day and time as the city's clocks show them, such as 2026-11-25T10:30; empty: at once. */
  sendAt: string
  /** The message whose looks are shown. */
  look: Variant
}

/** Something is not right with the form. */
export type Problem = { key: SentenceKey; values?: Record<string, string | number> }

const NO_TEXTS = { sr: '', bs: '', en: '' }

/** Nothing is written yet; `?workshop=`, `?poll=` or `?clip=` of the address is attached. */
export function newDraft({ query: { workshop, poll, clip } }: Pick<Visit, 'query'>): Draft {
  const attached = attachedIn({ workshopId: workshop, pollId: poll, clipId: clip })
  return { texts: NO_TEXTS, audience: {}, attached, sendAt: '', look: 'sr-latn' }
}

/** A draft as it is saved. */
export function draftOf(announcement: Announcement, { timeZone, query }: Visit): Draft {
  const { id, message, audience, attached, sendAt } = announcement
  const { day, time } = sendAt ? wallTimeIn(timeZone, sendAt.getTime()) : {}
  const texts = Object.fromEntries(LANGUAGES.map(language => [language, saidIn(message, language)]))
  return {
    id,
    texts: { ...NO_TEXTS, ...texts },
    audience,
    attached,
    sendAt: sendAt ? `${day}T${time}` : '',
    look: lookFrom(query.look),
  }
}

/** The text in a language; of a whole message what its blocks say. */
export function saidIn(message: AnnouncementMessage, language: Language): string {
  const said = message[language] ?? ''
  return typeof said === 'string' ? said : said.blocks.map(({ text }) => text).join('\n')
}

function lookFrom(value: string | undefined): Variant {
  return VARIANTS.find(variant => variant === value) ?? 'sr-latn'
}

/** What was typed and chosen. */
export function draftFrom(visit: Visit, id?: string): Draft {
  const { form } = visit
  const text = (name: string) => (form[name] ?? '').replaceAll('\r\n', '\n').trim()
  return {
    id,
    texts: { sr: text('sr'), bs: text('bs'), en: text('en') },
    audience: audienceFrom(visit),
    attached: attachedIn(form),
    sendAt: form.sendAt ?? '',
    look: lookFrom(form.look),
  }
}

/** Values that no form of ours sends are left out. */
function audienceFrom({ all, form }: Visit): Audience {
  const lists = ['communities', 'topics', 'languages', 'channels'].flatMap(name => {
    const values = all(name)
    return values.length ? [[name, values]] : []
  })
  const [id, is] = (form.workshop ?? '').split(' ')
  const parsed = AudienceSchema.safeParse({
    ...Object.fromEntries(lists),
    ...(id && { workshop: { id, is } }),
    ...(form.got && { got: form.got }),
  })
  return parsed.success ? parsed.data : {}
}

/** Empty fields are none. */
function attachedIn({ workshopId, pollId, clipId, mediaId }: Partial<Record<string, string>>): Attached {
  const fields = Object.entries({ workshopId, pollId, clipId, mediaId }).filter(([, id]) => id)
  const parsed = AttachedSchema.safeParse(Object.fromEntries(fields))
  return parsed.success ? parsed.data : {}
}

/** The texts as messages are made of them; undefined while there is no Serbian one. */
export function messageOf({ texts }: Draft): Given['message'] | undefined {
  const { sr, bs, en } = texts
  return sr ? { sr: inLatin(sr), ...(bs && { bs }), ...(en && { en }) } : undefined
}

/** What the form asks for, or what is wrong with it. */
export function givenOf(draft: Draft, { timeZone, now }: Visit): Given | Problem {
  const { texts, audience, attached, sendAt } = draft
  const message = messageOf(draft)
  if (!message) return { key: 'console.announcements.problem.text' }
  if (LANGUAGES.some(language => texts[language].length > TEXT_MAX))
    return { key: 'console.announcements.problem.long', values: { max: TEXT_MAX } }
  const given = { ...attached, audience, message }
  if (!sendAt) return given
  const [day = '', time = ''] = sendAt.split('T')
  const at = momentIn(timeZone, { day, time: time.slice(0, 5) })
  if (at === undefined) return { key: 'console.announcements.problem.moment' }
  if (at < now.getTime()) return { key: 'console.announcements.problem.past' }
  return { ...given, sendAt: new Date(at).toISOString() }
}
