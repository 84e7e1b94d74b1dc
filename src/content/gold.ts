// content/gold/*.jsonl: questions as people ask them, with the answers that would be right. They judge the
// matcher and are never copied into what it learns from.
import { z } from 'zod'
import type { Entry } from '../core/model/content.ts'
import { LANGUAGES, type Language } from '../core/model/content.ts'
import type { Issue } from './yaml-file.ts'

/** `in`: one of `accept` is right. `near-oos`: municipal in sound, but somebody else's business. */
export type GoldQuestion = {
  q: string
  lang: Language
  script: 'latn' | 'cyrl' | 'ascii' | 'mixed'
  /** Ids of the answers that are right; none for what no answer is right for. */
  accept: string[]
  kind: 'in' | 'near-oos' | 'oos' | 'smalltalk'
  /** How it is written. */
  style: string
}

const Line = z.strictObject({
  q: z.string().trim().min(1, 'must not be empty'),
  lang: z.enum(LANGUAGES),
  script: z.enum(['latn', 'cyrl', 'ascii', 'mixed']),
  accept: z.array(z.string()),
  kind: z.enum(['in', 'near-oos', 'oos', 'smalltalk']),
  style: z.string(),
})

type Reader = {
  issues: Issue[]
  nameOf(file: string): string
  textOf(file: string): Promise<string | undefined>
  filesIn(folder: string, ending: string): Promise<string[]>
}

/** Reads all questions; a line with a mistake is reported and left out. */
export async function loadGold(
  reader: Reader,
  entries: readonly Pick<Entry, 'id'>[],
): Promise<GoldQuestion[]> {
  const ids = new Set(entries.map(({ id }) => id))
  const questions: GoldQuestion[] = []
  for (const file of await reader.filesIn('gold', '.jsonl')) {
    const lines = ((await reader.textOf(file)) ?? '').split('\n')
    for (const [index, line] of lines.entries()) {
      if (!line.trim()) continue
      const place = { file: reader.nameOf(file), line: index + 1 }
      const parsed = Line.safeParse(jsonOf(line))
      if (parsed.success) questions.push(parsed.data)
      else reader.issues.push({ ...place, severity: 'error', message: explain(parsed.error) })
      const unknown = parsed.data?.accept.find(id => !ids.has(id))
      if (unknown) reader.issues.push({ ...place, severity: 'warning', message: `no answer ${unknown}` })
    }
  }
  return questions
}

function explain({ issues: [first] }: z.ZodError): string {
  const at = first?.path.join('.')
  return at ? `${at}: ${first?.message}` : 'is no question as content/gold/README.md describes it'
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The questions whose right answers exist among the entries, and those that no answer is right for. */
export function askable(
  questions: readonly GoldQuestion[],
  entries: readonly Pick<Entry, 'id'>[],
): GoldQuestion[] {
  const ids = new Set(entries.map(({ id }) => id))
  return questions
    .map(question => ({ ...question, accept: question.accept.filter(id => ids.has(id)) }))
    .filter(({ kind, accept }) => kind !== 'in' || accept.length > 0)
}
