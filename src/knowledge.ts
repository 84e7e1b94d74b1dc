// Reads the content folder into what the conversation works with.
import path from 'node:path'
import { type Loaded, loadContent } from './content/load.ts'
import { type Locales, loadLocales } from './content/locales.ts'
import { DEFAULT_SETTINGS } from './core/model/settings.ts'
import type { Knowledge } from './core/step.ts'
import { createMatcher, type Indexed, renewIndexes } from './features/answers/index.ts'
import { topics } from './features/index.ts'

/** The content has mistakes that an editor must mend first; the message names each with file and line. */
export class ContentError extends Error {
  constructor(lines: string[]) {
    super(`The content has ${lines.length} mistake(s):\n${lines.map(line => `  • ${line}`).join('\n')}`)
    this.name = 'ContentError'
  }
}

/** What the files of the content folder say. */
export type Files = { loaded: Loaded; sentences: Locales['translator']; publicUrl: string }

/** Loads the content. Throws a ContentError when it has mistakes; warnings are the check's affair. */
export async function readFiles(options: { contentDir: string; publicUrl: string }): Promise<Files> {
  const { contentDir, publicUrl } = options
  const loaded = await loadContent(contentDir)
  const locales = await loadLocales(path.join(contentDir, 'locales'))
  const mistakes = [...loaded.issues, ...locales.issues].filter(issue => issue.severity === 'error')
  if (mistakes.length)
    throw new ContentError(mistakes.map(({ file, line, message }) => `${file}:${line} ${message}`))
  return { loaded, sentences: locales.translator, publicUrl }
}

/** What the bot knows with this content. */
export function knowledgeOf({ sentences, publicUrl }: Files, { content, indexes }: Indexed): Knowledge {
  const { match } = createMatcher(content, indexes)
  return { topics, content, match, sentences, publicUrl, settings: DEFAULT_SETTINGS }
}

/** Loads and indexes the content as the files have it. Throws a ContentError when it has mistakes. */
export async function readKnowledge(options: { contentDir: string; publicUrl: string }): Promise<Knowledge> {
  const files = await readFiles(options)
  const { content } = files.loaded
  return knowledgeOf(files, { content, indexes: await renewIndexes(content) })
}
