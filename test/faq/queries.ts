// The hand-written questions, restricted to the answers that exist.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Content, Language } from '../../src/core/model/content.ts'

export const DATA = path.join(import.meta.dirname, 'data')

export type Query = {
  q: string
  lang: Language
  script: 'latn' | 'cyrl' | 'ascii'
  accept: string[]
  kind: 'in' | 'near-oos' | 'oos' | 'smalltalk'
  style: string
}

/** The values of a file of JSON lines. */
export function jsonLines<T>(file: string): T[] {
  const text = readFileSync(path.join(DATA, file), 'utf8')
  return text.split('\n').flatMap(line => (line.trim() ? [JSON.parse(line) as T] : []))
}

/** All questions whose right answers exist in the content, and those that no answer is right for. */
export function queriesFor(content: Content): Query[] {
  const ids = new Set(content.entries.map(entry => entry.id))
  const all = [...jsonLines<Query>('faq-queries-sr.jsonl'), ...jsonLines<Query>('faq-queries-bs-en.jsonl')]
  return all
    .map(query => ({ ...query, accept: query.accept.filter(id => ids.has(id)) }))
    .filter(query => query.kind !== 'in' || query.accept.length > 0)
}
