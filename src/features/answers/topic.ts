// A question and what follows it: answer, "did you mean", one invitation to rephrase, an honest miss, "did this
// answer your question?", and the offer to send it to the city.
import type { Entry } from '../../core/model/content.ts'
import type { Conversation, Fragment } from '../../core/model/conversation.ts'
import type { Effect } from '../../core/model/effect.ts'
import type { Match } from '../../core/model/match.ts'
import { type Context, type Input, reply, type Topic, type Turn } from '../../core/model/topic.ts'
import { redact } from '../../core/text/redact.ts'
import { textBlock } from '../../core/text/rich.ts'
import { entryById, entryByToken, entryToken, hiddenBecause } from './catalog.ts'
import { answerMessage, entryButtons, suggestionMessage, textWithMenu, textWithSend } from './messages.ts'

const SUGGESTIONS_MAX = 3
const FRAGMENTS_MAX = 3
/** Messages this close together may be one thought in pieces. */
const FRAGMENT_WINDOW_MS = 30_000
const RATED_MAX = 20
/** Beyond this the matcher reads only the beginning, and the person is told. */
const QUESTION_MAX = 500
/** A question that may yet go to the city is remembered in full, as far as anybody writes in earnest. */
const REMEMBERED_MAX = 2000
/** A recorded question never needs more than this. */
const MISS_MAX = 300

export const REASONS = ['wrong', 'unclear', 'other'] as const
type Reason = (typeof REASONS)[number]

export const answersTopic: Topic = {
  id: 'answers',
  accepts: () => true,
  handle(state, input, context) {
    switch (input.kind) {
      case 'text':
        return ask(state, input.text, context)
      case 'press':
        return press(state, input.token, context)
      case 'start':
        return open(state, input.payload?.replace(/^faq-/, '') ?? '', context)
      default:
        return oldButton(state, context)
    }
  },
}

/** Whether a start link names an entry: `faq-<id>`. */
export function opensEntry(input: Input, context: Pick<Context, 'content'>): boolean {
  return (
    input.kind === 'start' &&
    entryById(context.content, input.payload?.replace(/^faq-/, '') ?? '') !== undefined
  )
}

function ask(state: Conversation, text: string, context: Context): Turn {
  const question = { typed: text, whole: text, match: context.match(text, { language: state.language }) }
  const understood = question.match.decision === 'answer' ? question : joinFragments(question, state, context)
  const turn = respond(understood, state, context)
  const answered = understood.match.decision === 'answer'
  const fragments = answered ? [] : remember(state.fragments, text, context.now)
  return { ...turn, state: { ...turn.state, fragments } }
}

type Question = { typed: string; whole: string; match: Match }

/** A thought in several quick messages: what came just before is read together with this one. */
function joinFragments(question: Question, state: Conversation, context: Context): Question {
  const recent = state.fragments.filter(fragment => context.now - fragment.at <= FRAGMENT_WINDOW_MS)
  if (recent.length === 0) return question
  const whole = [...recent.map(fragment => fragment.text), question.typed].join(' ')
  const match = context.match(whole, { language: state.language })
  const better =
    match.decision === 'answer' || (match.decision === 'suggest' && question.match.decision === 'handover')
  return better ? { ...question, whole, match } : question
}

function remember(fragments: Fragment[], text: string, now: number): Fragment[] {
  const recent = fragments.filter(fragment => now - fragment.at <= FRAGMENT_WINDOW_MS)
  return [...recent, { text: text.slice(0, QUESTION_MAX), at: now }].slice(-FRAGMENTS_MAX)
}

function respond(question: Question, state: Conversation, context: Context): Turn {
  const { match } = question
  switch (match.decision) {
    case 'answer':
      return direct(question, state, context)
    case 'suggest':
      return suggest(question, state, context)
    case 'redirect':
    case 'smalltalk':
      return negative(match, state, context)
    case 'handover':
      return miss(question, state, context)
  }
}

