// Workshops in the chat: what is coming, one workshop, signing up and what follows, asking for one.
import type { Conversation, Pending } from '../../core/model/conversation.ts'
import type { Effect, Outcome, Query } from '../../core/model/effect.ts'
import type { Position } from '../../core/model/event.ts'
import type { Outbound } from '../../core/model/message.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import type { WorkshopView } from '../../core/model/workshop.ts'
import { textBlock } from '../../core/text/rich.ts'
import { textWithMenu } from '../answers/index.ts'
import { consentQuestion, needsConsent } from '../consent/index.ts'
import {
  askWhere,
  deedMessage,
  groupQuestion,
  listButtons,
  listMessage,
  type Note,
  nearMessage,
  sizesMessage,
  stateLine,
  ticketMessage,
  titleOf,
  voiceOf,
  workshopMessage,
} from './messages.ts'
import { guestsAllowed, isActive, seatsOf, TEXT_MAX } from './rules.ts'
import { groupToken, NO_COMMUNITY, openToken, type Wish, wishOf, wishOfLink } from './tokens.ts'
import { communityName, distanceKm, positionOn } from './words.ts'

export const workshopsTopic: Topic = {
  id: 'workshops',
  accepts: (state, input) => wishIn(input) !== undefined || awaited(state, input) !== undefined,
  loads(state, input) {
    const wish = wishIn(input)
    if (wish) return queriesFor(wish)
    const pending = awaited(state, input)
    return pending ? queriesForText(pending) : []
  },
  handle(state, input, context) {
    if (input.kind === 'outcome') return told(state, input.outcome, context)
    const wish = wishIn(input)
    const fresh: Conversation = { ...state, pending: undefined, fragments: [] }
    if (wish) return wished(fresh, wish, context)
    const pending = awaited(state, input)
    return pending && input.kind === 'text' ? typed(fresh, pending, input.text, context) : reply(state)
  },
}

/** A place on the map asks for what is near it. */
type AnyWish = Wish | { kind: 'near-position'; position: Position }

function wishIn(input: Input): AnyWish | undefined {
  switch (input.kind) {
    case 'press':
      return wishOf(input.token)
    case 'command':
      return input.command === 'workshops' ? { kind: 'list', page: 0 } : undefined
    case 'start':
      return wishOfLink(input.payload)
    case 'attachment':
      return input.position && { kind: 'near-position', position: input.position }
    default:
      return undefined
  }
}

type Awaited = Extract<Pending, { kind: `workshop-${string}` }>

/** What the chat waits for in this feature, if the input is a text. */
function awaited({ pending }: Conversation, input: Input): Awaited | undefined {
  if (input.kind !== 'text') return undefined
  switch (pending?.kind) {
    case 'workshop-size':
    case 'workshop-door':
    case 'workshop-comment':
    case 'workshop-wish':
      return pending
    default:
      return undefined
  }
}

function queriesFor(wish: AnyWish): Query[] {
  if ('id' in wish) return [{ kind: 'workshop', workshopId: wish.id }, { kind: 'consents' }]
  if (wish.kind === 'ask' || wish.kind === 'ask-in') return [{ kind: 'consents' }]
  return [{ kind: 'workshops' }, { kind: 'consents' }, { kind: 'choices' }]
}

function queriesForText(pending: Awaited): Query[] {
  if (pending.kind === 'workshop-wish') return [{ kind: 'consents' }]
  return [{ kind: 'workshop', workshopId: pending.workshopId }, { kind: 'consents' }]
}

function wished(state: Conversation, wish: AnyWish, context: Context): Turn {
  if ('id' in wish) return ofWorkshop(state, wish, context)
  switch (wish.kind) {
    case 'ask':
      return reply(state, askWhere(voiceOf(state, context)))
    case 'ask-in':
      return askWhat(state, wish.community, context)
    case 'near':
      return reply(
        state,
        nearMessage(context.data.workshops ?? [], context.data.choices ?? [], voiceOf(state, context)),
      )
    default:
      return reply(state, listFor(wish, state, context))
  }
}

type ListWish = Extract<AnyWish, { kind: 'list' | 'mine' | 'in-community' | 'near-position' }>

function listFor(wish: ListWish, state: Conversation, context: Context): Outbound {
  const { workshops = [] } = context.data
  const t = context.sentences(state.language)
  switch (wish.kind) {
    case 'list':
      return listed(state, context, workshops, {
        title: t('workshop.coming'),
        none: t('workshop.none'),
        page: wish.page,
        leaveOut: 'w:l',
      })
    case 'mine':
      return listed(
        state,
        context,
        workshops.filter(({ own }) => own && isActive(own.status)),
        { title: t('workshop.yours'), none: t('workshop.noneOfYours'), leaveOut: 'w:m' },
      )
    case 'in-community':
      return inCommunity(wish.community, state, context)
    case 'near-position':
      return nearest(wish.position, state, context)
  }
}

function inCommunity(community: string, state: Conversation, context: Context): Outbound {
  const t = context.sentences(state.language)
  const name = communityName({ community }, context.content.communities) ?? t('workshop.someCommunity')
  const here = context.data.workshops?.filter(workshop => workshop.community === community) ?? []
  return listed(state, context, here, {
    title: t('workshop.inCommunity', { name }),
    none: t('workshop.noneHere', { name }),
  })
}

