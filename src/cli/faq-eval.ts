// npm run -s faq:eval -- --train F --test F: the matcher on somebody else's examples, as one JSON object.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Example, evaluate } from '../features/answers/evaluate.ts'

const Line = z.object({ q: z.string(), label: z.string().nullable() })

/** Reads JSON lines `{"q", "label"}`. Throws an error that names file and line of the first bad one. */
export function readExamples(text: string, file: string): Example[] {
  return text.split('\n').flatMap((line, index) => {
    if (!line.trim()) return []
    const parsed = Line.safeParse(jsonOf(line))
    if (!parsed.success) throw new Error(`${file}:${index + 1} expected {"q": text, "label": text or null}`)
    return [parsed.data]
  })
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { train: { type: 'string' }, test: { type: 'string' } } })
  if (!values.train || !values.test) throw new Error('usage: npm run -s faq:eval -- --train FILE --test FILE')
  const [train, test] = await Promise.all([values.train, values.test].map(read))
  console.log(JSON.stringify(evaluate(train ?? [], test ?? [])))
}

async function read(file: string): Promise<Example[]> {
  return readExamples(await readFile(file, 'utf8'), file)
}

if (import.meta.main) {
  await main().catch(error => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