function direct(question: Question, state: Conversation, context: Context): Turn {
  const entry = entryById(context.content, question.match.top[0]?.id ?? '')
  if (!entry) return miss(question, state, context)
  return withCount(show(entry, question.whole, state, context), 'answer', entry.id)
}

/** Shows an entry and remembers it, so that "no" can offer the next candidates of the same question. */
function show(entry: Entry, question: string | undefined, state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  const message = answerMessage(entry, state, context)
  const wasCut = (question?.length ?? 0) > QUESTION_MAX
  const blocks = wasCut ? [textBlock(t('answer.cut')), ...message.blocks] : message.blocks
  const last = { entryId: entry.id, question: question?.slice(0, QUESTION_MAX) }
  // What the city hasn't confirmed is no answer: the question may still go to a person.
  const pending = hiddenBecause(entry, context.now) ? unanswered(question) : undefined
  return reply({ ...state, pending, last }, { ...message, blocks })
}

function unanswered(question: string | undefined): Conversation['pending'] {
  return question ? { kind: 'unanswered', question: question.slice(0, REMEMBERED_MAX) } : undefined
}

function suggest(question: Question, state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  const ids = question.match.top.map(candidate => candidate.id)
  const buttons = entryButtons(ids, state.language, context).slice(0, SUGGESTIONS_MAX)
  if (buttons.length === 0) return miss(question, state, context)
  const pending = { kind: 'suggestion' as const, question: question.whole.slice(0, REMEMBERED_MAX) }
  const turn = reply({ ...state, pending }, suggestionMessage(t('suggest.question'), buttons, t))
  return withCount(turn, 'suggest')
}

function negative(match: Match, state: Conversation, context: Context): Turn {
  const found = context.content.negatives.find(candidate => candidate.id === match.negative)
  const t = context.sentences(state.language)
  const text = found?.texts[state.language].answer ?? t('miss.rephrase')
  return withCount(reply({ ...state, pending: undefined }, textWithMenu(t, text)), match.decision)
}

/** First an invitation to say it differently; then the truth, the record and who can help. */
function miss(question: Question, state: Conversation, context: Context): Turn {
  if (state.pending?.kind === 'rephrase')
    return giveUp(state.pending.question, question.typed, state, context)
  const t = context.sentences(state.language)
  const vague = isVague(question)
  const pending = { kind: 'rephrase' as const, question: question.typed.slice(0, REMEMBERED_MAX) }
  const turn = reply({ ...state, pending }, textWithMenu(t, t(vague ? vague : 'miss.rephrase')))
  return withCount(turn, 'handover')
}

/** A word or two say too little to be a miss; no letters at all, not even that. */
function isVague({ typed }: Question): 'suggest.more' | 'welcome.noWords' | undefined {
  const words = typed.match(/\p{L}+/gu) ?? []
  if (words.length === 0) return 'welcome.noWords'
  return words.length <= 2 ? 'suggest.more' : undefined
}

function giveUp(first: string, second: string, state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  const office = context.content.city.office[state.language]
  const question = `${first.slice(0, QUESTION_MAX)} / ${second}`
  const candidates = context.match(question, { language: state.language }).top.slice(0, SUGGESTIONS_MAX)
  const message = textWithSend(t, t('miss.recorded'), t('case.invite'), t('answer.office', { office }))
  const whole = `${first}\n${second.slice(0, REMEMBERED_MAX)}`
  return {
    state: { ...state, pending: { kind: 'unanswered', question: whole }, fragments: [] },
    messages: [message],
    effects: [
      {
        kind: 'record-miss',
        question: redact(question).slice(0, MISS_MAX),
        candidates: candidates.map(candidate => candidate.id),
      },
      { kind: 'count-usage', decision: 'handover' },
    ],
  }
}