/** The nearest first. The place itself is not remembered. */
function nearest(position: Position, state: Conversation, context: Context): Outbound {
  const t = context.sentences(state.language)
  const away = (workshop: WorkshopView) => {
    const there = positionOn(workshop)
    return there && distanceKm(position, there)
  }
  const onMap = (context.data.workshops ?? []).filter(workshop => positionOn(workshop))
  return listed(
    state,
    context,
    onMap.toSorted((a, b) => (away(a) ?? 0) - (away(b) ?? 0)),
    {
      title: t('workshop.nearest'),
      none: t('workshop.noneOnMap'),
      note: workshop => t('workshop.away', { km: rounded(away(workshop) ?? 0) }),
    },
  )
}

function rounded(km: number): string {
  return km < 1 ? '< 1' : String(Math.round(km))
}

function listed(
  state: Conversation,
  context: Context,
  workshops: readonly WorkshopView[],
  list: { title: string; none: string; page?: number; leaveOut?: string; note?: Note },
): Outbound {
  const t = context.sentences(state.language)
  const subscribed = context.data.consents?.includes('announcements') ?? false
  const buttons = listButtons(t, { subscribed, leaveOut: list.leaveOut })
  if (workshops.length === 0) return { blocks: [textBlock(list.none)], buttons }
  return listMessage(workshops, voiceOf(state, context), { ...list, buttons })
}

function ofWorkshop(state: Conversation, wish: Extract<Wish, { id: number }>, context: Context): Turn {
  const { workshop } = context.data
  // Some channels greet before the database can be asked: the button asks it.
  if (workshop === undefined) return reply(state, linkGreeting(wish.id, state, context))
  if (workshop === null) return unknown(state, context)
  const voice = voiceOf(state, context)
  switch (wish.kind) {
    case 'open':
      return reply(state, workshopMessage(workshop, voice))
    case 'sizes':
      return reply(state, sizesMessage(workshop, voice))
    case 'group':
      return askSize(state, workshop, context)
    case 'join':
      return join(state, workshop, wish, context)
    case 'comment':
      return askComment(state, wish.id, context)
    case 'rate': {
      const effect: Effect = { kind: 'rate-workshop', workshopId: wish.id, rating: wish.rating }
      return keeping(state, context, `w:${wish.id}:r:${wish.rating}`, effect)
    }
    case 'accept':
      return keeping(state, context, `w:${wish.id}:y`, { kind: 'accept-seat', workshopId: wish.id })
    case 'leave':
      return doing(state, { kind: 'leave-workshop', workshopId: wish.id })
    case 'ticket':
      return doing(state, { kind: 'make-ticket', workshopId: wish.id })
    case 'door':
      return askDoor(state, wish.id, context)
    case 'arrive':
      return doing(state, { kind: 'check-in', workshopId: wish.id, code: wish.code })
  }
}

function linkGreeting(id: number, { language }: Conversation, { sentences }: Context): Outbound {
  const t = sentences(language)
  return {
    blocks: [textBlock(t('workshop.linkGreeting'))],
    buttons: [{ label: t('workshop.button.open'), token: openToken(id) }],
  }
}

function join(
  state: Conversation,
  workshop: WorkshopView,
  { id, guests, group }: Extract<Wish, { kind: 'join' }>,
  context: Context,
): Turn {
  if (guests < 0 || guests > guestsAllowed(workshop, group)) return askSize(state, workshop, context, true)
  const token = group ? groupToken(id, guests + 1) : `w:${id}:s:${guests}`
  return keeping(state, context, token, { kind: 'join-workshop', workshopId: id, guests, group })
}

function askSize(state: Conversation, workshop: WorkshopView, context: Context, again = false): Turn {
  const pending = { kind: 'workshop-size' as const, workshopId: workshop.id }
  return reply({ ...state, pending }, groupQuestion(workshop, voiceOf(state, context), again))
}

function askDoor(state: Conversation, workshopId: number, context: Context): Turn {
  const pending = { kind: 'workshop-door' as const, workshopId }
  return reply({ ...state, pending }, say(state, context, 'workshop.doorQuestion'))
}

function askComment(state: Conversation, workshopId: number, context: Context): Turn {
  if (needsConsent(context, 'participation'))
    return reply(state, consentQuestion(context, state.language, `w:${workshopId}:t`))
  const pending = { kind: 'workshop-comment' as const, workshopId }
  return reply({ ...state, pending }, say(state, context, 'workshop.commentQuestion'))
}

function askWhat(state: Conversation, community: string, context: Context): Turn {
  if (needsConsent(context, 'participation'))
    return reply(state, consentQuestion(context, state.language, `w:ask:${community}`))
  const known = community !== NO_COMMUNITY && communityName({ community }, context.content.communities)
  const pending = { kind: 'workshop-wish' as const, ...(known && { community }) }
  return reply({ ...state, pending }, say(state, context, 'workshop.askWhat'))
}

