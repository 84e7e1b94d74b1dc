// npm run -s ask: questions as JSON lines in, the matcher's decisions as JSON lines out. Files only.
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { loadContent } from '../content/load.ts'
import { LANGUAGES } from '../core/model/content.ts'
import { createMatcher, type Matcher } from '../features/answers/matcher.ts'
import { contentDir } from './content-dir.ts'

const Question = z.object({ q: z.string(), lang: z.enum(LANGUAGES).optional() })
/** Questions asked before the first one, so that its time is the matcher's and not the compiler's. */
const WARM_UP = 200

/** One answer line for one question line; a line that is no question yields `{"error"}` with its number. */
export function answerLine(matcher: Matcher, line: string, number: number): object {
  const question = parseQuestion(line)
  if ('error' in question) return { error: `line ${number}: ${question.error}` }
  const from = performance.now()
  const match = matcher.match(question.q, { language: question.lang })
  const us = Math.round((performance.now() - from) * 1_000)
  return {
    decision: match.decision,
    top: match.top.map(({ id, confidence }) => ({ id, confidence })),
    lang: match.language,
    script: match.script,
    us,
  }
}

function parseQuestion(line: string): z.output<typeof Question> | { error: string } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { error: 'not JSON' }
  }
  const parsed = Question.safeParse(value)
  return parsed.success ? parsed.data : { error: 'expected {"q": text, "lang"?: "sr" | "bs" | "en"}' }
}

async function main(): Promise<void> {
  const { content, issues } = await loadContent(contentDir())
  for (const { file, line, severity, message } of issues) {
    console.error(`${file}:${line} ${severity} ${message}`)
  }
  const matcher = createMatcher(content)
  const phrasings = content.entries.flatMap(entry => entry.texts.sr.phrasings)
  for (const phrasing of phrasings.slice(0, WARM_UP)) matcher.match(phrasing)
  let number = 0
  for await (const line of createInterface({ input: process.stdin })) {
    number++
    if (!line.trim()) continue
    const answer = answerLine(matcher, line, number)
    if ('error' in answer) process.exitCode = 1
    console.log(JSON.stringify(answer))
  }
}

if (import.meta.main) await main()
