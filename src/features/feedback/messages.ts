// How proposals look in a chat, before any channel renders them.
import type { Content, Language } from '../../core/model/content.ts'
import type { ProposalDraft } from '../../core/model/conversation.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import { textIn } from '../../core/model/poll.ts'
import type { ProposalItem } from '../../core/model/proposal.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { type Piece, textBlock } from '../../core/text/rich.ts'
import { dayText, menuButton } from '../answers/index.ts'
import { CATEGORIES, isCategory } from './categories.ts'
import { shownReference } from './tokens.ts'

/** The longest proposal, in characters, and the shortest that says something. */
export const TEXT_MAX = 1500
export const TEXT_MIN = 10

/** Viber shows about this many buttons without scrolling. */
const PAGE_SIZE = 7

/** Everything a message about a proposal is made with. */
export type Speaker = Pick<Context, 'content' | 'sentences' | 'settings' | 'publicUrl'>

/** What happens with a proposal: who reads it, what is published, how long it is kept. */
export function rulesText(language: Language, { sentences, settings }: Speaker): string {
  return sentences(language)('feedback.rules', { days: settings.retentionDays.participation })
}

/** What is it about? `isTold`: the rules stood above the question for consent. */
export function categoriesMessage(language: Language, context: Speaker, isTold: boolean): Outbound {
  const t = context.sentences(language)
  const intro = isTold ? [] : [t('feedback.intro'), rulesText(language, context), '']
  return {
    blocks: [textBlock(...intro, t('feedback.which'))],
    buttons: [
      ...CATEGORIES.map(category => ({
        label: t(`feedback.category.${category}`),
        token: `f:c:${category}`,
      })),
      mineButton(t),
      menuButton(t),
    ],
  }
}

function mineButton(t: Translate): Button {
  return { label: t('feedback.mine'), token: 'f:mine' }
}

function giveUpButton(t: Translate): Button {
  return { label: t('feedback.giveUp'), token: 'f:no' }
}

/** Asks for the words; `problem`: what was wrong with those that came. */
export function askWords(language: Language, context: Speaker, problem?: SentenceKey): Outbound {
  const t = context.sentences(language)
  const asked = t('feedback.write', { max: TEXT_MAX })
  return {
    blocks: [textBlock(...(problem ? [t(problem, { max: TEXT_MAX })] : []), asked)],
    buttons: [giveUpButton(t)],
  }
}

/** What will be sent, to be looked at once more. `said`: what was just done. */
export function checkMessage(
  draft: ProposalDraft,
  language: Language,
  context: Speaker,
  said?: SentenceKey,
): Outbound {
  const t = context.sentences(language)
  const { category, text = '', community, photo } = draft
  const name = communityName(context.content, community)
  const lines: Piece[] = [
    ...(said ? [t(said), ''] : []),
    { text: t('feedback.check'), style: 'bold' },
    categoryName(category, t),
    `„${text}“`,
    ...(name ? [t('feedback.inCommunity', { name })] : []),
    t(photo ? 'feedback.withPhoto' : 'feedback.withoutPhoto'),
  ]
  const communities = shownCommunities(context.content).length > 0
  return {
    blocks: [textBlock(...lines)],
    buttons: [
      { label: t('feedback.send'), token: 'f:send' },
      photo
        ? { label: t('feedback.removePhoto'), token: 'f:nophoto' }
        : { label: t('feedback.addPhoto'), token: 'f:photo' },
      ...(communities ? [{ label: t('choices.community'), token: 'f:mz' }] : []),
      { label: t('feedback.rewrite'), token: 'f:text' },
      giveUpButton(t),
    ],
  }
}

/** A category in words; one of another version as it is. */
export function categoryName(category: string, t: Translate): string {
  return isCategory(category) ? t(`feedback.category.${category}`) : category
}

/** Names are the city's to give: those it hasn't confirmed are not shown. */
export function shownCommunities({ communities }: Content) {
  return communities.filter(({ confirmed }) => confirmed)
}

/** The name of a local community; empty for none and for one whose name nobody has confirmed. */
export function communityName(content: Content, id: string | undefined): string {
  return shownCommunities(content).find(community => community.id === id)?.name ?? ''
}

export function communitiesMessage(page: number, language: Language, context: Speaker): Outbound {
  const t = context.sentences(language)
  const all = shownCommunities(context.content)
  const shown = all.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
  const hasMore = all.length > (page + 1) * PAGE_SIZE
  return {
    blocks: [textBlock(t('feedback.whichCommunity'))],
    buttons: [
      ...shown.map(({ id, name }) => ({ label: name, token: `f:mz:${id}` })),
      ...(hasMore ? [{ label: t('choices.more'), token: `f:mz:${page + 1}` }] : []),
      { label: t('feedback.noCommunity'), token: 'f:mz:none' },
    ],
  }
}

