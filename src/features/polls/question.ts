// Questions and answers: which options a kind has, what may be answered, how an answer reads. Pure.
import { LANGUAGES, type Language } from '../../core/model/content.ts'
import type { Answer, PollOption, Question, QuestionKind, Translated } from '../../core/model/poll.ts'
import { textIn } from '../../core/model/poll.ts'
import type { Translate } from '../../core/model/topic.ts'

/** The longest written answer, in characters. */
export const ANSWER_MAX = 1000
/** More options fit on no phone. */
export const OPTIONS_MAX = 12
export const QUESTION_MAX = 300
export const LABEL_MAX = 120

const SCALE = [1, 2, 3, 4, 5]
const YES_NO = ['yes', 'no', 'unsure'] as const

/** The options of a question: those given, or those that its kind always has. */
export function optionsOf(
  kind: QuestionKind,
  labels: readonly Translated[],
  sentences: (language: Language) => Translate,
): PollOption[] {
  switch (kind) {
    case 'single':
    case 'multiple':
      return labels.map((label, index) => ({ id: String(index + 1), label }))
    case 'scale':
      return SCALE.map(step => ({ id: String(step), label: { sr: String(step) } }))
    case 'yesno':
      return YES_NO.map(id => ({ id, label: inAll(language => sentences(language)(`polls.${id}`)) }))
    case 'text':
      return []
  }
}

function inAll(say: (language: Language) => string): Translated {
  return { sr: '', ...Object.fromEntries(LANGUAGES.map(language => [language, say(language)])) }
}

/** The answer after an option was chosen or given up. */
export function choose(
  { kind, options, max }: Question,
  answer: Answer | undefined,
  option: string,
  on: boolean,
): Answer | 'unknown' | 'too-many' {
  if (!options.some(({ id }) => id === option)) return 'unknown'
  const before = answer?.options ?? []
  if (kind !== 'multiple') return { options: on ? [option] : before.filter(id => id !== option) }
  const wanted = new Set(before)
  if (on) wanted.add(option)
  else wanted.delete(option)
  if (wanted.size > max) return 'too-many'
  return { options: options.map(({ id }) => id).filter(id => wanted.has(id)) }
}

/** A written answer as it is kept. */
export function written(text: string): Answer | 'empty' | 'too-long' {
  const trimmed = text.trim()
  if (!trimmed) return 'empty'
  return [...trimmed].length > ANSWER_MAX ? 'too-long' : { options: [], text: trimmed }
}

/** Whether the answer says anything. */
export function isAnswered(answer: Answer | undefined): boolean {
  return answer !== undefined && (answer.options.length > 0 || answer.text !== undefined)
}

/** The answer in words. */
export function answerText(
  { options }: Pick<Question, 'options'>,
  answer: Answer,
  language: Language,
): string {
  if (answer.text !== undefined) return `„${answer.text}“`
  return options
    .filter(({ id }) => answer.options.includes(id))
    .map(({ label }) => textIn(label, language))
    .join(', ')
}
