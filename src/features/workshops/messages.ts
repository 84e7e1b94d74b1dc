// How workshops look in a chat, before any channel renders them.
import type { Language, Script } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Choice } from '../../core/model/effect.ts'
import type { Block, Button, Outbound } from '../../core/model/message.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { type OwnSeat, textIn, type WorkshopView } from '../../core/model/workshop.ts'
import { textBlock } from '../../core/text/rich.ts'
import { tagOf } from '../../core/text/script.ts'
import { guestsAllowed, isActive, isDoorOpen, isOpen, seatsOf } from './rules.ts'
import { NO_COMMUNITY, openToken } from './tokens.ts'
import { languageWords, momentWords, placeWords, positionOn, type Speaker, whenWords } from './words.ts'

/** Viber shows about this many buttons without scrolling. */
const PAGE_SIZE = 6

/** Who is spoken to, and what for. */
export type Voice = Speaker & { script: Script; publicUrl: string; now: number }

export function voiceOf(state: Conversation, { content, sentences, publicUrl, now }: Context): Voice {
  const { language, script } = state
  return { language, script, content, publicUrl, now, t: sentences(language) }
}

/** The workshops as a list; `title` says which. */
export function listMessage(
  workshops: readonly WorkshopView[],
  voice: Voice,
  { title, page = 0, buttons, note }: { title: string; page?: number; buttons: Button[]; note?: Note },
): Outbound {
  const shown = workshops.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
  const more = workshops.length > (page + 1) * PAGE_SIZE
  const items = shown.map(workshop => ({
    title: titleOf(workshop, voice.language),
    body: [
      whenWords(workshop, voice),
      placeWords(workshop, voice),
      stateLine(workshop, voice),
      note?.(workshop),
    ]
      .filter(Boolean)
      .join('\n'),
    token: openToken(workshop.id),
  }))
  const text = items.map(item => `${item.title}\n${item.body}`).join('\n\n')
  return {
    blocks: [textBlock(title), { kind: 'list', text, items }],
    buttons: [
      ...(more ? [{ label: voice.t('workshop.button.more'), token: `w:l:${page + 1}` }] : []),
      ...buttons,
    ],
  }
}

/** Something that is said of each workshop of a list. */
export type Note = (workshop: WorkshopView) => string | undefined

/** Ways on from any list; `leaveOut` is the token of the list itself. */
export function listButtons(
  t: Translate,
  { subscribed, leaveOut }: { subscribed: boolean; leaveOut?: string },
): Button[] {
  const buttons = [
    { label: t('workshop.button.all'), token: 'w:l' },
    { label: t('workshop.button.mine'), token: 'w:m' },
    { label: t('workshop.button.near'), token: 'w:n' },
    { label: t('workshop.button.ask'), token: 'w:ask' },
    ...(subscribed ? [] : [{ label: t('workshop.button.news'), token: 'sub:yes' }]),
  ]
  return buttons.filter(({ token }) => token !== leaveOut)
}

/** A button for the person's own community first, then for those where something is coming. */
export function nearMessage(
  workshops: readonly WorkshopView[],
  choices: readonly Choice[],
  voice: Voice,
): Outbound {
  const { t, content } = voice
  const own = choices.find(({ kind }) => kind === 'community')?.value
  const coming = content.communities
    .filter(({ id }) => workshops.some(({ community }) => community === id))
    .filter(({ confirmed }) => confirmed)
    .toSorted((a, b) => Number(b.id === own) - Number(a.id === own))
  return {
    blocks: [textBlock(t('workshop.nearHow'))],
    buttons: [
      ...coming.slice(0, PAGE_SIZE).map(({ id, name }) => ({ label: name, token: `w:c:${id}` })),
      { label: t('workshop.button.all'), token: 'w:l' },
    ],
  }
}

/** One workshop with everything people must know, and what they may do. `said` comes first. */
export function workshopMessage(workshop: WorkshopView, voice: Voice, ...said: string[]): Outbound {
  const coming = workshop.status === 'published' && voice.now < workshop.endsAt
  return {
    blocks: [
      ...(said.length ? [textBlock(...said)] : []),
      cardBlock(workshop, voice),
      ...(coming ? [...locationBlocks(workshop, voice), calendarBlock(workshop, voice)] : []),
    ],
    buttons: buttonsFor(workshop, voice),
  }
}

/** What came of a press: one text, the way to the calendar for whoever has a seat, and what one may do now. */
export function deedMessage(workshop: WorkshopView, voice: Voice, said: string): Outbound {
  const calendar = workshop.own?.status === 'confirmed' ? [calendarBlock(workshop, voice)] : []
  return { blocks: [textBlock(said), ...calendar], buttons: buttonsFor(workshop, voice, 'after a deed') }
}

