// Answers what the intake stored, strictly in order within a chat. Most turns only talk: they read, think
// and write in two statements, which turns of other chats share, and the write counts only if nothing
// happened in the chat in between. A turn that has to do or to know something is begun again inside a
// transaction that holds the person.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Language } from '../core/model/content.ts'
import type { Effect, EffectContext } from '../core/model/effect.ts'
import type { Received } from '../core/model/event.ts'
import type { Outbound } from '../core/model/message.ts'
import type { Translate } from '../core/model/topic.ts'
import type { createStep, StepResult, World } from '../core/step.ts'
import { lockPeople, PeopleBusy, purgeNow } from '../people/index.ts'
import { batched } from '../platform/batch.ts'
import { createChains } from '../platform/chains.ts'
import type { Database, Sql } from '../platform/db/database.ts'
import type { Log } from '../platform/log.ts'
import { type Deed, type EffectHandlers, type Loaders, loadData, runDeeds } from './handlers.ts'
import type { Chat } from './intake.ts'
import { answersTotal, turnsTotal } from './metrics.ts'
import {
  type Ended,
  firstGuess,
  forgottenChats,
  type Loaded,
  loadAll,
  lockPerson,
  noteFailure,
  register,
  type Saved,
  saveAll,
  type Usage,
} from './store.ts'

const ATTEMPTS_MAX = 3
/** A chat is held by another turn for about as long as one write takes. */
const BUSY_MS = 20
/** An event this old without an answer was left behind by somebody. */
const FORGOTTEN_AFTER_MS = 5000

/** The messages of one turn on their way to one chat; `rows[i]` is the outbox row of `messages[i]`. */
export type Produced = {
  chat: Chat
  addressId: string
  reference: unknown
  rows: Saved[]
  messages: Outbound[]
}

export type TurnOptions = {
  database: Database
  step: ReturnType<typeof createStep>
  effectHandlers: EffectHandlers
  loaders: Loaders
  /** Takes over the messages once they are committed. */
  deliver(produced: Produced): void
  sentences(language: Language): Translate
  publicUrl: string
  log: Log
}

export interface Turns {
  /** Answers the oldest unanswered event of the chat, after what is queued for it already. */
  add(chat: Chat): void
  /** Picks up events that a crash or a failed attempt left behind. */
  sweep(): Promise<void>
  /** Resolves when nothing is being answered. */
  idle(): Promise<void>
}

/** More chats at once would only wait for each other: the step itself runs on one thread. */
const CHATS_AT_ONCE = 64

/** A turn's way to the database; the statements of turns that only talk go together. */
type Desk = TurnOptions & {
  load(chat: Chat): Promise<Loaded | undefined>
  save(ended: Ended): Promise<Saved[] | undefined>
}

export function createTurns(options: TurnOptions): Turns {
  const { database, log } = options
  const { sql } = database
  const desk: Desk = {
    ...options,
    load: batched(chats => loadAll(sql, chats)),
    save: batched(turns => saveAll(sql, turns)),
  }
  const chains = createChains(CHATS_AT_ONCE, error =>
    log.error({ err: error }, 'a turn broke outside its attempt'),
  )
  const keyOf = (chat: Chat) => `${chat.channel} ${chat.address}`
  const add = (chat: Chat) => chains.add(keyOf(chat), () => answerOldest(desk, chat))
  return {
    add,
    idle: () => chains.idle(),
    async sweep() {
      const chats = await forgottenChats(database.sql, FORGOTTEN_AFTER_MS)
      for (const chat of chats) if (!chains.has(keyOf(chat))) add(chat)
    },
  }
}

async function answerOldest(desk: Desk, chat: Chat): Promise<void> {
  let loaded: Loaded | undefined
  try {
    loaded = await loadChat(desk, chat)
    if (!loaded?.inbox) return
    desk.deliver(await answer(desk, chat, loaded))
  } catch (error) {
    if (error instanceof Overtaken) return answerOldest(desk, chat)
    await failed(desk, chat, loaded, error)
  }
}

/** Another instance answered in this chat first: nothing of this attempt was written. */
class Overtaken extends Error {}

/** Talking is not enough: the step asked for a deed or a fact. */
class NeedsTransaction extends Error {}

async function answer(desk: Desk, chat: Chat, loaded: Loaded): Promise<Produced> {
  try {
    return await turn(desk, chat, loaded, refusing)
  } catch (error) {
    if (!(error instanceof NeedsTransaction)) throw error
    return act(desk, chat, loaded)
  }
}

