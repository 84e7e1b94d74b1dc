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

export type PrivacyNotices = Record<Language, PrivacyNotice>

/**
 * Reads the notice; what comes back fills in `days` for `{{name}}`: the periods that the program keeps at
 * that moment. Throws when a language or field is missing, or when the notice names a period that isn't in
 * `known`.
 */
export async function loadPrivacyNotices(
  contentDir: string,
  known: Record<string, number>,
): Promise<(days: Record<string, number>) => PrivacyNotices> {
  const file = path.join(contentDir, 'pages/privacy.yaml')
  const text = (await readFile(file, 'utf8')).replace(/^#.*$/gm, '')
  const unknown = [...text.matchAll(PERIOD)].map(([, name = '']) => name).find(name => !(name in known))
  if (unknown) throw new Error(`${file}: {{${unknown}}} is no period; there are ${Object.keys(known)}`)
  const parsed = notices.safeParse(parse(text))
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
  const json = JSON.stringify(parsed.data)
  return days => JSON.parse(json.replace(PERIOD, (_, name: string) => String(days[name]))) as PrivacyNotices
}

const PERIOD = /\{\{(\w+)\}\}/g