export function titleOf({ title }: Pick<WorkshopView, 'title'>, language: Language): string {
  return textIn(title, language)
}

/** The card with what everybody may know, and the state for whoever asks. */
export function cardBlock(workshop: WorkshopView, voice: Voice): Extract<Block, { kind: 'card' }> {
  const { language, t } = voice
  const title = titleOf(workshop, language)
  const body = [
    `${whenWords(workshop, voice)}\n${placeWords(workshop, voice)}`,
    textIn(workshop.description, language),
    labelled('workshop.agenda', textIn(workshop.agenda, language), t, '\n'),
    [
      labelled('workshop.accessibility', textIn(workshop.accessibility, language), t, ' '),
      workshop.languages.length > 0 &&
        labelled('workshop.spoken', languageWords(workshop.languages, t), t, ' '),
    ]
      .filter(Boolean)
      .join('\n'),
    stateLine(workshop, voice),
    workshop.hasMinutes && t('workshop.hasMinutes', { url: `${voice.publicUrl}/workshops/${workshop.id}` }),
  ]
    .filter(Boolean)
    .join('\n\n')
  return { kind: 'card', text: `${title}\n\n${body}`, title, body }
}

function labelled(
  key: 'workshop.agenda' | 'workshop.accessibility' | 'workshop.spoken',
  text: string,
  t: Translate,
  between: string,
): string {
  return text && `${t(key)}${between}${text}`
}

/** Where it is, for maps. */
export function locationBlocks(workshop: WorkshopView, voice: Voice): Block[] {
  const position = positionOn(workshop)
  if (!position) return []
  const label = placeWords(workshop, voice)
  return [{ kind: 'location', text: label, ...position, label }]
}

/** The way into a calendar. */
export function calendarBlock(workshop: WorkshopView, voice: Voice): Block {
  return {
    kind: 'calendar',
    text: whenWords(workshop, voice),
    id: String(workshop.id),
    title: titleOf(workshop, voice.language),
    start: new Date(workshop.startsAt).toISOString(),
    end: new Date(workshop.endsAt).toISOString(),
    place: placeWords(workshop, voice),
    icsUrl: `${voice.publicUrl}/workshops/${workshop.id}.ics?prefer=${tagOf(voice)}`,
  }
}

/** One's own state if there is one, else whether there is room: nobody who has a seat needs to know. */
export function stateLine(workshop: WorkshopView, voice: Voice): string {
  const { t, now } = voice
  const { own, status, opensAt = 0 } = workshop
  if (status === 'cancelled') return t('workshop.isCancelled')
  if (own?.status === 'attended') return ownLine(own, voice)
  if (status === 'done' || now >= workshop.endsAt) return t('workshop.isOver')
  if (own && isActive(own.status)) return ownLine(own, voice)
  if (now < opensAt) return t('workshop.opens', { moment: momentWords(opensAt, voice) })
  if (!isOpen(workshop, now)) return t('workshop.isClosed')
  const { free, capacity, waiting } = workshop
  return hasRoom(workshop)
    ? t('workshop.free', { count: free, capacity })
    : t('workshop.full', { count: waiting })
}

/** Seats that the next to come may have: nobody stands before them. */
export function hasRoom({ free, waiting }: WorkshopView): boolean {
  return free > 0 && waiting === 0
}

function ownLine(own: OwnSeat, voice: Voice): string {
  const { t } = voice
  const { code, place = 1, offeredUntil = 0 } = own
  const seats = seatsOf(own)
  switch (own.status) {
    case 'waiting':
      return t('workshop.youWait', { place, seats })
    case 'offered':
      return t('workshop.youOffered', { until: momentWords(offeredUntil, voice), seats })
    case 'attended':
      return t('workshop.youAttended')
    default:
      return t('workshop.youConfirmed', { code, seats })
  }
}

function buttonsFor(workshop: WorkshopView, voice: Voice, when?: 'after a deed'): Button[] {
  const { t } = voice
  const all = { label: t('workshop.button.all'), token: 'w:l' }
  if (workshop.status !== 'published') return [all]
  const { own } = workshop
  if (own && isActive(own.status)) {
    const show = when ? [{ label: t('workshop.button.show'), token: openToken(workshop.id) }] : []
    return [...ownButtons(workshop, own, voice), ...show, all]
  }
  return [
    ...(isOpen(workshop, voice.now) ? joinButtons(workshop, voice) : []),
    ...doorButton(workshop, voice),
    all,
  ]
}

