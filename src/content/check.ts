// What no single file can show: whether answers, facts, languages and ids agree with each other.
import type { Confidence, Content, Entry, Fact, Language, Negative } from '../core/model/content.ts'
import { LANGUAGES } from '../core/model/content.ts'
import { fold } from '../core/text/fold.ts'
import type { Loaded } from './load.ts'
import type { Issue } from './yaml-file.ts'

/** Longest answer people read on a phone without scrolling away; also one message on every channel. */
const ANSWER_MAX = 600
/** A title is a button's label and a line of a menu. */
const TITLE_MAX = 90
/** Fewer phrasings than this and too many questions miss the entry. */
const PHRASINGS_MIN = 6
const CATEGORIES = [
  'basics',
  'bodies',
  'powers',
  'participation',
  'communities',
  'information',
  'youth',
  'rights',
  'open-government',
]
/** From surest to missing. */
const CONFIDENCES: readonly Confidence[] = ['V', 'V-old', 'V-2nd', 'B', 'GAP']

type Part = (string | number)[]
type Report = (
  item: Entry | Negative | Fact,
  part: Part,
  severity: Issue['severity'],
  message: string,
) => void

/** All cross checks of loaded content. `today` is an ISO day; overdue reviews are warnings. */
export function checkContent(loaded: Loaded, today: string): Issue[] {
  const issues: Issue[] = []
  const report: Report = (item, part, severity, message) => {
    issues.push({ ...loaded.where(item, part), severity, message })
  }
  const { content, facts } = loaded
  const factsById = new Map(facts.map(fact => [fact.id, fact]))
  checkIds(content, facts, loaded, report)
  for (const fact of facts) checkFact(fact, loaded.factSources, report)
  for (const entry of content.entries) {
    checkEntry(entry, content, today, report)
    checkEvidence(entry, factsById, report)
    for (const language of LANGUAGES) checkText(entry, language, factsById, report)
  }
  for (const negative of content.negatives) {
    for (const language of LANGUAGES) checkNegativeText(negative, language, report)
  }
  checkDuplicates(content, report)
  return issues
}

function checkIds(content: Content, facts: readonly Fact[], loaded: Loaded, report: Report): void {
  const seen = new Set<string>()
  for (const item of [...content.entries, ...content.negatives]) {
    const { file } = loaded.where(item)
    if (!file.endsWith(`/${item.id}.yaml`))
      report(item, ['id'], 'error', `the id ${item.id} is not the file's name`)
    if (seen.has(item.id)) report(item, ['id'], 'error', `the id ${item.id} exists twice`)
    seen.add(item.id)
  }
  const factIds = new Set<string>()
  for (const fact of facts) {
    if (factIds.has(fact.id)) report(fact, ['id'], 'error', `the fact ${fact.id} exists twice`)
    factIds.add(fact.id)
  }
}

function checkFact(fact: Fact, knownSources: readonly string[], report: Report): void {
  fact.sources.forEach((key, index) => {
    if (!knownSources.includes(key))
      report(fact, ['sources', index], 'error', `the source ${key} is not listed`)
  })
  if (fact.sources.length === 0 && fact.confidence.startsWith('V')) {
    report(fact, ['sources'], 'error', `the fact ${fact.id} is marked as verified but names no source`)
  }
}

function checkEntry(entry: Entry, content: Content, today: string, report: Report): void {
  if (!CATEGORIES.includes(entry.category)) {
    report(entry, [], 'error', `the folder ${entry.category} is not a category`)
  }
  if (entry.status === 'published' && entry.sources.length === 0) {
    report(entry, ['sources'], 'error', 'a published answer needs a source')
  }
  if (entry.reviewBy < entry.lastChecked) {
    report(entry, ['reviewBy'], 'error', 'the review is due before the last check')
  }
  if (entry.lastChecked > today) report(entry, ['lastChecked'], 'warning', 'the last check is in the future')
  if (entry.reviewBy < today) report(entry, ['reviewBy'], 'warning', 'the review is overdue')
  entry.related.forEach((id, index) => {
    if (id === entry.id) report(entry, ['related', index], 'warning', 'an answer is not related to itself')
    else if (!content.entries.some(other => other.id === id)) {
      report(entry, ['related', index], 'warning', `no answer ${id}`)
    }
  })
}

function checkEvidence(entry: Entry, facts: ReadonlyMap<string, Fact>, report: Report): void {
  for (const list of ['facts', 'gaps'] as const) {
    entry[list].forEach((id, index) => {
      if (!facts.has(id)) report(entry, [list, index], 'error', `no fact ${id}`)
    })
  }
  entry.gaps.forEach((id, index) => {
    const fact = facts.get(id)
    if (fact && fact.confidence !== 'GAP') {
      report(entry, ['gaps', index], 'warning', `${id} is known by now (${fact.confidence})`)
    }
  })
  const known = entry.facts.flatMap(id => facts.get(id) ?? [])
  if (known.length === 0) return
  const weakest = known.map(fact => fact.confidence).reduce(weaker)
  if (entry.confidence !== weakest) {
    report(entry, ['confidence'], 'error', `is ${entry.confidence}, but its weakest fact is ${weakest}`)
  }
  if (entry.status === 'published' && weakest === 'GAP') {
    report(entry, ['status'], 'error', 'rests on a missing fact and must stay a draft')
  }
}

