// What announcements somebody wants: topics of the city's list, and their local community. Offered with
// the subscription. Every press says what holds from now on, so pressing twice changes nothing.
//   ch:t   ch:t:<topic>:<1|0>   ch:c[:<page>]   ch:c:<community>
import type { Content, Language } from '../../core/model/content.ts'
import type { Conversation } from '../../core/model/conversation.ts'
import type { Choice } from '../../core/model/effect.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import {
  type Context,
  type Input,
  reply,
  type Topic,
  type Translate,
  type Turn,
} from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import { textWithMenu } from '../answers/index.ts'

/** The choice of people who don't know their local community, or live elsewhere. */
export const OTHER_COMMUNITY = 'other'
/** Viber shows about this many buttons without scrolling. */
const PAGE_SIZE = 7
const TOPICS = 'ch:t'
const COMMUNITIES = 'ch:c'

type Wish =
  | { kind: 'show-topics' }
  | { kind: 'show-communities'; page: number }
  | { kind: 'choose'; choice: Choice; on: boolean }

export const choicesTopic: Topic = {
  id: 'choices',
  accepts: (_state, input) => input.kind === 'press' && /^ch(?::|$)/.test(input.token),
  loads: (_state, input) => (wishOf(input)?.kind.startsWith('show') ? [{ kind: 'choices' }] : []),
  handle(state, input, context) {
    if (input.kind === 'outcome')
      return input.outcome.kind === 'chosen' ? chosen(state, input.outcome, context) : reply(state)
    const wish = wishOf(input)
    const choices = context.data.choices ?? []
    switch (wish?.kind) {
      case 'show-topics':
        return reply(state, topicsMessage(state, choices, context))
      case 'show-communities':
        return reply(state, communitiesMessage(state, choices, wish.page, context))
      case 'choose':
        if (!isOffered(wish.choice, context.content)) return oldButton(state, context)
        return { state, messages: [], effects: [wish] }
      default:
        return oldButton(state, context)
    }
  },
}

function wishOf(input: Input): Wish | undefined {
  if (input.kind !== 'press') return undefined
  const [, list, value, on] = input.token.split(':')
  if (list === 't' && value === undefined) return { kind: 'show-topics' }
  if (list === 't' && value && on) return { kind: 'choose', choice: { kind: 'topic', value }, on: on === '1' }
  if (list !== 'c') return undefined
  if (/^\d{0,2}$/.test(value ?? '')) return { kind: 'show-communities', page: Number(value ?? 0) }
  return { kind: 'choose', choice: { kind: 'community', value: value ?? '' }, on: true }
}

function isOffered({ kind, value }: Choice, content: Content): boolean {
  if (kind === 'topic') return content.newsTopics.some(({ id }) => id === value)
  return value === OTHER_COMMUNITY || shownCommunities(content).some(({ id }) => id === value)
}

/** Names are the city's to give: those it hasn't confirmed are not shown. */
export function shownCommunities({ communities }: Content) {
  return communities.filter(({ confirmed }) => confirmed)
}

/** Lead to the choices; for messages of other topics. */
export function choiceButtons({ content, sentences }: Context, language: Language): Button[] {
  const t = sentences(language)
  const topics = content.newsTopics.length ? [{ label: t('choices.topics'), token: TOPICS }] : []
  const communities = content.communities.length
    ? [{ label: t('choices.community'), token: COMMUNITIES }]
    : []
  return [...topics, ...communities]
}

function topicsMessage({ language }: Conversation, choices: readonly Choice[], context: Context): Outbound {
  const t = context.sentences(language)
  const wanted = valuesOf(choices, 'topic')
  const topics = context.content.newsTopics.map(({ id, labels }) =>
    option(labels[language], wanted.includes(id), `${TOPICS}:${id}:${wanted.includes(id) ? 0 : 1}`),
  )
  return {
    blocks: [textBlock(t('choices.topicsQuestion'), t('choices.kept'))],
    buttons: [...topics, ...otherList(context, language, COMMUNITIES)],
  }
}

function communitiesMessage(
  { language }: Conversation,
  choices: readonly Choice[],
  page: number,
  context: Context,
): Outbound {
  const t = context.sentences(language)
  const [current] = valuesOf(choices, 'community')
  const all = shownCommunities(context.content)
  const shown = all.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
  const hasMore = all.length > (page + 1) * PAGE_SIZE
  const options = [...shown, { id: OTHER_COMMUNITY, name: t('choices.otherCommunity') }]
  return {
    blocks: [textBlock(t('choices.communityQuestion'), t('choices.kept'))],
    buttons: [
      ...options.map(({ id, name }) => option(name, id === current, `${COMMUNITIES}:${id}`)),
      ...(hasMore ? [{ label: t('choices.more'), token: `${COMMUNITIES}:${page + 1}` }] : []),
    ],
  }
}

function chosen(
  state: Conversation,
  { choice, choices }: { choice: Choice; choices: Choice[] },
  context: Context,
): Turn {
  if (choice.kind === 'topic') return reply(state, topicsMessage(state, choices, context))
  const t = context.sentences(state.language)
  return reply(state, {
    blocks: [textBlock(t('choices.chosen', { name: communityName(choice.value, t, context) }))],
    buttons: choiceButtons(context, state.language),
  })
}

function communityName(id: string, t: Translate, { content }: Context): string {
  return content.communities.find(community => community.id === id)?.name || t('choices.otherCommunity')
}

function otherList(context: Context, language: Language, token: string): Button[] {
  return choiceButtons(context, language).filter(button => 'token' in button && button.token === token)
}

function valuesOf(choices: readonly Choice[], kind: Choice['kind']): string[] {
  return choices.filter(choice => choice.kind === kind).map(({ value }) => value)
}

function option(label: string, isChosen: boolean, token: string): Button {
  return { label: isChosen ? `✓ ${label}` : label, token }
}

function oldButton(state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  return reply(state, textWithMenu(t, t('welcome.oldButton')))
}
