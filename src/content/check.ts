// What no single file can show: whether answers, facts, languages and ids agree with each other.
import type { Clip, Entry, Fact, Language, Negative } from '../core/model/content.ts'
import { LANGUAGES } from '../core/model/content.ts'
import { fold } from '../core/text/fold.ts'
import { evidence as backedBy, claimsCheck, weakestOf } from './claims.ts'
import { type FindingCode, sayFinding } from './findings.ts'
import type { Loaded } from './load.ts'
import type { Issue } from './yaml-file.ts'

/** Longest answer people read on a phone without scrolling away; also one message on every channel. */
export const ANSWER_MAX = 600
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

type Part = (string | number)[]

/** What is wrong with a part of an item; said in English by `sayFinding`, in the console in its language. */
export type Problem = {
  item: Entry | Negative | Fact | Clip
  part: Part
  severity: Issue['severity']
  code: FindingCode
  values: Record<string, string | number>
}

/** What the checks look at. */
export type Checked = Pick<Loaded, 'content' | 'facts' | 'factSources'>

type Report = (
  item: Problem['item'],
  part: Part,
  severity: Issue['severity'],
  code: FindingCode,
  values?: Problem['values'],
) => void

/** All cross checks of loaded content. `today` is an ISO day; overdue reviews are warnings. */
export function checkContent(loaded: Loaded, today: string): Issue[] {
  return [...problemsOfFiles(loaded), ...problemsOf(loaded, today)].map(
    ({ item, part, severity, code, values }) => ({
      ...loaded.where(item, part),
      severity,
      message: sayFinding(code, values),
    }),
  )
}

function problemsOf(checked: Checked, today: string): Problem[] {
  const { entries, negatives } = checked.content
  return collect(report => {
    checkFacts(checked, report)
    const evidence = new Map(checked.facts.map(fact => [fact.id, fact]))
    for (const entry of entries) checkEntry(entry, { ...checked, evidence, today }, report)
    for (const negative of negatives) checkNegative(negative, report)
    const items = [...entries, ...negatives]
    checkDuplicates(items, items, report)
    for (const clip of checked.content.clips) checkDays(clip, today, report)
  })
}

/** What is wrong with one answer, redirect or small talk of the content. */
export function problemsOfItem(item: Entry | Negative, checked: Checked, today: string): Problem[] {
  const { entries, negatives } = checked.content
  return collect(report => {
    const evidence = new Map(checked.facts.map(fact => [fact.id, fact]))
    if ('kind' in item) checkNegative(item, report)
    else checkEntry(item, { ...checked, evidence, today }, report)
    const others = [...entries, ...negatives].filter(other => other !== item)
    checkDuplicates([...others, item], [item], report)
  })
}

function collect(check: (report: Report) => void): Problem[] {
  const problems: Problem[] = []
  check((item, part, severity, code, values = {}) => problems.push({ item, part, severity, code, values }))
  return problems
}

function problemsOfFiles({ content, where }: Loaded): Problem[] {
  return collect(report => {
    const seen = new Set<string>()
    for (const item of [...content.entries, ...content.negatives]) {
      const { id } = item
      if (!where(item).file.endsWith(`/${id}.yaml`)) report(item, ['id'], 'error', 'fileName', { id })
      if (seen.has(id)) report(item, ['id'], 'error', 'idTwice', { id })
      seen.add(id)
    }
  })
}

function checkFacts({ facts, factSources }: Checked, report: Report): void {
  const seen = new Set<string>()
  for (const fact of facts) {
    if (seen.has(fact.id)) report(fact, ['id'], 'error', 'factTwice', { id: fact.id })
    seen.add(fact.id)
    checkFact(fact, factSources, report)
  }
}

function checkFact(fact: Fact, knownSources: readonly string[], report: Report): void {
  fact.sources.forEach((key, index) => {
    if (!knownSources.includes(key)) report(fact, ['sources', index], 'error', 'unknownSource', { key })
  })
  if (fact.sources.length === 0 && fact.confidence.startsWith('V')) {
    report(fact, ['sources'], 'error', 'factWithoutSource', { id: fact.id })
  }
}

type Surroundings = Checked & { evidence: ReadonlyMap<string, Fact>; today: string }

function checkEntry(entry: Entry, { content, evidence, today }: Surroundings, report: Report): void {
  if (!CATEGORIES.includes(entry.category)) {
    report(entry, [], 'error', 'category', { category: entry.category })
  }
  if (entry.status === 'published' && entry.sources.length === 0) {
    report(entry, ['sources'], 'error', 'needsSource')
  }
  entry.related.forEach((id, index) => {
    if (id === entry.id) report(entry, ['related', index], 'warning', 'relatedToItself')
    else if (!content.entries.some(other => other.id === id))
      report(entry, ['related', index], 'warning', 'unknownAnswer', { id })
  })
  checkDates(entry, today, report)
  checkEvidence(entry, evidence, report)
  for (const language of LANGUAGES) checkText(entry, language, evidence, report)
}

