import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Content, Entry, Language } from '../../src/core/model/content.ts'
import { LANGUAGES } from '../../src/core/model/content.ts'
import { type Conversation, newConversation } from '../../src/core/model/conversation.ts'
import type { Effect, Outcome, OwnCase } from '../../src/core/model/effect.ts'
import type { Attachment, Event } from '../../src/core/model/event.ts'
import type { Decision, Match } from '../../src/core/model/match.ts'
import { type Button, type Outbound, TOKEN_MAX } from '../../src/core/model/message.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { reply, type Topic } from '../../src/core/model/topic.ts'
import { createStep, greet, type Knowledge, RATE_MAX, type World } from '../../src/core/step.ts'
import { topics } from '../../src/features/index.ts'
import { echoKnowledge } from '../support/echo.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')

function entry(id: string, more: Partial<Entry> = {}): Entry {
  const text = {
    title: `Naslov ${id}`,
    phrasings: [],
    keywords: [],
    answer: `Odgovor ${id}`,
    steps: ['Korak'],
  }
  return {
    id,
    category: 'basics',
    status: 'published',
    confidence: 'V',
    owner: 'informisanje',
    lastChecked: '2026-11-23',
    reviewBy: '2027-11-23',
    sources: [{ name: 'Zakon', article: 'čl. 1', url: 'https://zakon.example' }],
    facts: [],
    gaps: [],
    related: ['water', 'roads', 'draft'],
    texts: { sr: text, bs: text, en: text },
    ...more,
  }
}

const content: Content = {
  ...echoKnowledge().content,
  entries: [
    entry('water'),
    entry('roads'),
    entry('draft', { status: 'draft' }),
    entry('old', { reviewBy: '2026-01-01' }),
    entry('unchecked', { confidence: 'B' }),
  ],
}
const ids = content.entries.map(({ id }) => id)

/** A matcher that answers what the test tells it to. */
const matcher = (decision: Decision, top: string[], language: Language = 'sr'): Knowledge['match'] => {
  const found: Match = {
    decision,
    top: top.map(id => ({ id, confidence: 0.5, scores: { bm25: 0, phrasing: 0, centroid: 0 }, words: [] })),
    negative: 'unknown',
    language,
    script: 'latn',
    corrections: [],
  }
  return () => found
}

const knowledge = (match: Knowledge['match']): Knowledge => ({ ...echoKnowledge(topics), content, match })

const ownCase: OwnCase = {
  reference: '234567',
  question: 'Zašto?',
  state: 'open',
  openedAt: NOW,
  expectedOn: '2026-11-27',
  here: true,
}

const world: World = {
  load: async () => ({ consents: [], cases: [ownCase] }),
  run: async effects => effects.flatMap(outcomeOf),
}

function outcomeOf(effect: Effect): Outcome[] {
  switch (effect.kind) {
    case 'give-consent':
      return [{ kind: 'consent-given', purpose: effect.purpose, already: false }]
    case 'withdraw-consent':
      return [{ kind: 'consent-withdrawn', purpose: effect.purpose, was: true }]
    case 'export-data':
      return [{ kind: 'exported', rows: {} }]
    case 'make-files': {
      const made = { mediaId: 'm', url: 'https://x.example/m', bytes: 2 }
      return [{ kind: 'files-made', files: effect.files.map(({ name }) => ({ ...made, name })) }]
    }
    case 'erase-data':
      return [{ kind: 'erased', receipt: 'AB12' }]
    case 'open-case':
      return [{ kind: 'case-opened', reference: '234567', expectedOn: effect.expectedOn }]
    case 'add-to-case':
      return [
        { kind: 'case-added', reference: effect.reference, reopened: true, expectedOn: effect.expectedOn },
      ]
    case 'close-case':
      return [{ kind: 'case-missing', reason: 'unknown' }]
    default:
      return []
  }
}

const received = (event: Event, group = false) =>
  ({ channel: 'web', externalId: 'x', address: 'a', event, at: NOW, group }) as const

const arbitraryEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '1',
        '2.',
        '/start',
        '/OBRIŠI',
        '/моји подаци',
        '/jezik en',
        '/pitanja',
        'dobar dan',
        '',
      ),
    ),
  }),
  fc.record({
    kind: fc.constant('press' as const),
    token: fc.oneof(
      fc.string(),
      fc.constantFrom(
        'x:none',
        'm:menu',
        'm:basics:9',
        'lang:bs',
        'sub:yes',
        'erase:yes',
        'y:',
        'r:x:wrong',
        'ok:',
        'ok:m:menu',
        'ok:ok:m',
        'consent:no',
        'consent:back',
        'case:send',
        'case:add:234567',
        'case:put:234567:x',
        'case:',
      ),
    ),
  }),
  fc.record({
    kind: fc.constant('start' as const),
    payload: fc.option(fc.oneof(fc.string(), fc.constantFrom('faq-water', 'faq-none')), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('attachment' as const),
    attachment: fc.constantFrom<Attachment[]>('voice', 'sticker', 'photo', 'other'),
    caption: fc.option(fc.string(), { nil: undefined }),
  }),
  fc.constantFrom<Event[]>({ kind: 'blocked' }, { kind: 'unblocked' }),
)
const arbitraryTurn = fc.record({
  event: arbitraryEvent,
  decision: fc.constantFrom<Decision[]>('answer', 'suggest', 'handover', 'redirect', 'smalltalk'),
  top: fc.subarray(ids),
  language: fc.constantFrom(...LANGUAGES),
  /** Press a button of the last message instead, if it has one. */
  press: fc.option(fc.nat(12), { nil: undefined }),
  group: fc.boolean(),
  pauseMs: fc.nat(40_000),
})

async function play(turns: (typeof arbitraryTurn extends fc.Arbitrary<infer T> ? T : never)[]) {
  let state: Conversation = newConversation('sr')
  let buttons: Button[] = []
  let now = NOW
  const said: Outbound[] = []
  for (const { event, decision, top, language, press, group, pauseMs } of turns) {
    now += pauseMs
    const pressed = press === undefined ? undefined : buttons[press]
    const chosen: Event = pressed && 'token' in pressed ? { kind: 'press', token: pressed.token } : event
    const step = createStep(knowledge(matcher(decision, top, language)))
    const result = await step({ state, received: received(chosen, group), buttons, now }, world)
    if (chosen.kind !== 'blocked' && chosen.kind !== 'unblocked')
      expect(result.messages.length).toBeGreaterThan(0)
    state = result.state
    buttons = result.messages.at(-1)?.buttons ?? buttons
    said.push(...result.messages)
  }
  return { state, said }
}

describe('any sequence of events', () => {
  it('is answered, leaves a state that survives JSON, and repeats byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryTurn, { minLength: 1, maxLength: 25 }), async turns => {
        const first = await play(turns)
        expect(JSON.parse(JSON.stringify(first.state))).toEqual(
          JSON.parse(JSON.stringify(structuredClone(first.state))),
        )
        expect(JSON.stringify(first.state).length).toBeLessThan(8000)
        for (const message of first.said) {
          expect(message.blocks.length).toBeGreaterThan(0)
          for (const block of message.blocks) expect(block.text).not.toBe('')
          for (const button of message.buttons) {
            if ('token' in button) expect(button.token).toMatch(new RegExp(`^[\\x21-\\x7e]{1,${TOKEN_MAX}}$`))
            expect(button.label).not.toBe('')
          }
        }
        expect(JSON.stringify(await play(turns))).toBe(JSON.stringify(first))
      }),
      { numRuns: 300 },
    )
  })
})

async function ask(
  text: string,
  match: Knowledge['match'],
  state = newConversation('sr'),
  buttons: Button[] = [],
) {
  return createStep(knowledge(match))(
    { state, received: received({ kind: 'text', text }), buttons, now: NOW },
    world,
  )
}

