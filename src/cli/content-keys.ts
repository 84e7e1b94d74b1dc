// npm run content:keys: makes the type of sentence keys from the Serbian sentences.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { loadLocales } from '../content/locales.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const TARGET = path.join(ROOT, 'src/core/model/sentence-key.ts')

/** The source text of core/model/sentence-key.ts for these keys. */
export function sentenceKeyModule(keys: readonly string[]): string {
  const union = keys.map(key => `  | '${key}'`).join('\n')
  return `// Generated from content/locales/sr.yaml by \`npm run content:keys\`; a test compares them.\nexport type SentenceKey =\n${union}\n`
}

if (import.meta.main) {
  const { keys } = await loadLocales(path.join(ROOT, 'content/locales'))
  const source = sentenceKeyModule(keys)
  const before = await readFile(TARGET, 'utf8').catch(() => '')
  if (before !== source) await writeFile(TARGET, source)
  console.log(`${keys.length} sentences${before === source ? ', unchanged' : ''}`)
}