/** `held`: people besides the chat's own whom the turn turned out to change; all are locked in the same order. */
async function act(desk: Desk, chat: Chat, loaded: Loaded, held: string[] = []): Promise<Produced> {
  try {
    return await desk.database.transaction(async sql => {
      if (held.length) await lockPeople(sql, [loaded.personId, ...held])
      if (!(await lockPerson(sql, loaded))) throw new Overtaken()
      return turn(deskIn(desk, sql), chat, loaded, acting(desk, sql))
    })
  } catch (error) {
    if (!(error instanceof PeopleBusy)) throw error
    // The first time the locks themselves wait; after that it is a chat that somebody is writing to.
    if (held.length) await sleep(BUSY_MS)
    return act(desk, chat, loaded, error.personIds)
  }
}

/** Answers a step's questions and carries out its deeds. */
type Hands = {
  load(context: EffectContext): World['load']
  run(deeds: Deed[], context: EffectContext): ReturnType<World['run']>
}

const refusing: Hands = {
  load: () => () => Promise.reject(new NeedsTransaction()),
  run: () => Promise.reject(new NeedsTransaction()),
}

/** Inside a transaction a turn is written with what it did. */
function deskIn(desk: Desk, sql: Sql): Desk {
  return { ...desk, save: async ended => (await saveAll(sql, [ended]))[0] }
}

function acting({ effectHandlers, loaders }: TurnOptions, sql: Sql): Hands {
  return {
    load: context => queries => loadData(loaders, sql, queries, context),
    run: (deeds, context) => runDeeds(effectHandlers, sql, deeds, context),
  }
}

async function turn(desk: Desk, chat: Chat, loaded: Loaded, hands: Hands): Promise<Produced> {
  const { inbox, addressId, reference } = loaded
  if (!inbox) throw new Error('a turn needs an event')
  const usage: Usage[] = []
  const result = await runStep(desk, loaded, inbox.received, hands, usage)
  const reachable = inbox.received.event.kind !== 'blocked'
  const rows = await desk.save({ loaded, inboxId: inbox.id, reachable, usage, ...result })
  if (!rows) throw new Overtaken()
  turnsTotal.inc({ channel: chat.channel, outcome: 'answered' })
  for (const { decision } of usage) answersTotal.inc({ channel: chat.channel, decision })
  return { chat, addressId, reference, rows, messages: result.messages }
}

/** The chat as it is now; registered if it is new, begun afresh if it was erased a moment ago. */
async function loadChat({ load, database }: Desk, chat: Chat): Promise<Loaded | undefined> {
  const { sql } = database
  const loaded = await load(chat)
  if (loaded && !(loaded.erased && loaded.inbox)) return loaded
  const guess = await firstGuess(sql, chat)
  if (!guess) return undefined
  if (loaded) await purgeNow(sql, loaded.personId)
  await register(sql, chat, guess)
  return load(chat)
}

function runStep(
  desk: Desk,
  { state, buttons, personId, addressId }: Loaded,
  received: Received,
  hands: Hands,
  usage: Usage[],
): Promise<StepResult> {
  const now = new Date()
  const { channel } = received
  const { publicUrl } = desk
  const context: EffectContext = { personId, addressId, channel, language: state.language, publicUrl, now }
  return desk.step(
    { state, received, buttons, now: now.getTime() },
    {
      load: hands.load(context),
      async run(effects, language) {
        usage.push(...effects.filter(isCount))
        const deeds = effects.filter(isDeed)
        return deeds.length ? hands.run(deeds, { ...context, language }) : []
      },
    },
  )
}

function isCount(effect: Effect): effect is Extract<Effect, { kind: 'count-usage' }> {
  return effect.kind === 'count-usage'
}

function isDeed(effect: Effect): effect is Deed {
  return effect.kind !== 'count-usage'
}

/** Tried again by the sweep; after the last attempt the person is told, and the event is kept for whoever mends it. */
async function failed(desk: Desk, chat: Chat, loaded: Loaded | undefined, error: unknown): Promise<void> {
  const { database, log } = desk
  const { inbox } = loaded ?? {}
  log.error({ err: error, channel: chat.channel, inbox: inbox?.id }, 'an event was not answered')
  turnsTotal.inc({ channel: chat.channel, outcome: 'failed' })
  if (!loaded || !inbox || (await noteFailure(database.sql, inbox.id)) < ATTEMPTS_MAX) return
  const apology = desk.sentences(loaded.state.language)('welcome.failed')
  const messages: Outbound[] = [{ blocks: [{ kind: 'text', text: apology }], buttons: [] }]
  const { state, addressId, reference } = loaded
  const ended = { loaded, inboxId: inbox.id, state, messages, usage: [], reachable: true, failed: true }
  const rows = await desk.save(ended)
  if (rows) desk.deliver({ chat, addressId, reference, rows, messages })
}
