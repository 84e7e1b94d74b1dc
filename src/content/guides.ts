// content/guides: how to use each mechanism, and the questions that lead to the right one.
import { z } from 'zod'
import type {
  Chooser,
  ChooserQuestion,
  Confidence,
  Entry,
  Fact,
  Guide,
  GuideDeadline,
  Language,
} from '../core/model/content.ts'
import { LANGUAGES } from '../core/model/content.ts'
import { DAYS_MAX } from '../core/time/working-days.ts'
import type { Issue, YamlFile } from './yaml-file.ts'

const CHOOSER = 'guides/chooser.yaml'
/** Longest label of an option or a deadline: some channels cut longer buttons. */
const LABEL_MAX = 40
/** More questions than this tire people. */
const QUESTIONS_MAX = 5
/** What a fill-in document leaves open. */
const BLANK = '________'

const text = z.string().trim().min(1, 'must not be empty')
const label = text.max(LABEL_MAX, `must have at most ${LABEL_MAX} characters`)
const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
const days = z.number().int().min(1).max(DAYS_MAX)
const inLanguages = <T>(shape: z.ZodType<T>) => ({ sr: shape, bs: shape, en: shape })

const DeadlineFile = z.strictObject({
  id: z.string().regex(/^[a-z]{1,5}$/, 'must be at most 5 letters'),
  days: days.optional(),
  counts: z.enum(['calendar', 'working'], 'must be calendar or working').optional(),
  firstDayCounts: z.boolean().default(false),
  hours: z.number().int().min(24).max(240).multipleOf(24, 'must be whole days').optional(),
  law: text,
  facts: z.array(slug).min(1),
  confidence: z.enum(['V', 'V-old', 'V-2nd', 'B'], 'must be V, V-old, V-2nd or B; a gap is no deadline'),
  extension: z.strictObject({ days, ...inLanguages(text) }).optional(),
  ...inLanguages(z.strictObject({ label, from: text, after: text.optional() })),
})

const GuideFile = z.strictObject({
  id: slug,
  code: z.string().regex(/^[a-z]{1,6}$/, 'must be at most 6 letters'),
  related: slug,
  facts: z.array(slug),
  gaps: z.array(slug).default([]),
  file: slug,
  deadlines: z.array(DeadlineFile).default([]),
  ...inLanguages(
    z.strictObject({
      title: text,
      intro: text,
      steps: z.array(text).min(4, 'must be 4 to 8 steps').max(8, 'must be 4 to 8 steps'),
      unknown: z.array(text).default([]),
      document: text.includes(BLANK, `must have a blank ${BLANK}`),
    }),
  ),
})

const ChooserFile = z.strictObject({
  start: slug,
  questions: z
    .array(
      z.strictObject({
        id: slug.max(20, 'must have at most 20 characters'),
        ...inLanguages(text),
        options: z
          .array(z.strictObject({ question: slug.optional(), guide: slug.optional(), ...inLanguages(label) }))
          .min(2, 'must be 2 to 6 options')
          .max(6, 'must be 2 to 6 options'),
      }),
    )
    .min(1),
})

type Reader = {
  issues: Issue[]
  nameOf(file: string): string
  filesIn(folder: string): Promise<string[]>
  one<T>(file: string, schema: z.ZodType<T>): Promise<YamlFile<T> | undefined>
}

type Path = (string | number)[]
type Report = (path: Path, message: string) => void

/** Loads guides and chooser and checks them against each other, the entries and the facts. */
export async function loadGuides(
  reader: Reader,
  entries: readonly Entry[],
  facts: readonly Fact[],
): Promise<{ guides: Guide[]; chooser: Chooser }> {
  const known = {
    entries: new Set(entries.map(({ id }) => id)),
    facts: new Map(facts.map(fact => [fact.id, fact])),
  }
  const guides: Guide[] = []
  for (const file of await reader.filesIn('guides')) {
    if (file === CHOOSER) continue
    const loaded = await reader.one(file, GuideFile)
    if (!loaded?.value) continue
    const report = reporter(reader, file, loaded)
    const guide = guideFrom(loaded.value, report)
    if (file !== `guides/${guide.id}.yaml`) report(['id'], `the file must be called ${guide.id}.yaml`)
    if (guides.some(({ code }) => code === guide.code)) report(['code'], 'another guide has this code')
    checkGuide(guide, known, report)
    guides.push(guide)
  }
  return { guides, chooser: await loadChooser(reader, guides) }
}

function reporter(reader: Reader, file: string, { lineOf }: YamlFile<unknown>): Report {
  return (path, message) =>
    reader.issues.push({ file: reader.nameOf(file), line: lineOf(path), severity: 'error', message })
}

function guideFrom({ sr, bs, en, deadlines, ...rest }: z.output<typeof GuideFile>, report: Report): Guide {
  return {
    ...rest,
    deadlines: deadlines.map((deadline, index) => deadlineFrom(deadline, ['deadlines', index], report)),
    texts: { sr, bs, en },
  }
}

function deadlineFrom(
  { sr, bs, en, days, counts, hours, extension, ...rest }: z.output<typeof DeadlineFile>,
  path: Path,
  report: Report,
): GuideDeadline {
  const inDays = days !== undefined && counts !== undefined
  if (inDays === (hours !== undefined) || (days === undefined) !== (counts === undefined))
    report(path, 'a deadline has either days with counts, or hours')
  if (extension && !(inDays && extension.days > days))
    report([...path, 'extension'], 'an extension is longer than the days it extends')
  return {
    ...rest,
    length: inDays ? { unit: counts, count: days } : { unit: 'hours', count: hours ?? 0 },
    extension: extension && { days: extension.days, texts: pickLanguages(extension) },
    texts: { sr, bs, en },
  }
}