/** Received: its reference, and what happens next. */
export function receivedMessage(
  reference: string,
  hasPhoto: boolean,
  language: Language,
  context: Speaker,
): Outbound {
  const t = context.sentences(language)
  const lines = [
    t('feedback.received', { reference: shownReference(reference) }),
    ...(hasPhoto ? [t('feedback.photoComes')] : []),
    t('feedback.next'),
  ]
  return { blocks: [textBlock(...lines)], buttons: [mineButton(t), menuButton(t)] }
}

/** A sentence of this feature with the ways on. */
export function feedbackSentence(
  t: Translate,
  key: SentenceKey,
  values?: Record<string, string | number>,
): Outbound {
  return {
    blocks: [textBlock(t(key, values))],
    buttons: [{ label: t('feedback.new'), token: 'f:new' }, mineButton(t), menuButton(t)],
  }
}

/** The person's proposals, one button each. */
export function mineMessage(items: readonly ProposalItem[], language: Language, context: Speaker): Outbound {
  const t = context.sentences(language)
  if (items.length === 0) return feedbackSentence(t, 'feedback.none')
  return {
    blocks: [textBlock(t('feedback.yours'))],
    buttons: [
      ...items.slice(0, PAGE_SIZE).map(({ reference, state }) => ({
        label: `${shownReference(reference)} – ${t(`feedback.state.${state}`)}`,
        token: `f:w:${reference}`,
      })),
      { label: t('feedback.new'), token: 'f:new' },
    ],
  }
}

/** One of the person's proposals, and what became of it. */
export function oneMessage(item: ProposalItem, language: Language, context: Speaker): Outbound {
  const t = context.sentences(language)
  const lines: Piece[] = [
    { text: `${shownReference(item.reference)} · ${dayText(item.day, language)}`, style: 'bold' },
    categoryName(item.category, t),
    `„${item.text}“`,
    '',
    ...stateLines(item, language, context),
    ...(item.isPublished ? [t('feedback.isPublished', { url: `${context.publicUrl}/proposals` })] : []),
  ]
  return { blocks: [textBlock(...lines)], buttons: [mineButton(t), menuButton(t)] }
}

type Told = Pick<ProposalItem, 'state' | 'department' | 'reason' | 'answer'>

/** What became of it, in words. */
function stateLines(item: Told, language: Language, context: Speaker): string[] {
  const t = context.sentences(language)
  const answer = item.answer ? [textIn(item.answer, language)] : []
  switch (item.state) {
    case 'received':
      return [t('feedback.state.received')]
    case 'passed':
      return [t('feedback.passedTo', { name: departmentName(item.department, language, context) })]
    case 'answered':
      return [t('feedback.answer'), ...answer]
    case 'declined':
      return [t('feedback.declined', { reason: reasonText(item.reason, language, context) }), ...answer]
  }
}

/** A department's name; one that was removed since has none. */
function departmentName(id: string | undefined, language: Language, { settings }: Speaker): string {
  return settings.departments.find(department => department.id === id)?.name[language] ?? ''
}

/** A reason in words; one that was removed since says nothing. */
function reasonText(id: string | undefined, language: Language, { settings }: Speaker): string {
  return settings.moderationReasons.find(reason => reason.id === id)?.texts[language] ?? ''
}

/** Tells the author of a change. */
export function changeMessage(
  reference: string,
  change:
    | Told
    | { publication: 'published' | 'refused'; refusal?: string }
    | { photo: 'unreadable' | 'too-large' },
  language: Language,
  context: Speaker,
): Outbound {
  const t = context.sentences(language)
  const head = { text: t('feedback.about', { reference: shownReference(reference) }), style: 'bold' as const }
  return { blocks: [textBlock(head, ...changeLines(change, language, context, t))], buttons: [] }
}

function changeLines(
  change: Parameters<typeof changeMessage>[1],
  language: Language,
  context: Speaker,
  t: Translate,
): string[] {
  if ('state' in change) return stateLines(change, language, context)
  if ('photo' in change)
    return [t(change.photo === 'too-large' ? 'feedback.photoLarge' : 'feedback.photoUnreadable')]
  if (change.publication === 'published')
    return [t('feedback.isPublished', { url: `${context.publicUrl}/proposals` })]
  return [t('feedback.notPublished', { reason: reasonText(change.refusal, language, context) })]
}
