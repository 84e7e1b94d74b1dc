import type { Language } from '../../core/model/content.ts'

const LANGUAGES = new Map<string, Language>([
  ['sr', 'sr'],
  ['sh', 'sr'],
  ['bs', 'bs'],
  ['hr', 'bs'],
  ['cnr', 'bs'],
  ['en', 'en'],
])

/** Our language for a tag such as `sr-Latn-RS`; others say nothing about which of ours is understood. */
export function languageOfTag(tag: string | undefined): Language | undefined {
  const [code = ''] = tag?.toLowerCase().split(/[-_]/) ?? []
  return LANGUAGES.get(code)
}
