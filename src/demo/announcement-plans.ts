// The announcements of the demo: what they say, to whom, and what becomes of them.
import type { AnnouncementMessage, Audience } from '../features/announcements/model.ts'

/** `sent`: days ago. */
export type AnnouncementPlan = {
  sent: number
  audience: Audience
  message: AnnouncementMessage
  carries?: 'workshop' | 'poll'
  fate: 'sent' | 'scheduled' | 'waits'
  /** Of a scheduled one: in how many days it goes out. */
  inDays?: number
  /** What goes wrong, each for one recipient. */
  troubles: readonly ('left' | 'refused' | 'lost')[]
  /** What failed is sent again. */
  again?: boolean
}

export const ANNOUNCEMENT_PLANS: readonly AnnouncementPlan[] = [
  {
    sent: 20,
    audience: {},
    fate: 'sent',
    troubles: ['left', 'left', 'left'],
    message: {
      sr: 'U sredu od 9 do 14 časova biće radova na vodovodu u centru. Voda će povremeno nestajati, a cisterna stoji kod doma kulture.',
      bs: 'U srijedu od 9 do 14 sati izvode se radovi na vodovodu u centru. Voda će povremeno nestajati, a cisterna stoji kod doma kulture.',
      en: 'On Wednesday from 9 to 14 the water mains in the centre are repaired. Water will be off at times; a tank stands at the house of culture.',
    },
  },
  {
    sent: 13,
    audience: { topics: ['workshops', 'youth'] },
    carries: 'workshop',
    fate: 'sent',
    troubles: [],
    message: {
      sr: 'Nova radionica je otvorena za prijave. Dođite sami ili sa komšijama.',
      bs: 'Nova radionica je otvorena za prijave. Dođite sami ili s komšijama.',
      en: 'A new workshop is open for registration. Come alone or with your neighbours.',
    },
  },
  {
    sent: 5,
    audience: { topics: ['polls', 'assembly', 'plans'] },
    carries: 'poll',
    fate: 'sent',
    troubles: ['lost', 'left'],
    message: {
      sr: 'Kako radi odvoz otpada u vašem kraju? Jedno pitanje, pola minuta.',
      bs: 'Kako radi odvoz otpada u vašem kraju? Jedno pitanje, pola minute.',
      en: 'How does waste collection work where you live? One question, half a minute.',
    },
  },
  {
    sent: 2,
    audience: { channels: ['viber', 'telegram'] },
    fate: 'sent',
    troubles: ['refused', 'refused'],
    again: true,
    message: {
      sr: 'U subotu se zbog trke zatvara obilazni put od 8 do 12 časova. Autobusi idu preko mosta.',
      bs: 'U subotu se zbog utrke zatvara obilazni put od 8 do 12 sati. Autobusi idu preko mosta.',
      en: 'On Saturday the ring road is closed for the race from 8 to 12. Buses go over the bridge.',
    },
  },
  {
    sent: 0,
    audience: { topics: ['assembly'] },
    fate: 'scheduled',
    inDays: 2,
    troubles: [],
    message: {
      sr: 'Sednica skupštine grada je u četvrtak u 10 časova. Sednica je javna.',
      bs: 'Sjednica skupštine grada je u četvrtak u 10 sati. Sjednica je javna.',
      en: 'The city assembly meets on Thursday at 10. The session is public.',
    },
  },
  {
    sent: 0,
    audience: {},
    fate: 'waits',
    troubles: [],
    message: {
      sr: 'Od ponedeljka se otpad u naseljima odnosi po zimskom rasporedu. Dan za svoju ulicu proverite kod nas.',
      bs: 'Od ponedjeljka se otpad u naseljima odvozi po zimskom rasporedu. Dan za svoju ulicu provjerite kod nas.',
      en: 'From Monday on waste is collected by the winter timetable. Ask us for the day of your street.',
    },
  },
]
