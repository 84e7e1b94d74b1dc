// What staff fill in, checked: drafts of polls and surveys, and mending a text of an open one. Pure.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import { QUESTION_KINDS, type QuestionKind, type Translated } from '../../core/model/poll.ts'
import type { Translate } from '../../core/model/topic.ts'
import { LABEL_MAX, OPTIONS_MAX, optionsOf, QUESTION_MAX } from './question.ts'
import type { DraftQuestion, PollDraft } from './store.ts'

/** What is wrong; each has a sentence under `console.polls.problem`. */
export type DraftProblem =
  | 'kind'
  | 'text'
  | 'textLong'
  | 'title'
  | 'options'
  | 'optionLong'
  | 'optionTwice'
  | 'optionLanguages'
  | 'max'
  | 'questions'
  | 'closes'
  | 'opens'

export type GivenQuestion = { kind: string; text: Translated; labels: Translated[]; max?: number }

/** A question as it will be stored, or the first thing that is wrong with it. */
export function readQuestion(
  { kind, text, labels, max }: GivenQuestion,
  sentences: (language: Language) => Translate,
): DraftQuestion | DraftProblem {
  const known = asKind(kind)
  if (!known) return 'kind'
  const clean = trimmed(text)
  if (!clean.sr) return 'text'
  if (LANGUAGES.some(language => (clean[language]?.length ?? 0) > QUESTION_MAX)) return 'textLong'
  const chosen = known === 'single' || known === 'multiple'
  const problem = chosen ? labelProblem(labels.map(trimmed)) : undefined
  if (problem) return problem
  const options = optionsOf(known, labels.map(trimmed), sentences)
  const most = known === 'multiple' ? (max ?? options.length) : 1
  if (known === 'multiple' && !(Number.isInteger(most) && most >= 2 && most <= options.length)) return 'max'
  return { kind: known, text: clean, options, max: most }
}

function asKind(text: string): QuestionKind | undefined {
  return QUESTION_KINDS.find(kind => kind === text)
}

function labelProblem(labels: readonly Translated[]): DraftProblem | undefined {
  if (labels.length < 2 || labels.length > OPTIONS_MAX || labels.some(({ sr }) => !sr)) return 'options'
  for (const language of LANGUAGES) {
    const said = labels.flatMap(label => label[language] ?? [])
    if (said.length > 0 && said.length < labels.length) return 'optionLanguages'
    if (said.some(({ length }) => length > LABEL_MAX)) return 'optionLong'
    if (new Set(said.map(text => text.toLowerCase())).size < said.length) return 'optionTwice'
  }
  return undefined
}

/** Without spaces around, and without languages that say nothing. */
export function trimmed(text: Translated): Translated {
  const said = LANGUAGES.flatMap(language => {
    const words = text[language]?.replace(/\s+/g, ' ').trim()
    return words ? [[language, words] as const] : []
  })
  return { sr: '', ...Object.fromEntries(said) }
}

/** What is wrong with the times of a draft at this moment. */
export function timesProblem(
  { opensAt, closesAt }: Pick<PollDraft, 'opensAt' | 'closesAt'>,
  now: Date,
): DraftProblem | undefined {
  if (opensAt && closesAt && closesAt <= opensAt) return 'closes'
  return closesAt && closesAt <= now ? 'closes' : undefined
}

/** Of a text this share may change, and always a few letters: more is another question. */
const FIX_SHARE = 0.2
const FIX_MIN = 3

/** Whether one text is the other with slips of the pen mended; languages may neither come nor go. */
export function isFix(before: Translated, after: Translated): boolean {
  return LANGUAGES.every(language => {
    const [old = '', mended = ''] = [before[language], after[language]]
    if ((old === '') !== (mended === '')) return false
    return distance(old, mended) <= Math.max(FIX_MIN, Math.floor(old.length * FIX_SHARE))
  })
}

/** Letters to add, remove or exchange. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchange = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, exchange))
    }
    row = next
  }
  return row[b.length] ?? 0
}
