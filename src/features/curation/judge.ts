// What a change would do: to the questions of content/gold, to neighbouring answers, and to the rules of the
// content. Pure; it takes seconds and runs in a thread.
import { type Checked, type Problem, problemsOfItem } from '../../content/check.ts'
import { shapeProblems } from '../../content/file-shape.ts'
import { askable, type GoldQuestion } from '../../content/gold.ts'
import { type Content, LANGUAGES } from '../../core/model/content.ts'
import type { Decision } from '../../core/model/match.ts'
import { fold } from '../../core/text/fold.ts'
import {
  type Asked,
  askGold,
  type Confusable,
  confusableWith,
  createMatcher,
  type Figures,
  figuresOf,
  gradeOf,
  type Indexed,
  renewIndexes,
} from '../answers/index.ts'
import { type Item, withItem } from './item.ts'

/** A mistake or a warning about a part of an item. */
export type Finding = Omit<Problem, 'item'>

/** How a question fares before and after a change. */
export type Change = {
  question: GoldQuestion
  better: boolean
  before: Fate
  after: Fate
}
type Fate = { decision: Decision; top: string | undefined }

export type Judgement = {
  findings: Finding[]
  /** The cut-offs that both sides were decided by: new ones are computed after publishing. */
  thresholds: Content['thresholds']
  before: Figures
  after: Figures
  /** Questions that are answered better or worse. */
  changes: Change[]
  confusable: Confusable[]
  /** Phrasings that are questions of the gold set: they measure nothing any more. */
  copied: string[]
}

/** What the checks say about an item as it would stand in the content. */
export function findingsOf(item: Item, checked: Checked, today: string): Finding[] {
  const content = withItem(checked.content, item)
  const problems = [...shapeProblems(item), ...problemsOfItem(item, { ...checked, content }, today)]
  return problems.map(({ part, severity, code, values }) => ({ part, severity, code, values }))
}

/** The live content with the answers its matcher gives to the gold set. */
export type Baseline = Indexed & { asked: Asked[] }

export function baselineOf(indexed: Indexed, gold: readonly GoldQuestion[]): Baseline {
  const { content, indexes } = indexed
  const questions = askable(gold, content.entries)
  return { ...indexed, asked: askGold(createMatcher(content, indexes), questions) }
}

/** Judges an item against what people get now. */
export async function judge(
  item: Item,
  baseline: Baseline,
  { today, ...checked }: Checked & { gold: readonly GoldQuestion[]; today: string },
): Promise<Judgement> {
  const content = withItem(baseline.content, item)
  const indexes = await renewIndexes(content, baseline)
  const asked = askGold(createMatcher(content, indexes), askable(checked.gold, content.entries))
  return {
    findings: findingsOf(item, checked, today),
    thresholds: content.thresholds,
    before: figuresOf(baseline.asked),
    after: figuresOf(asked),
    changes: changesBetween(baseline.asked, asked),
    confusable: confusableWith(indexes, item.id),
    copied: copiesIn(item, checked.gold),
  }
}

/** Worse ones first. */
function changesBetween(before: readonly Asked[], after: readonly Asked[]): Change[] {
  const known = new Map(before.map(asked => [asked.question.q, asked]))
  return after
    .flatMap((asked): Change[] => {
      const old = known.get(asked.question.q)
      const [from, to] = [old ? gradeOf(old) : 1, gradeOf(asked)]
      if (!old || from === to) return []
      return [{ question: asked.question, better: to > from, before: fateOf(old), after: fateOf(asked) }]
    })
    .toSorted((a, b) => Number(a.better) - Number(b.better))
}

function fateOf({ match }: Asked): Fate {
  return { decision: match.decision, top: match.negative ?? match.top[0]?.id }
}

/** Everybody writes two words the same way. */
const WORDS_MIN = 4

function copiesIn(item: Item, gold: readonly GoldQuestion[]): string[] {
  const asked = new Set(gold.map(({ q }) => fold(q)).filter(q => q.split(' ').length >= WORDS_MIN))
  return LANGUAGES.flatMap(language => item.texts[language].phrasings.filter(it => asked.has(fold(it))))
}