function pickLanguages<T>({ sr, bs, en }: Record<Language, T>): Record<Language, T> {
  return { sr, bs, en }
}

type Known = { entries: ReadonlySet<string>; facts: ReadonlyMap<string, Fact> }

function checkGuide(guide: Guide, known: Known, report: Report): void {
  if (!known.entries.has(guide.related)) report(['related'], `no entry ${guide.related}`)
  const facts = factsOf(guide.facts, ['facts'], known, report)
  factsOf(guide.gaps, ['gaps'], known, report)
  for (const fact of facts.filter(({ confidence }) => confidence === 'GAP'))
    report(['facts'], `${fact.id} is missing knowledge; list it under gaps`)
  const own = guide.deadlines.map((deadline, index) =>
    checkDeadline(deadline, ['deadlines', index], facts, known, report),
  )
  for (const language of LANGUAGES)
    checkNumbers(guide.texts[language], [...facts, ...own.flat()], [language], report)
}

/** Resolves to the facts the deadline rests on. */
function checkDeadline(
  deadline: GuideDeadline,
  path: Path,
  guideFacts: readonly Fact[],
  known: Known,
  report: Report,
): Fact[] {
  const facts = factsOf(deadline.facts, [...path, 'facts'], known, report)
  const weakest = Math.max(...facts.map(({ confidence }) => RANKS.indexOf(confidence)))
  if (RANKS.indexOf(deadline.confidence) < weakest)
    report([...path, 'confidence'], `its facts are only ${RANKS[weakest]}`)
  const { length, extension, law } = deadline
  // How long it is must be what a fact says, not by chance the number of an article.
  const texts = facts.map(fact => ({ ...fact, law: undefined }))
  checkNumbers([length.count, extension?.days], texts, path, report)
  checkNumbers(law, facts, path, report)
  for (const name of law.split(';').map(part => part.split(',')[0]?.trim() ?? '')) {
    if (!facts.some(fact => fact.law?.includes(name))) report([...path, 'law'], `no fact rests on ${name}`)
  }
  for (const language of LANGUAGES) {
    const said = [deadline.texts[language], extension?.texts[language] ?? '']
    checkNumbers(said, [...guideFacts, ...facts], [...path, language], report)
  }
  return facts
}

/** From surest to unknown. */
const RANKS: readonly Confidence[] = ['V', 'V-old', 'V-2nd', 'B', 'GAP']

function factsOf(ids: readonly string[], path: Path, known: Known, report: Report): Fact[] {
  return ids.flatMap((id, index) => {
    const fact = known.facts.get(id)
    if (!fact) report([...path, index], `no fact ${id}`)
    return fact ?? []
  })
}

/** Every number that is said must stand in one of the facts. */
function checkNumbers(said: unknown, facts: readonly Fact[], path: Path, report: Report): void {
  const backed = new Set(facts.flatMap(fact => numbersIn(`${fact.text} ${fact.law ?? ''}`)))
  for (const number of numbersIn(JSON.stringify(said, null, 1))) {
    if (!backed.has(number)) report(path, `the number ${number} stands in none of the facts`)
  }
}

function numbersIn(said: string): string[] {
  return said.match(/\d+(?:[.,:/]\d+)*/g) ?? []
}

async function loadChooser(reader: Reader, guides: readonly Guide[]): Promise<Chooser> {
  const loaded = await reader.one(CHOOSER, ChooserFile)
  if (!loaded?.value) return { start: '', questions: [] }
  const report = reporter(reader, CHOOSER, loaded)
  const chooser: Chooser = {
    start: loaded.value.start,
    questions: loaded.value.questions.map((question, index) => questionFrom(question, index, report)),
  }
  checkChooser(chooser, guides, report)
  return chooser
}

function questionFrom(
  { id, options, ...texts }: z.output<typeof ChooserFile>['questions'][number],
  row: number,
  report: Report,
): ChooserQuestion {
  return {
    id,
    texts,
    options: options.map(({ question, guide, ...labels }, index) => {
      if ((question === undefined) === (guide === undefined))
        report(['questions', row, 'options', index], 'an option leads to a question or to a guide')
      return { to: guide === undefined ? { question: question ?? '' } : { guide }, labels }
    }),
  }
}

/** Every leaf exists, nothing goes in circles or is out of reach, no path asks too much. */
function checkChooser(chooser: Chooser, guides: readonly Guide[], report: Report): void {
  const ids = chooser.questions.map(({ id }) => id)
  const guideIds = guides.map(({ id }) => id)
  const reached = new Set<string>()
  const walk = (id: string, path: readonly string[]): void => {
    const row = ids.indexOf(id)
    if (row === -1) report(['questions'], `no question ${id}`)
    else if (path.includes(id)) report(['questions', row], `${id} leads back to itself`)
    else if (path.length >= QUESTIONS_MAX)
      report(['questions', row], `more than ${QUESTIONS_MAX} questions on the way to here`)
    else {
      reached.add(id)
      chooser.questions[row]?.options.forEach(({ to }, index) => {
        if ('question' in to) walk(to.question, [...path, id])
        else if (guideIds.includes(to.guide)) reached.add(to.guide)
        else report(['questions', row, 'options', index], `no guide ${to.guide}`)
      })
    }
  }
  walk(chooser.start, [])
  ids.forEach((id, row) => {
    if (!reached.has(id)) report(['questions', row], `no option leads to ${id}`)
    if (ids.indexOf(id) !== row) report(['questions', row], `${id} is there twice`)
  })
  for (const id of guideIds) if (!reached.has(id)) report(['questions'], `no option leads to the guide ${id}`)
}
