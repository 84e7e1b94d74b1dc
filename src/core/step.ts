// One event of one chat → its next state and what is said. Knows the order of things that hold for
// every topic: limits, commands, typed numbers, language, privacy line, script. Topics know the rest.
import { parseCommand } from './command.ts'
import type { Content, Language } from './model/content.ts'
import {
  awaitsFile,
  awaitsWords,
  type Conversation,
  newConversation,
  type Pending,
} from './model/conversation.ts'
import type { Data, Effect, Outcome, Query } from './model/effect.ts'
import type { Event, Received } from './model/event.ts'
import type { Block, Button, Outbound } from './model/message.ts'
import type { Settings } from './model/settings.ts'
import { type Context, type Input, reply, type Topic, type Translate, type Turn } from './model/topic.ts'
import { fold } from './text/fold.ts'
import { scriptOf, tagOf } from './text/script.ts'
import { inCyrillic } from './text/transliterate-message.ts'
import { withExtraHolidays } from './time/extra-holidays.ts'

/** Effects may be answered by outcomes, outcomes by effects; a topic that goes on asking is cut off here. */
const ROUNDS_MAX = 3
/** More messages than this in RATE_WINDOW_MS get one sentence about it, then silence. */
export const RATE_MAX = 30
const RATE_WINDOW_MS = 10_000

/** What the step needs from outside, once per content version. */
export type Knowledge = {
  topics: readonly Topic[]
  content: Content
  match: Context['match']
  sentences: (language: Language) => Translate
  publicUrl: string
  settings: Settings
}

/** What the turn's transaction offers while a step runs. */
export type World = {
  load(queries: Query[]): Promise<Data>
  /** `language`: the one the person is answered in. */
  run(effects: Effect[], language: Language): Promise<Outcome[]>
}

export type StepInput = {
  state: Conversation
  received: Received
  /** The buttons of the message with buttons that was sent last to this chat. */
  buttons: Button[]
  /** Milliseconds since the epoch. */
  now: number
}

export type StepResult = { state: Conversation; messages: Outbound[] }

/** Builds the step for one content version. It never throws on an event, and every message gets a reply. */
export function createStep(knowledge: Knowledge): (input: StepInput, world: World) => Promise<StepResult> {
  return async (input, world) => {
    const { received, now } = input
    const { event } = received
    if (event.kind === 'blocked' || event.kind === 'unblocked') return { state: input.state, messages: [] }
    const context = contextFor(knowledge, now)
    if (received.group) return finish(reply(input.state, say(context, input.state, 'welcome.group')), context)

    const { state, verdict } = countMessage(input.state, now)
    if (verdict === 'silent') return { state, messages: [] }
    if (verdict === 'tell') return finish(reply(state, say(context, state, 'welcome.slowDown')), context)

    const interpreted = interpret(event, state, input.buttons)
    const writer = followWriter(turnedAway(state, interpreted), event, interpreted, context)
    const topics = topicsOn(knowledge, received.channel)
    const talk = (from: Conversation, input: Input) => converse(topics, from, input, context, world)
    const turn = await talk(writer, interpreted)
    const { goOn } = turn
    const whole = goOn ? append(turn, await talk(turn.state, { kind: 'press', ...goOn })) : turn
    return finish(withNotice(withPrivacyLine(whole, context), context), context)
  }
}

/**
 * What a newcomer is greeted with on channels that ask before a chat exists. `payload` is what their
 * link carried. Nothing is remembered of it.
 */
export function greet(
  knowledge: Knowledge,
  channel: Received['channel'],
  language: Language,
  payload?: string,
): Outbound {
  const context = contextFor(knowledge, 0)
  const state = newConversation(language)
  const input: Input = { kind: 'start', payload }
  const topic = topicsOn(knowledge, channel).find(candidate => candidate.accepts(state, input, context.now))
  const turn = topic?.handle(state, input, context) ?? reply(state, say(context, state, 'welcome.greeting'))
  return withPrivacyLine(turn, context).messages[0] ?? say(context, state, 'welcome.greeting')
}

