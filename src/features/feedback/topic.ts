// Proposals in a chat: what it is about, the words, perhaps where and a picture, one look, sent. Until it is sent,
// nothing is kept but in the chat's own state.
import { type Conversation, isAwaited, type ProposalDraft } from '../../core/model/conversation.ts'
import type { Outcome } from '../../core/model/effect.ts'
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'
import { consentQuestion, needsConsent } from '../consent/index.ts'
import {
  askWords,
  categoriesMessage,
  checkMessage,
  communitiesMessage,
  feedbackSentence,
  mineMessage,
  oneMessage,
  receivedMessage,
  rulesText,
  shownCommunities,
  TEXT_MAX,
  TEXT_MIN,
} from './messages.ts'
import { type Wish, wishOf } from './tokens.ts'

/** Bytes of a picture; what is larger is not even fetched. */
const PHOTO_MAX = 5 * 1024 * 1024

export const feedbackTopic: Topic = {
  id: 'feedback',
  accepts(state, input, now) {
    if (input.kind === 'text') return isFresh(state, now) && state.draft?.awaits === 'words'
    if (input.kind === 'attachment') return isFresh(state, now)
    return (input.kind === 'press' && /^f(?::|$)/.test(input.token)) || wishIn(input) !== undefined
  },
  loads: (_state, input) =>
    input.kind === 'outcome' ? [] : [{ kind: 'consents' }, { kind: 'choices' }, { kind: 'proposals' }],
  handle(state, input, context) {
    switch (input.kind) {
      case 'outcome':
        return told(state, input.outcome, context)
      case 'text':
        return withDraft(state, context, draft => words(state, draft, input.text, context))
      case 'attachment':
        return withDraft(state, context, draft => attached(state, draft, input, context))
      default:
        return onWish(state, wishIn(input), context)
    }
  },
}

function isFresh({ draft }: Conversation, now: number): boolean {
  return draft !== undefined && isAwaited(draft, now)
}

function wishIn(input: Input): Wish | undefined {
  if (input.kind === 'command') return input.command === 'proposal' ? { kind: 'begin' } : undefined
  if (input.kind === 'start') return input.payload === 'predlog' ? { kind: 'begin' } : undefined
  return input.kind === 'press' ? wishOf(input.token) : undefined
}

function onWish(state: Conversation, wish: Wish | undefined, context: Context): Turn {
  if (!wish) return reply(state, say(state, context, 'welcome.oldButton'))
  switch (wish.kind) {
    case 'begin':
    case 'begun':
      return begin(state, context, wish.kind === 'begun')
    case 'category':
      return startDraft(state, wish.category, context)
    case 'mine':
      return reply(state, mineMessage(context.data.proposals ?? [], state.language, context))
    case 'one':
      return showOne(state, wish.reference, context)
    case 'give-up':
      return reply({ ...state, draft: undefined }, say(state, context, 'feedback.givenUp'))
    default:
      return withDraft(state, context, draft => onDraft(state, draft, wish, context))
  }
}

/** Everything that leads to something being kept is asked for consent first. */
function begin(state: Conversation, context: Context, isTold: boolean): Turn {
  const { language } = state
  if (needsConsent(context, 'participation')) {
    const asked = consentQuestion(context, language, 'f:new')
    const intro = textBlock(context.sentences(language)('feedback.intro'), rulesText(language, context))
    return reply(state, { ...asked, blocks: [intro, ...asked.blocks] })
  }
  return reply({ ...state, draft: undefined }, categoriesMessage(language, context, isTold))
}

function startDraft(state: Conversation, category: string, context: Context): Turn {
  if (needsConsent(context, 'participation')) return begin(state, context, false)
  const chosen = context.data.choices?.find(({ kind }) => kind === 'community')?.value
  const community = shownCommunities(context.content).find(({ id }) => id === chosen)?.id
  const draft: ProposalDraft = {
    awaits: 'words',
    category,
    at: context.now,
    ...(community && { community }),
  }
  return reply({ ...state, pending: undefined, fragments: [], draft }, askWords(state.language, context))
}

/** Works on the draft of this chat; where there is none, the button is of an older message. */
function withDraft(state: Conversation, context: Context, work: (draft: ProposalDraft) => Turn): Turn {
  const { draft } = state
  if (!draft) return reply(state, say(state, context, 'feedback.noDraft'))
  return needsConsent(context, 'participation') ? begin(state, context, false) : work(draft)
}