function ownButtons(workshop: WorkshopView, own: OwnSeat, voice: Voice): Button[] {
  const { id } = workshop
  const { t, now } = voice
  if (own.status === 'offered') return offerButtons(id, t)
  const open = isOpen(workshop, now)
  const sizes = open ? [{ label: t('workshop.button.sizes'), token: `w:${id}:e` }] : []
  if (own.status === 'waiting') {
    return [...sizes, { label: t('workshop.button.leaveQueue'), token: `w:${id}:x` }]
  }
  return [
    ...doorButton(workshop, voice),
    { label: t('workshop.button.ticket'), token: `w:${id}:q` },
    ...sizes,
    { label: t('workshop.button.leave'), token: `w:${id}:x` },
  ]
}

/** Yes and no to a seat that is held. */
export function offerButtons(id: number, t: Translate): Button[] {
  return [
    { label: t('workshop.button.accept'), token: `w:${id}:y` },
    { label: t('workshop.button.decline'), token: `w:${id}:x` },
  ]
}

function doorButton(workshop: WorkshopView, { t, now }: Voice): Button[] {
  return isDoorOpen(workshop, now) ? [{ label: t('workshop.button.door'), token: `w:${workshop.id}:d` }] : []
}

/** One button per number of people, and one for a group. */
function joinButtons(workshop: WorkshopView, { t }: Voice): Button[] {
  const { id } = workshop
  const room = hasRoom(workshop)
  const alone = t(room ? 'workshop.button.join' : 'workshop.button.queue')
  const most = guestsAllowed(workshop, false)
  const withGuests = Array.from({ length: most }, (_, index) => ({
    label: t(room ? 'workshop.button.joinWith' : 'workshop.button.queueWith', { guests: index + 1 }),
    token: `w:${id}:s:${index + 1}`,
  }))
  return [{ label: alone, token: `w:${id}:s:0` }, ...withGuests, ...groupButton(workshop, t)]
}

function groupButton(workshop: WorkshopView, t: Translate): Button[] {
  return workshop.capacity > workshop.guestsMax + 1
    ? [{ label: t('workshop.button.group'), token: `w:${workshop.id}:g` }]
    : []
}

/** Asks for another number of seats. */
export function sizesMessage(workshop: WorkshopView, { t }: Voice): Outbound {
  const { id, own } = workshop
  const sizes = Array.from({ length: guestsAllowed(workshop, false) + 1 }, (_, guests) => guests)
  return {
    blocks: [textBlock(t('workshop.sizesQuestion', { seats: own ? seatsOf(own) : 0 }))],
    buttons: [
      ...sizes
        .filter(guests => guests !== own?.guests)
        .map(guests => ({ label: t('workshop.seats', { count: guests + 1 }), token: `w:${id}:s:${guests}` })),
      ...groupButton(workshop, t),
      { label: t('workshop.button.show'), token: openToken(id) },
    ],
  }
}

/** Asks for a number, in words only: a typed number answers it. */
export function groupQuestion({ capacity }: WorkshopView, { t }: Voice, problem = false): Outbound {
  const key = problem ? 'workshop.groupWrong' : 'workshop.groupQuestion'
  return { blocks: [textBlock(t(key, { max: capacity }))], buttons: [] }
}

/** Asks how it was: 1 to 5. */
export function ratingButtons(id: number): Button[] {
  return [1, 2, 3, 4, 5].map(rating => ({ label: String(rating), token: `w:${id}:r:${rating}` }))
}

/** The ticket as a picture, with its code in words. */
export function ticketMessage(
  workshop: WorkshopView,
  { mediaId, url }: { mediaId: string; url: string },
  voice: Voice,
): Outbound {
  const { t } = voice
  const text = t('workshop.ticket', { code: workshop.own?.code ?? '' })
  return {
    blocks: [textBlock(text), { kind: 'image', text, mediaId, url, alt: t('workshop.ticketAlt') }],
    buttons: buttonsFor(workshop, voice, 'after a deed').filter(
      button => 'token' in button && button.token !== `w:${workshop.id}:q`,
    ),
  }
}

/** Asks for which community a workshop is wished. */
export function askWhere({ t, content }: Voice): Outbound {
  return {
    blocks: [textBlock(t('workshop.askWhere'))],
    buttons: [
      ...content.communities
        .filter(({ confirmed }) => confirmed)
        .map(({ id, name }) => ({ label: name, token: `w:ask:${id}` })),
      { label: t('workshop.button.otherCommunity'), token: `w:ask:${NO_COMMUNITY}` },
    ],
  }
}
