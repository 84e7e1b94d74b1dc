// What staff decide about the whole system while it runs. Every value has a default, so that a fresh
// installation needs nobody to decide anything.
import type { Language } from './content.ts'
import type { ChannelId } from './event.ts'
import { type Kept, RETENTION_DAYS } from './retention.ts'

/** A text in each language; Serbian in Latin script. */
export type Texts = Record<Language, string>

/** Hours of one weekday, such as 07:30–15:00; null: closed. */
export type Hours = { from: string; to: string } | null

export type Settings = {
  /** Channels on which the bot says only that it rests. */
  paused: Exclude<ChannelId, 'terminal'>[]
  /** Shown once per chat and on every public page until the moment (ISO). */
  notice: { id: string; texts: Texts; until: string } | null
  /** When people answer, Monday first. */
  openingHours: Hours[]
  /** Working days within which a case is answered, as people are told. */
  caseDays: number
  /** Whom a case or a proposal can be passed to. */
  departments: { id: string; name: Texts }[]
  /** Texts that staff use again and again. */
  cannedReplies: { id: string; title: string; texts: Texts }[]
  /** Why a proposal is declined or a text is not published. */
  moderationReasons: { id: string; texts: Texts }[]
  /** Days after which rows go. */
  retentionDays: Record<Kept, number>
  /** Scheduled announcements don't go out between these times of the day. */
  quietHours: { from: string; to: string }
  /** Above this many recipients a second person approves; off until two accounts may approve. */
  approvalAbove: number
  /** No announcements between these days (ISO), both included. */
  silence: { from: string; to: string; reason: string }[]
  /** Days off beside the reviewed calendar of the content (ISO). */
  extraHolidays: { day: string; name: Texts }[]
  /** How long a freed seat of a workshop is held for the next on the waiting list; each workshop may differ. */
  workshopOfferMinutes: number
  /** What a message outside of a Viber session costs, and the most per month; in the currency's units. */
  viberBudget: { price: number; monthly: number; currency: string } | null
}

export type SettingKey = keyof Settings

const WORKDAY: Hours = { from: '07:30', to: '15:00' }

export const DEFAULT_SETTINGS: Settings = {
  paused: [],
  notice: null,
  openingHours: [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null],
  caseDays: 3,
  departments: [],
  cannedReplies: [],
  moderationReasons: [
    {
      id: 'insult',
      texts: { sr: 'Sadrži uvrede.', bs: 'Sadrži uvrede.', en: 'It contains insults.' },
    },
    {
      id: 'personal-data',
      texts: {
        sr: 'Sadrži lične podatke drugih ljudi.',
        bs: 'Sadrži lične podatke drugih ljudi.',
        en: 'It contains personal data of other people.',
      },
    },
    {
      id: 'not-city',
      texts: {
        sr: 'Nije u nadležnosti grada.',
        bs: 'Nije u nadležnosti grada.',
        en: 'It is not within the powers of the city.',
      },
    },
    {
      id: 'repeated',
      texts: {
        sr: 'Isto je već predloženo.',
        bs: 'Isto je već predloženo.',
        en: 'The same was proposed before.',
      },
    },
  ],
  retentionDays: { ...RETENTION_DAYS },
  quietHours: { from: '21:00', to: '08:00' },
  approvalAbove: 200,
  silence: [],
  extraHolidays: [],
  workshopOfferMinutes: 120,
  viberBudget: null,
}
