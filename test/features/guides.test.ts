import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadContent } from '../../src/content/load.ts'
import { loadLocales } from '../../src/content/locales.ts'
import { type Content, LANGUAGES, type Language } from '../../src/core/model/content.ts'
import { type Conversation, newConversation } from '../../src/core/model/conversation.ts'
import type { Effect, Outcome } from '../../src/core/model/effect.ts'
import type { Event } from '../../src/core/model/event.ts'
import { type Button, type Outbound, TOKEN_MAX } from '../../src/core/model/message.ts'
import { createStep, type Knowledge, type World } from '../../src/core/step.ts'
import { topics } from '../../src/features/index.ts'
import { CONTENT_DIR } from '../support/bot.ts'
import { echoKnowledge } from '../support/echo.ts'

/** A Tuesday. */
const NOW = Date.parse('2026-11-24T12:00:00Z')

let content: Content
let knowledge: Knowledge
beforeAll(async () => {
  content = (await loadContent(CONTENT_DIR)).content
  const locales = await loadLocales(path.join(CONTENT_DIR, 'locales'))
  knowledge = { ...echoKnowledge(topics), content, sentences: locales.translator }
})

const world: World = {
  load: async () => ({}),
  run: async effects => effects.flatMap(outcomeOf),
}

function outcomeOf(effect: Effect): Outcome[] {
  if (effect.kind === 'make-files') {
    const made = { mediaId: 'm', url: 'https://x.example/m', bytes: 1 }
    return [{ kind: 'files-made', files: effect.files.map(({ name }) => ({ ...made, name })) }]
  }
  if (effect.kind === 'cancel-reminder') return [{ ...effect, kind: 'reminder', status: 'cancelled' }]
  return effect.kind === 'remind' ? [{ ...effect, kind: 'reminder', status: 'set' }] : []
}

/** A chat with the real content, its sentences, and a clock of its own. */
function chat(language: Language = 'sr', script: Conversation['script'] = 'latn', now = NOW) {
  let state: Conversation = {
    ...newConversation(language),
    script,
    languageChosen: true,
    privacyShown: true,
  }
  let buttons: Button[] = []
  const effects: Effect[] = []
  const note = (effect: Effect) => {
    effects.push(effect)
    return outcomeOf(effect)
  }
  const noting: World = { ...world, run: async list => list.flatMap(note) }
  return {
    effects,
    get state() {
      return state
    },
    async tell(event: Event): Promise<{ text: string; labels: string[]; messages: Outbound[] }> {
      const received = {
        channel: 'web',
        externalId: 'x',
        address: 'a',
        event,
        at: now,
        group: false,
      } as const
      // Every message has its own ten seconds, so that the limit of messages is no part of this.
      now += 1000
      const result = await createStep(knowledge)({ state, received, buttons, now }, noting)
      state = result.state
      const shown = result.messages.findLast(message => message.buttons.length > 0)
      buttons = shown?.buttons ?? buttons
      const text = result.messages.flatMap(({ blocks }) => blocks.map(block => block.text)).join('\n')
      return { text, labels: buttons.map(({ label }) => label), messages: result.messages }
    },
    press(token: string) {
      return this.tell({ kind: 'press', token })
    },
    say(text: string) {
      return this.tell({ kind: 'text', text })
    },
  }
}

