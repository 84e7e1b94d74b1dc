// Questions without an answer, in groups.
import { describe, expect, it } from 'vitest'
import { loadContent } from '../../../src/content/load.ts'
import { clusterMisses, type Dealt, type Miss } from '../../../src/features/curation/clusters.ts'
import { CONTENT_DIR } from '../../support/bot.ts'

let count = 0
const miss = (question: string, more: Partial<Miss> = {}): Miss => ({
  id: String(++count),
  question,
  language: 'sr',
  at: count,
  decided: false,
  ...more,
})
const groups = (misses: Miss[], dealt: Dealt[] = []) =>
  clusterMisses(misses, dealt).map(({ wordings }) => wordings.map(({ question }) => question))

/** Many texts of few words: what is rare among them decides. */
const OTHERS = [
  'gde mogu da kupim kartu za bazen',
  'ko leči pse lutalice u naselju',
  'zašto kasni autobus broj tri',
  'treba mi sala za svadbu',
  'imate li posao za vozača',
].map(question => miss(question))

describe('groups', () => {
  it('join spellings and endings of one question, in any script', () => {
    const found = groups([
      ...OTHERS,
      miss('kad se plaća porez na imovinu'),
      miss('kada se placa porez na imovinu'),
      miss('Када се плаћа порез на имовину?'),
      miss('kad se plača porz na imovinu'),
    ])
    expect(found[0]).toHaveLength(4)
    expect(found).toHaveLength(1 + OTHERS.length)
  })

  it('keep apart what only shares a topic', () => {
    const found = groups([
      ...OTHERS,
      miss('kad se plaća porez na imovinu'),
      miss('kome da se žalim zbog rešenja o porezu'),
    ])
    expect(found).toHaveLength(2 + OTHERS.length)
  })

  it('stand in the order of how often they were asked, then of how lately', () => {
    const found = groups([
      ...OTHERS,
      miss('radno vreme bazena'),
      miss('radno vreme bazena'),
      miss('radno vreme bazena'),
    ])
    expect(found[0]).toEqual(['radno vreme bazena'])
    expect(found[1]).toEqual(['imate li posao za vozača'])
  })

  it('of English stand apart', () => {
    const english = { language: 'en' as const }
    const found = groups([
      miss('when is the pool open', english),
      miss('is the pool open', english),
      miss('bazen'),
    ])
    expect(found.map(({ length }) => length).sort()).toEqual([1, 2])
  })

  it('of nothing are none', () => {
    expect(groups([])).toEqual([])
  })
})

describe('what was dealt with', () => {
  const dealt = (at: number): Dealt => ({ questions: ['radno vreme bazena'], tongue: 'sr', at })

  it('doesn’t come back when it is asked again, nor when it is asked a little differently', () => {
    const [first, ...later] = [
      'radno vreme bazena',
      'radno vreme bazena',
      'radno vreme bazena?',
      'radno vrijeme bazena',
    ].map(question => miss(question))
    const decided = { ...first, decided: true } as Miss
    expect(groups([...OTHERS, decided, ...later], [dealt(decided.at)])).toHaveLength(OTHERS.length)
  })

  it('doesn’t hide what stood beside it and was left open', () => {
    const left = miss('radno vreme bazena nedeljom')
    expect(groups([...OTHERS, left], [dealt(left.at + 1)])).toContainEqual([left.question])
  })

  it('doesn’t hide another question', () => {
    const found = groups([...OTHERS, miss('ima li bazen popust za penzionere')], [dealt(0)])
    expect(found).toHaveLength(1 + OTHERS.length)
  })
})

it('5,000 questions are grouped within two seconds of work and little memory', async () => {
  const { content } = await loadContent(CONTENT_DIR)
  const asked = content.entries
    .flatMap(({ texts }) => texts.sr.phrasings)
    .filter(it => it.split(' ').length > 3)
  const random = generator(7)
  const known = Array.from({ length: 1500 }, () => asked[Math.floor(random() * asked.length)] ?? '')
  const misses = Array.from({ length: 5000 }, () => {
    const question = known[Math.floor(random() * random() * known.length)] ?? ''
    return miss(spoilt(question, random))
  })
  clusterMisses(misses.slice(0, 500), [])
  const before = process.memoryUsage().heapUsed
  const runs = [1, 2].map(() => {
    // Time of the processor, as other tests run beside this one.
    const from = process.cpuUsage()
    expect(clusterMisses(misses, []).length).toBeGreaterThan(900)
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000
  })
  expect(Math.min(...runs)).toBeLessThan(2000)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6)
})

/** Another person, another spelling. */
function spoilt(question: string, random: () => number): string {
  const plain = random() < 0.5 ? question.normalize('NFD').replace(/\p{M}/gu, '') : question
  const at = Math.floor(random() * plain.length)
  return random() < 0.6 ? plain.slice(0, at) + plain.slice(at + 1) : plain
}

function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}