describe('a step', () => {
  it('shows a draft and an entry past its review as unconfirmed, without its text', async () => {
    for (const [id, sentence] of [
      ['draft', 'answer.draft'],
      ['old', 'answer.withheld'],
    ] as const) {
      const { messages } = await ask('pitanje', matcher('answer', [id]))
      const text = JSON.stringify(messages)
      expect(text).toContain(sentence)
      expect(text).toContain('answer.office')
      expect(text).not.toContain(`Odgovor ${id}`)
    }
  })

  it('says that an unverified answer awaits a lawyer', async () => {
    const { messages } = await ask('pitanje', matcher('answer', ['unchecked']))
    expect(JSON.stringify(messages)).toContain('answer.unverified')
  })

  it('never offers what may not be shown', async () => {
    const { messages } = await ask('pitanje', matcher('suggest', ['draft', 'old', 'roads']))
    expect(messages[0]?.buttons.map(({ label }) => label)).toEqual(['Naslov roads', 'suggest.none'])
  })

  it('reads a typed number and a typed label as the button of the message shown last', async () => {
    const buttons: Button[] = [
      { label: 'Srpski', token: 'lang:sr' },
      { label: 'English', token: 'lang:en' },
    ]
    for (const typed of ['2', ' 2. ', '2)', 'english', 'ENGLISH']) {
      const { state } = await ask(typed, matcher('handover', []), newConversation('sr'), buttons)
      expect(state).toMatchObject({ language: 'en', languageChosen: true })
    }
  })

  it('joins quick messages into one thought when only together they are understood', async () => {
    const match: Knowledge['match'] = text =>
      matcher(text === 'kad je javna rasprava' ? 'answer' : 'handover', ['water'])(text)
    const first = await ask('kad je', match)
    expect(first.state.fragments).toHaveLength(1)
    const second = await ask('javna rasprava', match, first.state)
    expect(JSON.stringify(second.messages)).toContain('Odgovor water')
    expect(second.state.fragments).toEqual([])
  })

  it('does not join what was written long before', async () => {
    const match: Knowledge['match'] = text =>
      matcher(text === 'kad je javna rasprava' ? 'answer' : 'handover', ['water'])(text)
    const old = { ...newConversation('sr'), fragments: [{ text: 'kad je', at: NOW - 31_000 }] }
    const { messages } = await ask('javna rasprava', match, old)
    expect(JSON.stringify(messages)).not.toContain('Odgovor water')
  })

  it('lets a person send 30 messages in ten seconds, tells them once, then waits', async () => {
    let state = newConversation('sr')
    const replies: number[] = []
    for (let n = 0; n < RATE_MAX + 3; n++) {
      const result = await ask('pitanje', matcher('answer', ['water']), state)
      state = result.state
      replies.push(result.messages.length)
    }
    expect(replies).toEqual([...Array(RATE_MAX + 1).fill(1), 0, 0])
    const later = {
      state,
      received: received({ kind: 'text', text: 'pitanje' }),
      buttons: [],
      now: NOW + 10_000,
    }
    const { messages } = await createStep(knowledge(matcher('answer', ['water'])))(later, world)
    expect(messages).toHaveLength(1)
  })

  it('keeps the language a person chose, whatever they write', async () => {
    const chosen = { ...newConversation('en'), languageChosen: true }
    const { state } = await ask('ко је задужен', matcher('answer', ['water'], 'sr'), chosen)
    expect(state).toMatchObject({ language: 'en', script: 'latn' })
  })

  it('goes on once as if a token had been pressed, with the state and the deeds of before', async () => {
    const ran: string[] = []
    const noting: World = {
      load: async () => ({ consents: ['participation'] }),
      async run(effects) {
        ran.push(...effects.map(({ kind }) => kind))
        return effects.flatMap(outcomeOf)
      },
    }
    const says = (text: string): Outbound => ({ blocks: [{ kind: 'text', text }], buttons: [] })
    const again: Topic = {
      id: 'answers',
      accepts: () => true,
      loads: () => [{ kind: 'consents' }],
      handle(state, input, { data }) {
        if (input.kind === 'outcome') return reply(state, says(`outcome ${input.outcome.kind}`))
        const token = input.kind === 'press' ? input.token : 'first'
        const said = says(`${token} knows ${data.consents}, chosen: ${state.languageChosen}`)
        const effects: Effect[] = [{ kind: 'withdraw-consent', purpose: 'participation' }]
        return { ...reply({ ...state, languageChosen: true }, said), effects, goOn: { token: 'next' } }
      },
    }
    const step = createStep({ ...echoKnowledge([again]), content })
    const state = { ...newConversation('sr'), privacyShown: true }
    const event = received({ kind: 'press', token: 'first' })
    const { messages } = await step({ state, received: event, buttons: [], now: NOW }, noting)
    expect(messages.map(({ blocks }) => blocks[0]?.text)).toEqual([
      'first knows participation, chosen: false',
      'outcome consent-withdrawn',
      'next knows participation, chosen: true',
      'outcome consent-withdrawn',
    ])
    expect(ran).toEqual(['withdraw-consent', 'withdraw-consent'])
  })

  it('records a miss only after one invitation to rephrase, and redacted', async () => {
    const effects: Effect[] = []
    const noting: World = {
      ...world,
      async run(list) {
        effects.push(...list)
        return []
      },
    }
    const step = createStep(knowledge(matcher('handover', [])))
    const say = (text: string, state: Conversation) =>
      step({ state, received: received({ kind: 'text', text }), buttons: [], now: NOW + 60_000 }, noting)
    const first = await say('nešto sasvim nepoznato ovde', newConversation('sr'))
    expect(effects.map(({ kind }) => kind)).toEqual(['count-usage'])
    await say('zovite me na 064 123 4567 ili pera@example.com', first.state)
    const miss = effects.find(effect => effect.kind === 'record-miss')
    expect(miss).toMatchObject({
      question: 'nešto sasvim nepoznato ovde / zovite me na [telefon] ili [e-pošta]',
    })
  })
})

describe('the greeting before a chat exists', () => {
  const greeting = (paused: ('viber' | 'telegram')[]) => {
    const knowledge = { ...echoKnowledge(topics), settings: { ...DEFAULT_SETTINGS, paused } }
    return greet(knowledge, 'viber', 'en').blocks.map(({ text }) => text)
  }

  it('says on a paused channel that the bot rests', () => {
    expect(greeting(['viber'])).toEqual(['welcome.resting', 'welcome.privacy'])
    expect(greeting(['telegram'])).not.toContain('welcome.resting')
  })
})