describe('the guides', () => {
  it('cover at least eight mechanisms, each with an answer behind it', () => {
    expect(content.guides.length).toBeGreaterThanOrEqual(8)
    const entries = new Set(content.entries.map(({ id }) => id))
    expect(content.guides.filter(({ related }) => !entries.has(related))).toEqual([])
  })

  it('count the days of the planning law as working days, and the request for information as the law says', () => {
    const unitOf = (id: string) =>
      content.guides.find(guide => guide.id === id)?.deadlines.map(({ length }) => length)
    expect(unitOf('public-insight-plans')).toEqual([
      { unit: 'working', count: 15 },
      { unit: 'working', count: 30 },
    ])
    expect(unitOf('foi-request')).toEqual([
      { unit: 'calendar', count: 15 },
      { unit: 'hours', count: 48 },
    ])
  })

  it.each(LANGUAGES)('can all be reached and read by buttons alone in %s', async language => {
    const start = chat(language)
    const seen = new Set<string>()
    const walk = async (token: string, depth: number): Promise<void> => {
      if (seen.has(token) || depth > 6) return
      seen.add(token)
      const { messages } = await chat(language).press(token)
      for (const { blocks, buttons } of messages) {
        for (const { text } of blocks) {
          expect(text).not.toMatch(/guide\.|undefined|\{\{|NaN/)
          expect(text.length).toBeLessThan(2500)
        }
        for (const button of buttons) {
          if (!('token' in button)) continue
          expect(button.token).toMatch(new RegExp(`^[\\x21-\\x7e]{1,${TOKEN_MAX}}$`))
          if (/^g[doc]?:/.test(button.token)) {
            expect(button.label.length, button.label).toBeLessThanOrEqual(40)
            await walk(button.token, depth + 1)
          }
        }
      }
    }
    const { labels } = await start.press('m:menu')
    expect(labels).toContain(knowledge.sentences(language)('guide.which'))
    await walk('g:', 0)
    for (const { code } of content.guides) expect(seen).toContain(`gd:${code}`)
  })

  it('say openly where there is no deadline, and what awaits a lawyer', async () => {
    expect((await chat().press('gd:pet')).text).toContain('u proverenim podacima nema roka')
    expect((await chat().press('gd:zbor')).text).toContain('čeka potvrdu pravnika')
    expect((await chat().press('gd:foi')).text).not.toContain('nema roka')
  })

  it('are hidden together with their answer', async () => {
    const entries = content.entries.map(entry =>
      entry.id === 'petition' ? { ...entry, status: 'draft' as const } : entry,
    )
    const before = knowledge
    knowledge = { ...knowledge, content: { ...content, entries } }
    const { text } = await chat().press('gd:pet')
    knowledge = before
    expect(text).toContain('Grad ovo još nije potvrdio')
    expect(text).not.toContain('Koraci')
  })
})

describe('a computed deadline', () => {
  it('shows the day, the way to it, the law and the extension', async () => {
    const talk = chat()
    const asked = await talk.press('gc:foi:reply')
    expect(asked.text).toContain('dan kada je grad primio zahtev')
    expect(asked.labels).toEqual(['Danas', 'Juče', 'Nazad na korake'])
    const { text, labels } = await talk.say('20. 11. 2026.')
    expect(text).toContain('Odgovor na zahtev za informaciju: ponedeljak, 7. 12. 2026.')
    expect(text).toContain('Početak: petak, 20. 11. 2026.')
    expect(text).toContain('15 dana, broje se svi dani')
    expect(text).toContain('neradni dan (subota, 5. 12. 2026.)')
    expect(text).toContain('Ako vas grad obavesti o produženju, najkasnije: sreda, 30. 12. 2026.')
    expect(text).toContain('čl. 16')
    expect(labels).toEqual(['Podseti me', 'Drugi datum', 'Nazad na korake'])
    expect(talk.state.pending).toBeUndefined()
  })

  it('names the weekends and holidays it passed over', async () => {
    const talk = chat()
    await talk.press('gc:plan:early')
    const { text } = await talk.say('28.12.2026')
    expect(text).toContain('Kraj ranog javnog uvida: utorak, 19. 1. 2027.')
    expect(text).toContain('15 radnih dana')
    expect(text).toContain('Preskočene subote i nedelje: 6')
    expect(text).toContain('Nova godina (1. 1. 2027.), Božić (7. 1. 2027.)')
  })

  it('runs in hours to the same time of another day, and offers no reminder for what is past', async () => {
    const { text, labels } = await chat().press('gc:foi:fast:-1')
    expect(text).toContain('sreda, 25. 11. 2026.')
    expect(text).toContain('48 sati')
    expect(labels).toContain('Podseti me')
    const old = chat()
    await old.press('gc:util:reply')
    const passed = await old.say('2. 11. 2026.')
    expect(passed.text).toContain('Taj dan je prošao')
    expect(passed.labels).not.toContain('Podseti me')
  })

  it('understands yesterday in every language and script', async () => {
    for (const [language, word, day] of [
      ['sr', 'juče', '8. 12. 2026.'],
      ['bs', 'jučer', '8. 12. 2026.'],
      ['en', 'yesterday', '8 December 2026'],
    ] as const) {
      const talk = chat(language)
      await talk.press('gc:foi:reply')
      expect((await talk.say(word)).text).toContain(day)
    }
    const cyrillic = chat('sr', 'cyrl')
    await cyrillic.press('gc:foi:reply')
    expect((await cyrillic.say('јуче')).text).toContain('уторак, 8. 12. 2026.')
  })

  it('answers a bad date with a sentence and goes on waiting', async () => {
    const talk = chat()
    await talk.press('gc:foi:reply')
    expect((await talk.say('31.2.2026')).text).toContain('Tog dana nema u kalendaru')
    expect((await talk.say('12.')).text).toContain('Nedostaje mesec')
    expect((await talk.say('12 nov. u podne')).text).toContain('nisam razumeo')
    expect((await talk.say('1.1.1999')).text).toContain('proverene od 1. 1. 2026. do 31. 12. 2028.')
    expect((await talk.say('20.12.2028')).text).toContain('izlazi iz toga')
    expect((await talk.say('24.11.2026')).text).toContain('sreda, 9. 12. 2026.')
  })

  it('leaves a question that is asked instead of a date to the answers', async () => {
    const talk = chat()
    await talk.press('gc:foi:reply')
    const { text } = await talk.say('ko popravlja uličnu rasvetu')
    expect(text).not.toContain('datum')
  })

  it('never falls on a weekend or a holiday, whichever guide and start', () => {
    const closed = new Set(content.holidays.map(({ day }) => day))
    const codes = content.guides.flatMap(({ code, deadlines }) =>
      deadlines.filter(({ length }) => length.unit !== 'hours').map(({ id }) => `gc:${code}:${id}`),
    )
    return fc.assert(
      fc.asyncProperty(fc.constantFrom(...codes), fc.integer({ min: 0, max: 900 }), async (token, count) => {
        const start = new Date(Date.parse('2026-01-01') + count * 86_400_000).toISOString().slice(0, 10)
        const talk = chat('sr', 'latn', Date.parse('2026-01-01T12:00:00Z'))
        await talk.press(token)
        const { messages } = await talk.say(start)
        const remind = messages
          .flatMap(({ buttons }) => buttons)
          .find(button => 'token' in button && button.token.startsWith('gr:'))
        const day = (remind && 'token' in remind ? remind.token : '')
          .slice(-8)
          .replace(/(....)(..)(..)/, '$1-$2-$3')
        expect(closed.has(day)).toBe(false)
        expect([1, 2, 3, 4, 5]).toContain(new Date(day).getUTCDay())
        expect(day > start).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})

describe('a document', () => {
  it('comes as text and as a file in the script of the person', async () => {
    const latin = chat()
    const { text } = await latin.press('go:foi')
    expect(text).toContain('ZAHTEV ZA PRISTUP INFORMACIJI')
    expect(text).toContain('________')
    expect(text).toContain('zahtev-za-informaciju.txt')
    const cyrillic = chat('sr', 'cyrl')
    await cyrillic.press('go:foi')
    const [effect] = cyrillic.effects
    expect(effect).toMatchObject({
      kind: 'make-files',
      files: [
        {
          name: 'zahtev-za-informaciju.txt',
          text: expect.stringContaining('ЗАХТЕВ ЗА ПРИСТУП ИНФОРМАЦИЈИ'),
        },
      ],
    })
  })
})

describe('any sequence of presses and texts', () => {
  it('is answered, repeats byte for byte and keeps the state small', async () => {
    const codes = content.guides.map(({ code }) => code)
    const deadlines = content.guides.flatMap(({ deadlines }) => deadlines.map(({ id }) => id))
    const token = fc
      .tuple(
        fc.constantFrom('g', 'gd', 'go', 'gc', 'gr', 'gx', 'm'),
        fc.constantFrom('', 'goal', 'nothing', ...codes),
        fc.constantFrom('', ...deadlines),
        fc.constantFrom('', '0', '-1', '20270104', '20991231', '20261332'),
      )
      .map(parts => parts.join(':').replace(/:+$/, parts.length ? '' : ':') || 'g:')
    const event: fc.Arbitrary<Event> = fc.oneof(
      fc.record({ kind: fc.constant('press' as const), token }),
      fc.record({
        kind: fc.constant('text' as const),
        text: fc.oneof(
          fc.string(),
          fc.constantFrom('1', '2', '3', 'juče', '12.11.2026', '31.2.', '5', '99.99.9999', 'danas', '/meni'),
        ),
      }),
    )
    const play = async (events: Event[], language: Language) => {
      const talk = chat(language)
      const said = []
      for (const one of events) said.push((await talk.tell(one)).messages)
      return { said, state: talk.state }
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(...LANGUAGES),
        async (events, language) => {
          const first = await play(events, language)
          for (const messages of first.said) expect(messages.length).toBeGreaterThan(0)
          expect(JSON.stringify(first.state).length).toBeLessThan(8000)
          expect(JSON.stringify(await play(events, language))).toBe(JSON.stringify(first))
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('mistakes in content/guides', () => {
  let dir: string
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'komsija-guides-'))
  })
  afterAll(() => rm(dir, { recursive: true }))

  /** The messages about a copy of the content in which one file is changed. */
  async function mistakes(
    file: string,
    ...changes: [from: string | RegExp, to: string][]
  ): Promise<string[]> {
    const copy = path.join(dir, 'content')
    await rm(copy, { recursive: true, force: true })
    await cp(CONTENT_DIR, copy, { recursive: true })
    const before = await readFile(path.join(copy, file), 'utf8')
    const after = changes.reduce((text, [from, to]) => text.replace(from, to), before)
    expect(after).not.toBe(before)
    await writeFile(path.join(copy, file), after)
    const { issues } = await loadContent(copy)
    return issues.filter(issue => issue.file.endsWith(file)).map(({ line, message }) => `${line} ${message}`)
  }

  it('there are none now', async () => {
    const { issues } = await loadContent(CONTENT_DIR)
    expect(issues.filter(({ file }) => /guides|holidays/.test(file))).toEqual([])
  })

  it.each<[string, string, [string | RegExp, string], RegExp]>([
    ['a leaf without a guide', 'chooser', ['guide: mz-council', 'guide: nobody'], /no guide nobody/],
    [
      'a guide nobody reaches',
      'chooser',
      ['guide: mz-council', 'guide: petition'],
      /to the guide mz-council/,
    ],
    ['a missing question', 'chooser', ['question: many-voters', 'question: nowhere'], /no question nowhere/],
    ['a circle', 'chooser', ['question: many-voters', 'question: goal'], /goal leads back to itself/],
    ['a long label', 'chooser', ['"Skupština grada"', `"${'a'.repeat(41)}"`], /at most 40 characters/],
    ['a missing language', 'chooser', [/\n {8}bs: "Skupština grada"/, ''], /bs/],
    ['an unknown fact', 'foi-request', ['foi-cost', 'foi-lost'], /no fact foi-lost/],
    ['an unknown entry', 'foi-request', ['related: foi-request', 'related: lost'], /no entry lost/],
    [
      'a number without a fact',
      'foi-request',
      ['Uvid je\n', 'Uvid od 7 dana je\n'],
      /number 7 stands in none/,
    ],
    ['days that no fact backs', 'foi-request', ['days: 15', 'days: 16'], /number 16 stands in none/],
    ['too much confidence', 'foi-complaint', ['confidence: B', 'confidence: V'], /facts are only B/],
    [
      'a law of no fact',
      'utility-complaint',
      ['law: Zakon o zaštiti', 'law: Zakon o zabavi'],
      /no fact rests on/,
    ],
    ['a gap as a fact', 'petition', ['facts: [petition-right', 'facts: [petition-contact'], /under gaps/],
    [
      'days without counting',
      'foi-request',
      ['    counts: calendar\n', ''],
      /either days with counts, or hours/,
    ],
    ['a short extension', 'foi-request', ['days: 40', 'days: 15'], /extension is longer/],
    ['two guides of one code', 'petition', ['code: pet', 'code: mz'], /another guide has this code/],
    ['another file name', 'petition', ['id: petition', 'id: petitions'], /must be called petitions.yaml/],
  ])('%s is named', async (_title, file, change, message) => {
    expect((await mistakes(`guides/${file}.yaml`, change)).join('\n')).toMatch(message)
  })

  it.each<[string, [string | RegExp, string], RegExp]>([
    ['another header', ['date,', 'day,'], /^1 the first line/],
    ['a day that does not exist', ['2027-02-15', '2027-02-30'], /2027-02-30 is no day/],
    ['a day twice', ['2027-01-02', '2027-01-01'], /days must go up/],
    ['a name that is missing', [',Božić,', ',,'], /name is missing/],
    ['a day moved to the wrong place', ['2028-01-03', '2028-01-04'], /next working day after 2028-01-02/],
    [
      'a day moved from no holiday',
      ['New Year,2028-01-02', 'New Year,2028-01-09'],
      /no listed holiday on a Sunday/,
    ],
    ['a year left out', [/2027-.*\n/g, ''], /year before has no holidays/],
  ])('holidays: %s is named', async (_title, change, message) => {
    expect((await mistakes('holidays.csv', change)).join('\n')).toMatch(message)
  })
})
