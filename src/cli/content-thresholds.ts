// npm run content:thresholds: computes when the bot may answer by itself, for the content as it is now.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { loadContent } from '../content/load.ts'
import { thresholdsText } from '../content/thresholds.ts'
import { calibrate } from '../features/answers/calibrate.ts'
import { contentDir } from './content-dir.ts'

const dir = contentDir()
const { content, issues } = await loadContent(dir)
const errors = issues.filter(issue => issue.severity === 'error')
for (const { file, line, message } of errors) console.error(`${file}:${line} error ${message}`)
if (errors.length) {
  process.exitCode = 1
} else {
  const text = thresholdsText(calibrate(content))
  await writeFile(path.join(dir, 'thresholds.yaml'), text)
  console.log(text.replace(/^#.*\n/gm, '').trimEnd())
}