function weaker(a: Confidence, b: Confidence): Confidence {
  return CONFIDENCES.indexOf(a) > CONFIDENCES.indexOf(b) ? a : b
}

function checkText(entry: Entry, language: Language, facts: ReadonlyMap<string, Fact>, report: Report): void {
  const text = entry.texts[language]
  if (text.answer.length > ANSWER_MAX) {
    const over = text.answer.length - ANSWER_MAX
    report(entry, [language, 'answer'], 'error', `${over} characters too long (at most ${ANSWER_MAX})`)
  }
  if (text.title.length > TITLE_MAX) {
    report(entry, [language, 'title'], 'error', `longer than ${TITLE_MAX} characters`)
  }
  if (text.phrasings.length < PHRASINGS_MIN) {
    report(
      entry,
      [language, 'phrasings'],
      'warning',
      `${text.phrasings.length} phrasings, fewer than ${PHRASINGS_MIN}`,
    )
  }
  checkScript(entry, language, text, report)
  checkClaims(entry, language, facts, report)
}

function checkNegativeText(negative: Negative, language: Language, report: Report): void {
  const text = negative.texts[language]
  if (text.answer.length > ANSWER_MAX) {
    report(negative, [language, 'answer'], 'error', `longer than ${ANSWER_MAX} characters`)
  }
  checkScript(negative, language, { answer: text.answer }, report)
}

/** Cyrillic is made by the program; a Cyrillic letter in a Latin word is a copied fault. */
function checkScript(item: Entry | Negative, language: Language, text: object, report: Report): void {
  for (const [field, value] of Object.entries(text)) {
    for (const [index, line] of [value].flat().entries()) {
      if (field === 'phrasings' || !/\p{Script=Cyrillic}/u.test(line)) continue
      const part = Array.isArray(value) ? [language, field, index] : [language, field]
      report(
        item,
        part,
        'error',
        `Cyrillic letters in a Latin text: ${line.match(/\S*\p{Script=Cyrillic}\S*/u)?.[0]}`,
      )
    }
  }
}

/** Every number and law that is printed must stand in a fact the entry names, or in its printed source. */
function checkClaims(
  entry: Entry,
  language: Language,
  facts: ReadonlyMap<string, Fact>,
  report: Report,
): void {
  const known = entry.facts.flatMap(id => facts.get(id) ?? [])
  const evidence = known.map(fact => `${fact.text} ${fact.law ?? ''}`)
  const sources = entry.sources.map(
    ({ name, gazette, article }) => `${name} ${gazette ?? ''} ${article ?? ''}`,
  )
  const grounds = [...evidence, ...sources].join('\n')
  const numbers = new Set(numbersIn(grounds))
  const text = entry.texts[language]
  for (const [part, line] of linesOf(language, text)) {
    const missing = numbersIn(line).filter(number => !numbers.has(number))
    if (missing.length) report(entry, part, 'error', `in none of its facts: ${missing.join(', ')}`)
    for (const law of lawsIn(line)) {
      if (!mentions(grounds, law)) report(entry, part, 'error', `in none of its facts: ${law}`)
    }
  }
}

function linesOf(language: Language, text: { answer: string; steps: string[] }): [Part, string][] {
  return [
    [[language, 'answer'], text.answer],
    ...text.steps.map((step, index): [Part, string] => [[language, 'steps', index], step]),
  ]
}

/** Numbers without their separators, so that 1.328, 1,328 and 1 328 agree; links and addresses are left out. */
function numbersIn(text: string): string[] {
  const plain = text.replace(/https?:\/\/\S+|www\.\S+/g, ' ').replace(/(?<=\d)[.,\s](?=\d{3}(?!\d))/g, '')
  return plain.match(/\d+/g)?.map(number => String(Number(number))) ?? []
}

/** "Zakon o lokalnoj samoupravi" in any case of the first word: what follows "Zakon… o". */
function lawsIn(text: string): string[] {
  return text.match(/Zakon\p{L}* o \p{L}+ \p{L}+/gu) ?? []
}

function mentions(grounds: string, law: string): boolean {
  const title = fold(law.replace(/^Zakon\p{L}* o /u, ''))
  const stems = title.split(' ').map(word => word.slice(0, Math.max(4, word.length - 3)))
  const folded = fold(grounds)
  return stems.every(stem => folded.includes(stem))
}

/** The same phrasing in two classes makes both unreachable. */
function checkDuplicates(content: Content, report: Report): void {
  for (const languages of [['sr', 'bs'], ['en']] as const) {
    const owners = new Map<string, Entry | Negative>()
    for (const item of [...content.entries, ...content.negatives]) {
      for (const language of languages) {
        item.texts[language].phrasings.forEach((phrasing, index) => {
          const folded = fold(phrasing)
          const owner = owners.get(folded)
          if (owner && owner !== item) {
            report(
              item,
              [language, 'phrasings', index],
              'error',
              `“${phrasing}” is a phrasing of ${owner.id} too`,
            )
          }
          owners.set(folded, item)
        })
      }
    }
  }
}