function checkDates(entry: Entry, today: string, report: Report): void {
  const { lastChecked, reviewBy } = entry
  if (reviewBy < lastChecked) report(entry, ['reviewBy'], 'error', 'reviewBeforeCheck')
  checkDays(entry, today, report)
}

function checkDays(item: Entry | Clip, today: string, report: Report): void {
  if (item.lastChecked > today) report(item, ['lastChecked'], 'warning', 'checkedInFuture')
  if (item.reviewBy < today) report(item, ['reviewBy'], 'warning', 'reviewOverdue')
}

function checkEvidence(entry: Entry, facts: ReadonlyMap<string, Fact>, report: Report): void {
  for (const list of ['facts', 'gaps'] as const) {
    entry[list].forEach((id, index) => {
      if (!facts.has(id)) report(entry, [list, index], 'error', 'unknownFact', { id })
    })
  }
  entry.gaps.forEach((id, index) => {
    const fact = facts.get(id)
    if (fact && fact.confidence !== 'GAP') {
      report(entry, ['gaps', index], 'warning', 'gapKnown', { id, confidence: fact.confidence })
    }
  })
  const known = entry.facts.flatMap(id => facts.get(id) ?? [])
  if (known.length === 0) return
  const weakest = weakestOf(known)
  if (entry.confidence !== weakest) {
    report(entry, ['confidence'], 'error', 'confidence', { is: entry.confidence, weakest })
  }
  if (entry.status === 'published' && weakest === 'GAP') {
    report(entry, ['status'], 'error', 'restsOnGap')
  }
}

function checkText(entry: Entry, language: Language, facts: ReadonlyMap<string, Fact>, report: Report): void {
  const text = entry.texts[language]
  if (text.answer.length > ANSWER_MAX) {
    const values = { over: text.answer.length - ANSWER_MAX, max: ANSWER_MAX }
    report(entry, [language, 'answer'], 'error', 'answerTooLong', values)
  }
  if (text.title.length > TITLE_MAX) {
    report(entry, [language, 'title'], 'error', 'longerThan', { max: TITLE_MAX })
  }
  if (text.phrasings.length < PHRASINGS_MIN) {
    const values = { count: text.phrasings.length, min: PHRASINGS_MIN }
    report(entry, [language, 'phrasings'], 'warning', 'fewPhrasings', values)
  }
  checkScript(entry, language, text, report)
  checkClaims(entry, language, facts, report)
}

function checkNegative(negative: Negative, report: Report): void {
  for (const language of LANGUAGES) checkNegativeText(negative, language, report)
}

function checkNegativeText(negative: Negative, language: Language, report: Report): void {
  const text = negative.texts[language]
  if (text.answer.length > ANSWER_MAX) {
    report(negative, [language, 'answer'], 'error', 'longerThan', { max: ANSWER_MAX })
  }
  checkScript(negative, language, { answer: text.answer }, report)
}

/** Cyrillic is made by the program; a Cyrillic letter in a Latin word is a copied fault. */
function checkScript(item: Entry | Negative, language: Language, text: object, report: Report): void {
  for (const [field, value] of Object.entries(text)) {
    for (const [index, line] of [value].flat().entries()) {
      if (field === 'phrasings' || !/\p{Script=Cyrillic}/u.test(line)) continue
      const part = Array.isArray(value) ? [language, field, index] : [language, field]
      const word = line.match(/\S*\p{Script=Cyrillic}\S*/u)?.[0] ?? ''
      report(item, part, 'error', 'cyrillic', { word })
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
  const sources = entry.sources.map(
    ({ name, gazette, article }) => `${name} ${gazette ?? ''} ${article ?? ''}`,
  )
  const unbacked = claimsCheck([...known.map(backedBy), ...sources])
  for (const [part, line] of linesOf(language, entry.texts[language])) {
    for (const claim of unbacked(line)) report(entry, part, 'error', 'unfounded', { claim })
  }
}

function linesOf(language: Language, text: { answer: string; steps: string[] }): [Part, string][] {
  return [
    [[language, 'answer'], text.answer],
    ...text.steps.map((step, index): [Part, string] => [[language, 'steps', index], step]),
  ]
}

/** The same phrasing in two classes makes both unreachable: reported for the later of `items`, if it is `asked`. */
function checkDuplicates(
  items: readonly (Entry | Negative)[],
  asked: readonly (Entry | Negative)[],
  report: Report,
): void {
  for (const languages of [['sr', 'bs'], ['en']] as const) {
    const owners = new Map<string, Entry | Negative>()
    for (const item of items) {
      for (const language of languages) {
        item.texts[language].phrasings.forEach((phrasing, index) => {
          const folded = fold(phrasing)
          const owner = owners.get(folded)
          if (owner && owner !== item && asked.includes(item)) {
            const values = { phrasing, id: owner.id }
            report(item, [language, 'phrasings', index], 'error', 'phrasingTwice', values)
          }
          owners.set(folded, item)
        })
      }
    }
  }
}
