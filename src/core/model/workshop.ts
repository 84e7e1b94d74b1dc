// Workshops as chats and pages see them.
import type { Language } from './content.ts'

/** A text in the languages somebody wrote it in; Serbian in Latin script, and always there. */
export type LocalText = { sr: string } & Partial<Record<Language, string>>

export type WorkshopStatus = 'draft' | 'published' | 'cancelled' | 'done'

/**
 * `offered`: a seat is held until the person says yes, or too late. `attended` and `absent` are known once
 * the workshop was held.
 */
export type RegistrationStatus = 'confirmed' | 'waiting' | 'offered' | 'cancelled' | 'attended' | 'absent'

/** Times are milliseconds since the epoch. */
export type Workshop = {
  id: number
  status: WorkshopStatus
  title: LocalText
  description: LocalText
  agenda: LocalText
  accessibility: LocalText
  /** Of the content's communities. */
  community: string
  place: string
  lat?: number
  lon?: number
  startsAt: number
  endsAt: number
  capacity: number
  /** How many people one may bring along without being a group. */
  guestsMax: number
  /** The languages it is held in. */
  languages: Language[]
  /** When signing up begins; at once if absent. */
  opensAt?: number
  /** When it ends; with the beginning of the workshop if absent. */
  closesAt?: number
  /** Rises with every change that calendars must follow. */
  sequence: number
  changedAt: number
  /** The minutes are published. */
  hasMinutes: boolean
  /** Seats that nobody holds. */
  free: number
  /** Registrations on the waiting list. */
  waiting: number
}

/** What somebody's registration is now. */
export type OwnSeat = {
  status: RegistrationStatus
  guests: number
  /** On the waiting list, from 1. */
  place?: number
  offeredUntil?: number
  /** Shown at the door. */
  code: string
  rating?: number
}

/** A workshop with what the person who asks has to do with it. */
export type WorkshopView = Workshop & { own?: OwnSeat }

/** The text in this language, or else in Serbian. */
export function textIn(text: LocalText, language: Language): string {
  return text[language] || text.sr
}
