// Reads the content folder into what the conversation works with.
import path from 'node:path'
import { loadContent } from './content/load.ts'
import { loadLocales } from './content/locales.ts'
import { DEFAULT_SETTINGS } from './core/model/settings.ts'
import type { Knowledge } from './core/step.ts'
import { createMatcher } from './features/answers/index.ts'
import { topics } from './features/index.ts'

/** The content has mistakes that an editor must mend first; the message names each with file and line. */
export class ContentError extends Error {
  constructor(lines: string[]) {
    super(`The content has ${lines.length} mistake(s):\n${lines.map(line => `  • ${line}`).join('\n')}`)
    this.name = 'ContentError'
  }
}

/** Loads and indexes the content. Throws a ContentError when it has mistakes; warnings are the check's affair. */
export async function readKnowledge(options: { contentDir: string; publicUrl: string }): Promise<Knowledge> {
  const { contentDir, publicUrl } = options
  const { content, issues } = await loadContent(contentDir)
  const locales = await loadLocales(path.join(contentDir, 'locales'))
  const mistakes = [...issues, ...locales.issues].filter(issue => issue.severity === 'error')
  if (mistakes.length)
    throw new ContentError(mistakes.map(({ file, line, message }) => `${file}:${line} ${message}`))
  const matcher = createMatcher(content)
  return {
    topics,
    content,
    match: (text, hint) => matcher.match(text, hint),
    sentences: language => locales.translator(language),
    publicUrl,
    settings: DEFAULT_SETTINGS,
  }
}
