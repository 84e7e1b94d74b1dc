// Things that copied web texts get wrong about this city, as tests of every language.
import { beforeAll, describe, expect, it } from 'vitest'
import { loadContent } from '../../src/content/load.ts'
import { type Entry, LANGUAGES } from '../../src/core/model/content.ts'
import { CONTENT_DIR } from '../support/bot.ts'

let entries: Map<string, Entry>
beforeAll(async () => {
  const { content } = await loadContent(CONTENT_DIR)
  entries = new Map(content.entries.map(entry => [entry.id, entry]))
})

/** What the bot says in an entry, in each language. */
function texts(id: string): string[] {
  const entry = entries.get(id)
  if (!entry) throw new Error(`no entry ${id}`)
  return LANGUAGES.map(language => [entry.texts[language].answer, ...entry.texts[language].steps].join(' '))
}
const everywhere = () => [...entries.keys()].flatMap(id => texts(id).map(text => [id, text] as const))

describe('the answers', () => {
  it('know no turnout threshold of a local referendum, and protect its result for 4 years', () => {
    for (const text of texts('local-referendum')) {
      expect(text).not.toMatch(/više od polovine|50 ?%|half of/i)
      expect(text).toMatch(/cenzusa izlaznosti|turnout threshold/)
      expect(text).toMatch(/4 (godine|years)/)
    }
  })

  it('ask no fee for certifying a signature of an initiative', () => {
    for (const text of texts('citizens-initiative')) {
      expect(text).toMatch(/besplatn|free/)
      expect(text).not.toMatch(/40 din/)
    }
  })

  it('count planning deadlines in working days', () => {
    for (const text of texts('public-insight-plans')) expect(text).toMatch(/radnim danima|working days/)
  })

  it('give information requests 15 days, 48 hours, and 40 days at most', () => {
    for (const text of texts('foi-request')) {
      for (const number of [/15 (dana|days)/, /48 (sati|hours)/, /40 (dana|days)/])
        expect(text).toMatch(number)
      expect(text).not.toMatch(/\b7 (dana|days)|20 (radnih|working)/)
    }
  })

  it('send nobody to a local ombudsman who was never elected, but to the Protector of Citizens', () => {
    for (const text of texts('local-ombudsman'))
      expect(text).toMatch(/Zaštitnik\p{L}* građana|Protector of Citizens/u)
  })

  it('speak of 26 local communities', () => {
    for (const [id, text] of everywhere()) {
      expect(text, id).not.toMatch(/\b(?:20|25|27) (?:mesnih|mjesnih|local communities)/)
    }
    for (const text of texts('what-is-mz')) expect(text).toContain('26')
  })

  it('cite Serbian gazettes only', () => {
    const gazettes = [...entries.values()].flatMap(({ sources }) =>
      sources.flatMap(({ gazette }) => gazette ?? []),
    )
    expect(gazettes.length).toBeGreaterThan(50)
    for (const gazette of gazettes)
      expect(gazette).not.toMatch(/Narodne novine|Službene novine|FBiH|Sl\. list CG|Glasnik RSrpske/i)
  })

  it('say that a temporary body takes the place of assembly and council', () => {
    for (const text of texts('temporary-body')) expect(text).toMatch(/privremeni organ|temporary body/i)
  })

  it('hold no Cyrillic letter inside Latin text', () => {
    for (const [id, text] of everywhere()) expect(text, id).not.toMatch(/\p{Script=Cyrillic}/u)
  })

  it('name no personal phone number', () => {
    for (const [id, text] of everywhere()) expect(text, id).not.toMatch(/\b06\d[\s/-]?\d{3}/)
  })
})
