// npm run content:thresholds: computes when the bot may answer by itself, for the content as it is now.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import { loadContent } from '../content/load.ts'
import { calibrate } from '../features/answers/calibrate.ts'
import { contentDir } from './content-dir.ts'

const HEADER = `# Made by npm run content:thresholds from the phrasings, redirects, small talk and synonyms; run it after
# changing any of them. answer: confidence from which the bot answers by itself. margin: lead over the second
# best. suggest: confidence from which it asks "did you mean".
`

const dir = contentDir()
const { content, issues } = await loadContent(dir)
const errors = issues.filter(issue => issue.severity === 'error')
for (const { file, line, message } of errors) console.error(`${file}:${line} error ${message}`)
if (errors.length) {
  process.exitCode = 1
} else {
  const thresholds = calibrate(content)
  await writeFile(path.join(dir, 'thresholds.yaml'), HEADER + stringify(thresholds))
  console.log(stringify(thresholds).trimEnd())
}
