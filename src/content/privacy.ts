// The notice on personal data, as an editor wrote it in content/pages/privacy.yaml.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Language, PrivacyNotice } from '../core/model/content.ts'

const notice = z.strictObject({
  title: z.string(),
  lead: z.string(),
  sections: z
    .array(
      z.strictObject({
        heading: z.string(),
        text: z.array(z.string()),
        items: z.array(z.string()).default([]),
      }),
    )
    .min(1),
})
const notices = z.strictObject({ sr: notice, bs: notice, en: notice })

/**
 * Reads the notice and fills in `days` for `{{name}}`: the periods that the program itself keeps.
 * Throws when a language or field is missing, or when the notice names a period that doesn't exist.
 */
export async function loadPrivacyNotices(
  contentDir: string,
  days: Record<string, number>,
): Promise<Record<Language, PrivacyNotice>> {
  const file = path.join(contentDir, 'pages/privacy.yaml')
  const text = (await readFile(file, 'utf8'))
    .replace(/^#.*$/gm, '')
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const period = days[name]
      if (period === undefined)
        throw new Error(`${file}: {{${name}}} is no period; there are ${Object.keys(days)}`)
      return String(period)
    })
  const parsed = notices.safeParse(parse(text))
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