function press(state: Conversation, token: string, context: Context): Turn {
  const [kind, value = '', reason] = token.split(':')
  if (token === 'x:none') return none(state, context)
  const entry = entryByToken(context.content, value)
  if (!entry) return oldButton(state, context)
  if (kind === 'e') return chosen(entry, state, context)
  if (kind === 'y') return helped(entry, state, context)
  if (kind === 'n') return didNotHelp(entry, state, context)
  const known = REASONS.find(candidate => candidate === reason)
  if (kind === 'r' && known) return explained(entry, known, state, context)
  return oldButton(state, context)
}

function open(state: Conversation, id: string, context: Context): Turn {
  const entry = entryById(context.content, id)
  return entry ? chosen(entry, state, context) : oldButton(state, context)
}

function chosen(entry: Entry, state: Conversation, context: Context): Turn {
  const question = state.pending?.kind === 'suggestion' ? state.pending.question : undefined
  return withCount(show(entry, question, { ...state, fragments: [] }, context), 'answer', entry.id)
}

function none(state: Conversation, context: Context): Turn {
  const { pending } = state
  if (pending?.kind === 'reason') return askReason(pending.entryId, state, context)
  if (pending?.kind !== 'suggestion') return oldButton(state, context)
  const t = context.sentences(state.language)
  const next = { ...state, pending: { kind: 'rephrase' as const, question: pending.question }, fragments: [] }
  return reply(next, textWithSend(t, t('miss.rephrase'), t('case.invite')))
}

function helped(entry: Entry, state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  if (state.rated.includes(entry.id)) return reply(state, textWithMenu(t, t('rating.already')))
  return {
    state: rated(entry, state),
    messages: [textWithMenu(t, t('rating.thanks'))],
    effects: [{ kind: 'rate', entryId: entry.id, answered: true }],
  }
}

function didNotHelp(entry: Entry, state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  if (state.rated.includes(entry.id)) return reply(state, textWithMenu(t, t('rating.already')))
  const effects: Effect[] = [{ kind: 'rate', entryId: entry.id, answered: false }]
  const others = nextCandidates(entry, state, context)
  if (others.length === 0) return { ...askReason(entry.id, rated(entry, state), context), effects }
  const pending = { kind: 'reason' as const, entryId: entry.id }
  return {
    state: { ...rated(entry, state), pending },
    messages: [suggestionMessage(t('rating.sorry'), others, t)],
    effects,
  }
}

function rated(entry: Entry, state: Conversation): Conversation {
  return { ...state, rated: [...state.rated, entry.id].slice(-RATED_MAX) }
}

function nextCandidates(entry: Entry, state: Conversation, context: Context) {
  const asked = state.last?.entryId === entry.id ? state.last.question : undefined
  const ids = asked
    ? context.match(asked, { language: state.language }).top.map(({ id }) => id)
    : entry.related
  const others = ids.filter(id => id !== entry.id)
  return entryButtons(others, state.language, context).slice(0, SUGGESTIONS_MAX)
}

function askReason(entryId: string, state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  const token = entryToken(entryId)
  return reply(
    { ...state, pending: undefined },
    {
      blocks: [textBlock(t('rating.why'))],
      buttons: REASONS.map(reason => ({
        label: t(`rating.reasons.${reason}`),
        token: `r:${token}:${reason}`,
      })),
    },
  )
}

function explained(entry: Entry, reason: Reason, state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  const office = t('answer.office', { office: context.content.city.office[state.language] })
  const { last } = state
  const question = last?.entryId === entry.id ? last.question : undefined
  return {
    state: { ...state, pending: unanswered(question) },
    messages: [textWithSend(t, t('rating.noted'), t('case.invite'), office)],
    effects: [{ kind: 'explain-rating', entryId: entry.id, reason }],
  }
}

function oldButton(state: Conversation, context: Context): Turn {
  const t = context.sentences(state.language)
  return reply(state, textWithMenu(t, t('welcome.oldButton')))
}

function withCount(turn: Turn, decision: Match['decision'], entryId?: string): Turn {
  return { ...turn, effects: [...turn.effects, { kind: 'count-usage', decision, entryId }] }
}