/** What people decide about themselves holds while the bot rests, too. */
const NEVER_RESTING: readonly Topic['id'][] = ['rights', 'consent']

const resting: Topic = {
  id: 'resting',
  accepts: () => true,
  handle(state, _input, { sentences, content }) {
    const text = sentences(state.language)('welcome.resting', { office: content.city.office[state.language] })
    return reply(state, { blocks: [{ kind: 'text', text }], buttons: [] })
  },
}

/** Staff may pause a channel: then the bot says that it rests. */
function topicsOn({ topics, settings }: Knowledge, channel: Received['channel']): readonly Topic[] {
  if (channel === 'terminal' || !settings.paused.includes(channel)) return topics
  return [...topics.filter(({ id }) => NEVER_RESTING.includes(id)), resting]
}

function contextFor(knowledge: Knowledge, now: number): Context {
  const { sentences, publicUrl, settings } = knowledge
  const content = withExtraHolidays(knowledge.content, settings.extraHolidays)
  const matches = new Map<string, ReturnType<Context['match']>>()
  // A text is matched once per step, in the language the chat had when it came.
  const match: Context['match'] = (text, hint) => {
    const known = matches.get(text) ?? knowledge.match(text, hint)
    matches.set(text, known)
    return known
  }
  return { content, sentences, publicUrl, settings, match, now, data: {} }
}

function say(context: Context, state: Conversation, key: Parameters<Translate>[0]): Outbound {
  return { blocks: [{ kind: 'text', text: context.sentences(state.language)(key) }], buttons: [] }
}

type Verdict = 'answer' | 'tell' | 'silent'

function countMessage(state: Conversation, now: number): { state: Conversation; verdict: Verdict } {
  const fresh = now - state.rate.from >= RATE_WINDOW_MS
  const count = fresh ? 1 : state.rate.count + 1
  const tooMany = count > RATE_MAX
  const told = !fresh && state.rate.told
  const rate = { from: fresh ? now : state.rate.from, count, told: told || tooMany }
  return { state: { ...state, rate }, verdict: tooMany ? (told ? 'silent' : 'tell') : 'answer' }
}

/** A typed command, number or button label is read as what it stands for. */
function interpret(
  event: Extract<Input, { kind: Received['event']['kind'] }>,
  state: Conversation,
  buttons: Button[],
): Input {
  if (event.kind === 'attachment' && event.caption?.trim() && !(event.file && awaitsFile(state)))
    return { kind: 'text', text: event.caption }
  if (event.kind !== 'text') return event
  const command = parseCommand(event.text)
  if (command?.command === 'start') return { kind: 'start', payload: command.argument || undefined }
  if (command) return { kind: 'command', ...command }
  const awaitsNumber = state.pending?.kind === 'workshop-size' && NUMBER.test(event.text)
  const token = awaitsNumber ? undefined : typedButton(event.text, buttons)
  return token ? { kind: 'press', token } : event
}

/** Questions that the next text answers, whatever it is. */
const AWAIT_TEXT: readonly Pending['kind'][] = [
  'case-text',
  'workshop-size',
  'workshop-door',
  'workshop-comment',
  'workshop-wish',
]

/** Whoever presses a button or sends a command has left such a question: a later text is no answer to it. */
function turnedAway(state: Conversation, { kind }: Input): Conversation {
  const stays = kind === 'text' || kind === 'attachment'
  const awaits = state.pending && AWAIT_TEXT.includes(state.pending.kind)
  return stays || !awaits ? state : { ...state, pending: undefined }
}

const NUMBER = /^\s*(\d{1,2})[.)]?\s*$/

function typedButton(text: string, buttons: Button[]): string | undefined {
  const answers = buttons.filter(button => 'token' in button)
  const number = NUMBER.exec(text)
  if (number) return answers[Number(number[1]) - 1]?.token
  if (text.length > LABEL_TYPED_MAX) return undefined
  const typed = fold(text)
  return typed ? answers.find(button => folded(button.label) === typed)?.token : undefined
}

