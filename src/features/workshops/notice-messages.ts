// What people who signed up are told without having asked. A message that comes by itself must not take the
// numbers people type in another dialogue: its buttons hang on a card. Only an offer, which needs an answer,
// has buttons of its own.
import type { Button, Outbound } from '../../core/model/message.ts'
import type { Translate } from '../../core/model/topic.ts'
import type { WorkshopView } from '../../core/model/workshop.ts'
import { textBlock } from '../../core/text/rich.ts'
import {
  calendarBlock,
  locationBlocks,
  offerButtons,
  ratingButtons,
  titleOf,
  type Voice,
} from './messages.ts'
import type { NoticeKind } from './notice-queue.ts'
import { seatsOf } from './rules.ts'
import type { Told } from './store.ts'
import { openToken } from './tokens.ts'
import { momentWords, placeWords, whenWords } from './words.ts'

/** The message of a notice; `before`: what was known of time and place until then. */
export function noticeMessage(
  kind: NoticeKind,
  workshop: WorkshopView,
  voice: Voice,
  before?: Told,
): Outbound {
  switch (kind) {
    case 'offer':
      return {
        blocks: [textBlock(sentence('workshop.told.offer', workshop, voice))],
        buttons: offerButtons(workshop.id, voice.t),
      }
    case 'moved':
      return movedMessage(workshop, voice, before)
    case 'cancelled':
      return { blocks: [...said(kind, workshop, voice), calendarBlock(workshop, voice)], buttons: [] }
    case 'thanks':
      return {
        blocks: said(kind, workshop, voice, ratingButtons(workshop.id)),
        buttons: [],
      }
    case 'seat':
      return {
        blocks: [
          ...said(kind, workshop, voice, seatButtons(workshop, voice.t)),
          calendarBlock(workshop, voice),
        ],
        buttons: [],
      }
    case 'soon':
    case 'today':
      return {
        blocks: [
          ...said(kind, workshop, voice, seatButtons(workshop, voice.t)),
          ...locationBlocks(workshop, voice),
        ],
        buttons: [],
      }
    case 'expired':
    case 'merged':
      return { blocks: said(kind, workshop, voice, [showButton(workshop, voice.t)]), buttons: [] }
    case 'dropped':
    case 'minutes':
      return { blocks: said(kind, workshop, voice), buttons: [] }
  }
}

function said(
  kind: Exclude<NoticeKind, 'offer' | 'moved'>,
  workshop: WorkshopView,
  voice: Voice,
  buttons: Button[] = [],
): Outbound['blocks'] {
  return [
    cardOf(titleOf(workshop, voice.language), sentence(`workshop.told.${kind}`, workshop, voice), buttons),
  ]
}

function cardOf(title: string, body: string, buttons: Button[]): Outbound['blocks'][number] {
  return { kind: 'card', text: `${title}\n${body}`, title, body, buttons }
}

type Sentence = `workshop.told.${Exclude<NoticeKind, 'moved'>}`

function sentence(key: Sentence, workshop: WorkshopView, voice: Voice): string {
  const { t, publicUrl, content, language } = voice
  const { own } = workshop
  return t(key, {
    title: titleOf(workshop, language),
    when: whenWords(workshop, voice),
    place: placeWords(workshop, voice),
    code: own?.code ?? '',
    seats: own ? seatsOf(own) : 1,
    until: momentWords(own?.offeredUntil ?? workshop.startsAt, voice),
    url: `${publicUrl}/workshops/${workshop.id}`,
    office: content.city.office[language],
  })
}

/** Names only what is different from what was known. */
function movedMessage(workshop: WorkshopView, voice: Voice, before?: Told): Outbound {
  const { t } = voice
  const when = whenWords(workshop, voice)
  const was = before && whenWords(before, voice)
  const lines = [
    was && was !== when ? t('workshop.told.newTime', { now: when, before: was }) : '',
    before && before.place !== workshop.place
      ? t('workshop.told.newPlace', { now: placeWords(workshop, voice), before: before.place })
      : '',
    t('workshop.told.movedNote'),
  ]
  const body = [t('workshop.told.moved'), ...lines].filter(Boolean).join('\n')
  const buttons = [showButton(workshop, t), leaveButton(workshop, t)]
  return {
    blocks: [
      cardOf(titleOf(workshop, voice.language), body, buttons),
      ...locationBlocks(workshop, voice),
      calendarBlock(workshop, voice),
    ],
    buttons: [],
  }
}

function seatButtons(workshop: WorkshopView, t: Translate): Button[] {
  return [
    { label: t('workshop.button.ticket'), token: `w:${workshop.id}:q` },
    showButton(workshop, t),
    leaveButton(workshop, t),
  ]
}

function showButton({ id }: WorkshopView, t: Translate): Button {
  return { label: t('workshop.button.show'), token: openToken(id) }
}

function leaveButton({ id }: WorkshopView, t: Translate): Button {
  return { label: t('workshop.button.leave'), token: `w:${id}:x` }
}
