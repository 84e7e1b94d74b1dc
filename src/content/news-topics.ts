// content/topics.yaml: the kinds of announcements people may choose from.
import { z } from 'zod'
import type { NewsTopic } from '../core/model/content.ts'
import type { Issue, YamlFile } from './yaml-file.ts'

const FILE = 'topics.yaml'
/** Longest label: some channels cut longer buttons. */
const LABEL_MAX = 40

const label = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(LABEL_MAX, `must have at most ${LABEL_MAX} characters`)
const TopicsFile = z
  .array(
    z.strictObject({
      // Part of a button's token.
      id: z.string().regex(/^[a-z]{1,16}$/, 'must be at most 16 letters'),
      sr: label,
      bs: label,
      en: label,
    }),
  )
  .max(12, 'must be at most 12 topics')

type Reader = {
  issues: Issue[]
  nameOf(file: string): string
  one<T>(file: string, schema: z.ZodType<T>): Promise<YamlFile<T> | undefined>
}

/** Reads the topics; a missing file means none. */
export async function loadNewsTopics(reader: Reader): Promise<NewsTopic[]> {
  const loaded = await reader.one(FILE, TopicsFile)
  const topics: NewsTopic[] = []
  for (const [index, { id, ...labels }] of (loaded?.value ?? []).entries()) {
    if (!topics.some(topic => topic.id === id)) {
      topics.push({ id, labels })
      continue
    }
    const line = loaded?.lineOf([index, 'id']) ?? 1
    reader.issues.push({
      file: reader.nameOf(FILE),
      line,
      severity: 'error',
      message: `the id ${id} exists twice`,
    })
  }
  return topics
}