function typed(state: Conversation, pending: Awaited, text: string, context: Context): Turn {
  switch (pending.kind) {
    case 'workshop-size':
      return typedSize(state, text, context)
    case 'workshop-door':
      return doing(state, { kind: 'check-in', workshopId: pending.workshopId, code: text.slice(0, 40) })
    case 'workshop-comment':
    case 'workshop-wish':
      return typedText(state, pending, text.trim(), context)
  }
}

function typedSize(state: Conversation, text: string, context: Context): Turn {
  const { workshop } = context.data
  if (!workshop) return unknown(state, context)
  const seats = Number(/\d{1,4}/.exec(text)?.[0] ?? 0)
  return join(state, workshop, { kind: 'join', id: workshop.id, guests: seats - 1, group: true }, context)
}

function typedText(
  state: Conversation,
  pending: Extract<Awaited, { kind: 'workshop-comment' | 'workshop-wish' }>,
  text: string,
  context: Context,
): Turn {
  if (text.length > TEXT_MAX)
    return reply({ ...state, pending }, say(state, context, 'workshop.tooLong', { max: TEXT_MAX }))
  if (pending.kind === 'workshop-wish') {
    const { community = NO_COMMUNITY } = pending
    const effect: Effect = { kind: 'ask-for-workshop', community: pending.community, text }
    return keeping(state, context, `w:ask:${community}`, effect)
  }
  const { workshopId } = pending
  return keeping(state, context, `w:${workshopId}:t`, { kind: 'comment-workshop', workshopId, text })
}

function doing(state: Conversation, effect: Effect): Turn {
  return { state, messages: [], effects: [effect] }
}

/** What keeps something of the person asks first; `token` is pressed once they agree. */
function keeping(state: Conversation, context: Context, token: string, effect: Effect): Turn {
  if (needsConsent(context, 'participation'))
    return reply(state, consentQuestion(context, state.language, token))
  return doing(state, effect)
}

function told(state: Conversation, outcome: Outcome, context: Context): Turn {
  switch (outcome.kind) {
    case 'workshop':
      return outcome.workshop ? done(state, outcome.did, outcome.workshop, context) : unknown(state, context)
    case 'ticket':
      return reply(state, ticketMessage(outcome.workshop, outcome, voiceOf(state, context)))
    case 'workshop-asked':
      return reply(
        state,
        say(state, context, outcome.status === 'kept' ? 'workshop.asked' : 'workshop.askedTooMany'),
      )
    default:
      return reply(state)
  }
}

type Did = Extract<Outcome, { kind: 'workshop' }>['did']

function done(state: Conversation, did: Did, workshop: WorkshopView, context: Context): Turn {
  const voice = voiceOf(state, context)
  const { t } = voice
  switch (did) {
    case 'wrong-code': {
      const pending = { kind: 'workshop-door' as const, workshopId: workshop.id }
      return reply({ ...state, pending }, say(state, context, 'workshop.wrongCode'))
    }
    case 'closed':
      return reply(state, workshopMessage(workshop, voice, t('workshop.cantJoin')))
    case 'rated':
      return reply(state, {
        blocks: [textBlock(t('workshop.rated'))],
        buttons: [{ label: t('workshop.button.comment'), token: `w:${workshop.id}:t` }],
      })
    case 'commented':
      return reply(state, textWithMenu(t, t('workshop.commented')))
    default:
      return reply(state, deedMessage(workshop, voice, saidOf(did, workshop, state, context)))
  }
}

function saidOf(
  did: Exclude<Did, 'wrong-code' | 'closed' | 'rated' | 'commented'>,
  workshop: WorkshopView,
  state: Conversation,
  context: Context,
): string {
  const voice = voiceOf(state, context)
  const { t } = voice
  const { own } = workshop
  const title = titleOf(workshop, state.language)
  const seats = own ? seatsOf(own) : 0
  switch (did) {
    case 'joined':
    case 'accepted':
      return own?.status === 'confirmed'
        ? t('workshop.joined', { title, seats, code: own.code })
        : stateLine(workshop, voice)
    case 'queued':
      return own?.status === 'waiting'
        ? t('workshop.queued', { title, seats, place: own.place ?? 1 })
        : stateLine(workshop, voice)
    case 'already':
      return stateLine(workshop, voice)
    case 'too-many':
      return `${t('workshop.noRoomForMore')}\n${stateLine(workshop, voice)}`
    case 'left':
      return t('workshop.left', { title })
    case 'no-seat':
      return t('workshop.noSeat', { title })
    case 'too-late':
      return t('workshop.tooLate')
    case 'checked-in':
      return t('workshop.checkedIn', { title })
    case 'not-now':
      return t('workshop.notNow')
  }
}

function unknown(state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  return reply(state, {
    blocks: [textBlock(t('workshop.unknown'))],
    buttons: [{ label: t('workshop.button.all'), token: 'w:l' }],
  })
}

function say(
  { language }: Conversation,
  { sentences }: Context,
  key: Parameters<ReturnType<Context['sentences']>>[0],
  values?: Record<string, number>,
): Outbound {
  return { blocks: [textBlock(sentences(language)(key, values))], buttons: [] }
}