function onDraft(state: Conversation, draft: ProposalDraft, wish: Wish, context: Context): Turn {
  const { language } = state
  switch (wish.kind) {
    case 'rewrite':
      return reply(drafted(state, { ...draft, awaits: 'words' }, context), askWords(language, context))
    case 'communities':
      return reply(state, communitiesMessage(wish.page, language, context))
    case 'community':
      return withCommunity(state, draft, wish.id, context)
    case 'photo':
      return reply(drafted(state, draft, context), say(state, context, 'feedback.sendPhoto', true))
    case 'no-photo':
      return check(state, { ...draft, photo: undefined }, context)
    case 'send':
      return send(state, draft, context)
    default:
      return reply(state, say(state, context, 'welcome.oldButton'))
  }
}

function withCommunity(
  state: Conversation,
  draft: ProposalDraft,
  id: string | undefined,
  context: Context,
): Turn {
  const isShown = shownCommunities(context.content).some(community => community.id === id)
  if (id !== undefined && !isShown) return reply(state, say(state, context, 'welcome.oldButton'))
  return check(state, { ...draft, community: id }, context)
}

function drafted(state: Conversation, draft: ProposalDraft, { now }: Context): Conversation {
  return { ...state, draft: { ...draft, at: now } }
}

/** Shows what will be sent; without words yet, asks for them. */
function check(state: Conversation, draft: ProposalDraft, context: Context, said?: SentenceKey): Turn {
  if (!draft.text) return reply(drafted(state, draft, context), askWords(state.language, context, said))
  const ready: ProposalDraft = { ...draft, awaits: 'sending' }
  return reply(drafted(state, ready, context), checkMessage(ready, state.language, context, said))
}

function words(state: Conversation, draft: ProposalDraft, typed: string, context: Context): Turn {
  const text = typed.trim()
  const length = [...text].length
  if (length < TEXT_MIN)
    return reply(drafted(state, draft, context), askWords(state.language, context, 'feedback.tooShort'))
  if (length > TEXT_MAX)
    return reply(drafted(state, draft, context), askWords(state.language, context, 'feedback.tooLong'))
  return check(state, { ...draft, text }, context)
}

/** A picture, perhaps with the words as its caption. */
function attached(
  state: Conversation,
  draft: ProposalDraft,
  { attachment, caption = '', file }: Extract<Input, { kind: 'attachment' }>,
  context: Context,
): Turn {
  if (attachment !== 'photo' || !file) return check(state, draft, context, 'feedback.onlyPhoto')
  if ((file.bytes ?? 0) > PHOTO_MAX) return check(state, draft, context, 'feedback.photoLarge')
  const said = caption.trim()
  const length = [...said].length
  const text = draft.awaits === 'words' && length >= TEXT_MIN && length <= TEXT_MAX ? said : draft.text
  return check(state, { ...draft, text, photo: file }, context, 'feedback.photoAdded')
}

function send(
  state: Conversation,
  { text, category, community, photo }: ProposalDraft,
  context: Context,
): Turn {
  if (!text) return reply(state, askWords(state.language, context))
  return {
    state,
    messages: [],
    effects: [
      {
        kind: 'propose',
        category,
        text,
        ...(community && { community }),
        ...(photo && { photo: { ref: photo.ref } }),
      },
    ],
  }
}

function told(state: Conversation, outcome: Outcome, context: Context): Turn {
  if (outcome.kind !== 'proposed') return reply(state)
  const hasPhoto = state.draft?.photo !== undefined
  if (!outcome.reference) return reply(state, say(state, context, 'feedback.enough'))
  const next = { ...state, draft: undefined }
  return reply(next, receivedMessage(outcome.reference, hasPhoto, state.language, context))
}

function showOne(state: Conversation, reference: string, context: Context): Turn {
  const item = context.data.proposals?.find(proposal => proposal.reference === reference)
  return reply(
    state,
    item ? oneMessage(item, state.language, context) : say(state, context, 'feedback.unknown'),
  )
}

/** `inDraft`: the person goes on with what they were writing. */
function say(state: Conversation, context: Context, key: SentenceKey, inDraft = false) {
  const t = context.sentences(state.language)
  if (!inDraft) return feedbackSentence(t, key)
  return {
    blocks: [textBlock(t(key))],
    buttons: [{ label: t('feedback.withoutPhotoGo'), token: 'f:nophoto' }],
  }
}
