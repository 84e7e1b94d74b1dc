// What an announcement is.
import { z } from 'zod'
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import type { Outbound } from '../../core/model/message.ts'

/** Channels an announcement may go to. */
export const CHANNELS = ['telegram', 'viber', 'botframework', 'web'] as const

/** The longest text: one message on every channel. */
export const TEXT_MAX = 4000

/** Programs may give numbers. */
const givenId = z.union([z.string().min(1).max(64), z.int()]).transform(String)
const ids = z.array(z.string().min(1).max(64)).max(200).optional()

/** Fields are joined by "and", the values of a field by "or"; an absent or empty field is no filter. */
const Filter = z.strictObject({
  communities: ids,
  topics: ids,
  languages: z.array(z.enum(LANGUAGES)).optional(),
  channels: z.array(z.enum(CHANNELS)).optional(),
  workshop: z.strictObject({ id: givenId, is: z.enum(['registered', 'attended', 'absent']) }).optional(),
  /** Those who got another announcement, or may have: for a correction. */
  got: z.uuid().optional(),
})
const Everybody = z.strictObject({ all: z.literal(true) }).transform((): z.output<typeof Filter> => ({}))

/** Whom it is for, among those who want announcements. */
export const AudienceSchema = z.union([Everybody, Filter])
export type Audience = z.output<typeof Filter>

const text = z.string().trim().min(1).max(TEXT_MAX)

/** By language; Serbian in either script. Whoever reads a language that is missing gets Serbian. */
export const TextsSchema = z.strictObject({ sr: text, bs: text.optional(), en: text.optional() })

/** A text or a whole message by language. Serbian in Latin script. */
export type AnnouncementMessage = { sr: string | Outbound } & Partial<Record<Language, string | Outbound>>

const attachedId = givenId.optional()

/** What is sent along: ids. */
export const AttachedSchema = z.object({
  workshopId: attachedId,
  pollId: attachedId,
  clipId: attachedId,
  mediaId: attachedId,
})
export type Attached = z.output<typeof AttachedSchema>

export type AnnouncementStatus = 'draft' | 'scheduled' | 'sending' | 'paused' | 'done' | 'cancelled'

/** What an author decides. */
export type Wish = {
  audience: Audience
  message: AnnouncementMessage
  attached: Attached
  sendAt?: Date
}

export type Announcement = Wish & {
  id: string
  status: AnnouncementStatus
  override: boolean
  createdAt: Date
  /** The account that wrote it last; its address. */
  writtenBy?: string
  author?: string
  wantedAt?: Date
  approvedAt?: Date
  startedAt?: Date
  plannedAt?: Date
}

/** How many deliveries there are in each status. */
export type Counts = Record<
  'total' | 'planned' | 'sending' | 'sent' | 'failed' | 'skipped' | 'uncertain',
  number
>
