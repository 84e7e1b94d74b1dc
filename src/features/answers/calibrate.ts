// Cut-offs of the decision, from the content alone. Every phrasing is left out once and asked as a question;
// every topic outside the city's business is left out once, to see what an unforeseen topic looks like.
import { createHash } from 'node:crypto'
import type { Content, Thresholds } from '../../core/model/content.ts'
import { createIndex } from './index-build.ts'
import type { ClassText } from './index-corpus.ts'
import { classTexts, rank } from './matcher.ts'
import { sureness } from './matcher-decide.ts'

const FOLDS = 10
const TONGUES = ['sr', 'en'] as const
type Tongue = (typeof TONGUES)[number]

/** The best entry must lead the second by this much to be the answer. */
const MARGIN = 0.05
/**
 * Share of direct answers to left-out phrasings that must be right. Lower than what people see: a left-out
 * phrasing is the one its entry has nothing like. At this level independent questions (test/faq) are answered
 * right in more than 97 of 100.
 */
const PRECISION = 0.87
/** Share of questions on unforeseen topics that may be answered directly. */
const UNFORESEEN_ANSWERED = 0.09
/** Share of questions on unforeseen topics that must lead to no suggestion either. */
const UNFORESEEN_REJECTED = 0.6

/** How one left-out question fared; `best` and `sure` are 0 when something outside the topics won. */
type Trial = { right: boolean; best: number; sure: number; margin: number }

/** The part of the content that decides about cut-offs; they are out of date when this changes. */
export function matchingHash(content: Content): string {
  const parts = [classTexts(content, 'sr'), classTexts(content, 'en'), content.synonyms]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

/** Cut-offs for both indexes by ten-fold cross-validation. Takes half a minute; deterministic. */
export function calibrate(content: Content): { sr: Thresholds; en: Thresholds } {
  const contentHash = matchingHash(content)
  const precise = lowestPrecise(TONGUES.flatMap(tongue => leaveOutPhrasings(content, tongue)))
  const cutOffs = (tongue: Tongue): Thresholds => {
    const unforeseen = leaveOutTopics(content, tongue)
    const answerable = unforeseen.map(trial => (trial.margin >= MARGIN ? trial.sure : 0))
    const safe = quantile(answerable, 1 - UNFORESEEN_ANSWERED)
    const suggest = quantile(
      unforeseen.map(trial => trial.best),
      UNFORESEEN_REJECTED,
    )
    return {
      answer: rounded(Math.max(precise, safe)),
      margin: MARGIN,
      suggest: rounded(suggest),
      contentHash,
    }
  }
  return { sr: cutOffs('sr'), en: cutOffs('en') }
}

function leaveOutPhrasings(content: Content, tongue: Tongue): Trial[] {
  const classes = classTexts(content, tongue)
  return inFolds(fold => {
    const kept = classes.map(text => ({
      ...text,
      phrasings: text.phrasings.filter((_, i) => i % FOLDS !== fold),
    }))
    const asked = classes.flatMap(text =>
      text.phrasings.filter((_, i) => i % FOLDS === fold).map(question => ({ question, from: text })),
    )
    return askAll(content, tongue, kept, asked)
  })
}

function leaveOutTopics(content: Content, tongue: Tongue): Trial[] {
  const classes = classTexts(content, tongue)
  const topics = classes.filter(text => text.negative)
  return inFolds(fold => {
    const left = new Set(topics.filter((_, i) => i % FOLDS === fold))
    const asked = [...left].flatMap(from => from.phrasings.map(question => ({ question, from })))
    return askAll(
      content,
      tongue,
      classes.filter(text => !left.has(text)),
      asked,
    )
  })
}

function inFolds(trials: (fold: number) => Trial[]): Trial[] {
  return Array.from({ length: FOLDS }, (_, fold) => trials(fold)).flat()
}

function askAll(
  content: Content,
  tongue: Tongue,
  classes: ClassText[],
  asked: { question: string; from: ClassText }[],
): Trial[] {
  const { synonyms } = content
  const index = createIndex(classes, tongue, tongue === 'sr' ? [...synonyms.sr, ...synonyms.bs] : synonyms.en)
  return asked.map(({ question, from }) => {
    const { standing, top } = rank(index, question)
    const { best, second, outside } = standing
    const lost = outside > best
    return {
      right: !from.negative && top()[0]?.id === from.id,
      best: lost ? 0 : best,
      sure: lost ? 0 : sureness(standing),
      margin: best - second,
    }
  })
}

/** The lowest sureness from which enough direct answers are right. */
function lowestPrecise(trials: readonly Trial[]): number {
  const answerable = trials.filter(trial => trial.margin >= MARGIN && trial.sure > 0)
  let right = 0
  let lowest = 1
  answerable
    .toSorted((a, b) => b.sure - a.sure)
    .forEach((trial, index) => {
      if (trial.right) right++
      if (right / (index + 1) >= PRECISION) lowest = trial.sure
    })
  return lowest
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.floor(share * sorted.length)))] ?? 0
}

function rounded(number: number): number {
  return Math.round(number * 1_000) / 1_000
}