/** Nobody copies a longer label by hand. */
const LABEL_TYPED_MAX = 120
/** Labels come back with every answer; this many are kept folded. */
const LABELS_KEPT = 2000
const foldedLabels = new Map<string, string>()

function folded(label: string): string {
  const known = foldedLabels.get(label)
  if (known !== undefined) return known
  if (foldedLabels.size >= LABELS_KEPT) foldedLabels.clear()
  const plain = fold(label)
  foldedLabels.set(label, plain)
  return plain
}

/** A code and a number are in no language. */
function awaitsCode({ pending }: Conversation): boolean {
  return pending?.kind === 'workshop-door' || pending?.kind === 'workshop-size'
}

/** The bot answers in the language and script a person writes, unless they chose one. */
function followWriter(state: Conversation, event: Event, input: Input, context: Context): Conversation {
  const theirs = awaitsCode(state) || awaitsWords(state, context.now)
  if (event.kind !== 'text' || state.languageChosen || theirs) return state
  const script = scriptOf(event.text)
  if (input.kind === 'text' && script) {
    const { language } = context.match(event.text, { language: state.language })
    return { ...state, language, script: language === 'sr' ? script : 'latn' }
  }
  // Command menus offer Latin commands only: a Cyrillic one tells something, a Latin one doesn't.
  return script === 'cyrl' && state.language === 'sr' ? { ...state, script } : state
}

async function converse(
  topics: readonly Topic[],
  state: Conversation,
  input: Input,
  context: Context,
  world: World,
): Promise<Turn> {
  const topic = topics.find(candidate => candidate.accepts(state, input, context.now))
  if (!topic) throw new Error(`no topic accepts an input of kind ${input.kind}`)
  const queries = topic.loads?.(state, input) ?? []
  const data = queries.length ? await world.load(queries) : {}
  const informed = { ...context, data }
  let turn = topic.handle(state, input, informed)
  for (let round = 0; round < ROUNDS_MAX && turn.effects.length > 0; round++) {
    const outcomes = await world.run(turn.effects, turn.state.language)
    turn = outcomes.reduce<Turn>(
      (before, outcome) => append(before, topic.handle(before.state, { kind: 'outcome', outcome }, informed)),
      { ...turn, effects: [] },
    )
  }
  return turn
}

function append(before: Turn, after: Turn): Turn {
  const messages = [...before.messages, ...after.messages]
  return { ...before, ...after, messages, effects: [...before.effects, ...after.effects] }
}

function withPrivacyLine(turn: Turn, context: Context): Turn {
  const last = turn.messages.at(-1)
  if (turn.state.privacyShown || !last) return turn
  // The notice opens in the language and script of this line, unless its reader chose another one.
  const url = `${context.publicUrl}/privacy?prefer=${tagOf(turn.state)}`
  const text = context.sentences(turn.state.language)('welcome.privacy', { url })
  const message: Outbound = { ...last, blocks: [...last.blocks, { kind: 'text', text }] }
  return {
    ...turn,
    state: { ...turn.state, privacyShown: true },
    messages: [...turn.messages.slice(0, -1), message],
  }
}

/** What staff must tell everybody stands once above the first reply of each chat. */
function withNotice(turn: Turn, { settings, now }: Context): Turn {
  const { notice } = settings
  const [first, ...rest] = turn.messages
  if (!first || !notice || turn.state.noticeSeen === notice.id || Date.parse(notice.until) <= now) return turn
  const block: Block = { kind: 'text', text: notice.texts[turn.state.language] }
  const message = { ...first, blocks: [block, ...first.blocks] }
  return { ...turn, state: { ...turn.state, noticeSeen: notice.id }, messages: [message, ...rest] }
}

function finish(turn: Turn, context: Context): StepResult {
  const { state, messages } = turn
  if (state.script === 'latn' || state.language !== 'sr') return { state, messages }
  const { protectedWords } = context.content.city
  return { state, messages: messages.map(message => inCyrillic(message, protectedWords)) }
}
