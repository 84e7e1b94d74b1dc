// npm run content:check: every problem of the content with file and line. Exit 1 on errors.
import path from 'node:path'
import { checkContent } from '../content/check.ts'
import { type Issue, type Loaded, loadContent } from '../content/load.ts'
import { loadLocales } from '../content/locales.ts'
import { matchingHash } from '../features/answers/calibrate.ts'
import { confusablePairs } from '../features/answers/index-confusable.ts'
import { checkTexts } from '../studio/check.ts'
import { houseOf } from '../studio/edition.ts'
import { contentDir } from './content-dir.ts'

/** All issues of a content folder, errors first, by file and line. `today` is an ISO day. */
export async function checkFolder(dir: string, today: string): Promise<Issue[]> {
  const loaded = await loadContent(dir)
  const locales = await loadLocales(path.join(dir, 'locales'))
  const issues = [
    ...loaded.issues,
    ...locales.issues,
    ...checkContent(loaded, today),
    ...checkThresholds(loaded, path.basename(path.resolve(dir))),
    ...checkConfusable(loaded),
    ...checkTexts(loaded, houseOf(loaded.content, locales)),
  ]
  return issues.toSorted(
    (a, b) => a.severity.localeCompare(b.severity) || a.file.localeCompare(b.file) || a.line - b.line,
  )
}

function checkThresholds({ content }: Loaded, folder: string): Issue[] {
  if (content.entries.length === 0) return []
  const hash = matchingHash(content)
  const { sr, en } = content.thresholds ?? {}
  if (sr?.contentHash === hash && en?.contentHash === hash) return []
  const message = 'out of date: run npm run content:thresholds'
  return [{ file: `${folder}/thresholds.yaml`, line: 1, severity: 'error', message }]
}

function checkConfusable({ content, where }: Loaded): Issue[] {
  const entries = new Map(content.entries.map(entry => [entry.id, entry]))
  return confusablePairs(content).flatMap(({ id, other, phrasing }): Issue[] => {
    const entry = entries.get(id)
    if (!entry) return []
    return [{ ...where(entry), severity: 'warning', message: `“${phrasing}” sounds like ${other} too` }]
  })
}

async function main(): Promise<void> {
  const issues = await checkFolder(contentDir(), new Date().toISOString().slice(0, 10))
  for (const { file, line, severity, message } of issues)
    console.log(`${file}:${line} ${severity} ${message}`)
  const errors = issues.filter(issue => issue.severity === 'error').length
  console.log(`${errors} errors, ${issues.length - errors} warnings`)
  if (errors) process.exitCode = 1
}

if (import.meta.main) await main()
