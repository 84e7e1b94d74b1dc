// content/thresholds.yaml: from which confidence the bot answers, computed for one content.
import { stringify } from 'yaml'
import type { Content } from '../core/model/content.ts'

const HEADER = `# Made by npm run content:thresholds from the phrasings, redirects, small talk and synonyms; run it after
# changing any of them. answer: confidence from which the bot answers by itself. margin: lead over the second
# best. suggest: confidence from which it asks "did you mean".
`

/** The text of the file. */
export function thresholdsText(thresholds: NonNullable<Content['thresholds']>): string {
  return HEADER + stringify(thresholds)
}
