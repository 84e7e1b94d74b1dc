// Where the commands that need nothing but files find them.
import { parseArgs } from 'node:util'
import { loadEnvFile, readConfig } from '../config.ts'

/** The content folder: `--content DIR`, else CONTENT_DIR, else the one of this package. */
export function contentDir(): string {
  const { values } = parseArgs({ options: { content: { type: 'string' } }, strict: false })
  if (typeof values.content === 'string') return values.content
  loadEnvFile()
  return readConfig().contentDir
}
