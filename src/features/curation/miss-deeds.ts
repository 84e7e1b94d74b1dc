// What an editor does with questions that nobody could answer.
import type { Database, Sql } from '../../platform/db/database.ts'
import { type Note, Refused, withAudit } from '../../staff/index.ts'
import { type Done, keepPhrasings, type Outcome } from './deeds.ts'
import type { Desk } from './desk.ts'
import { type Item, kindOf } from './item.ts'
import { type Action, insertDecision, type MissText, readMissTexts } from './miss-store.ts'

/** Remembers that these misses are dealt with; nothing happens without any. */
async function decide(
  sql: Sql,
  note: Note,
  decision: { action: Action; contentId: string; texts: readonly MissText[]; account: string },
): Promise<void> {
  const { action, contentId, texts } = decision
  const misses = await insertDecision(sql, decision)
  const target = contentId ? `answer ${contentId}` : 'misses'
  await note({ action: `misses.${action}`, target, details: { questions: texts.length, misses } })
}

/** They are no questions for this bot. */
export function ignoreMisses(
  database: Database,
  account: string,
  ids: readonly string[],
): Promise<Refused | undefined> {
  return withAudit(database, account, async (sql, note) => {
    const texts = await readMissTexts(sql, ids)
    if (texts.length === 0) return new Refused('missing')
    await decide(sql, note, { action: 'ignored', contentId: '', texts, account })
    return undefined
  })
}

/** They become phrasings of an item, in its open draft. */
export function promoteMisses(
  desk: Desk,
  { contentId, ids, account }: { contentId: string; ids: readonly string[]; account: string },
): Promise<Outcome<Done>> {
  return withAudit(desk.database, account, async (sql, note) => {
    const texts = await readMissTexts(sql, ids)
    const phrasings = texts.flatMap(({ question, language }) =>
      phrasingsFrom(question).map(phrasing => ({ phrasing, language })),
    )
    if (phrasings.length === 0) return new Refused('missing')
    const saved = await keepPhrasings(desk, { sql, note }, { contentId, phrasings, actor: account })
    if (saved instanceof Refused) return saved
    const action = kindOf(saved.item) === 'entry' ? 'phrasing' : 'redirect'
    await decide(sql, note, { action, contentId, texts, account })
    return saved
  })
}

/** A new item was begun with them. */
export async function noteNewItem(
  database: Database,
  account: string,
  { item, misses }: { item: Item; misses: readonly string[] },
): Promise<void> {
  const ids = misses.filter(id => /^\d{1,18}$/.test(id))
  if (ids.length === 0) return
  await withAudit(database, account, async (sql, note) => {
    const texts = await readMissTexts(sql, ids)
    if (texts.length === 0) return new Refused('missing')
    const action = kindOf(item) === 'entry' ? 'entry' : 'redirect'
    await decide(sql, note, { action, contentId: item.id, texts, account })
    return undefined
  })
}

/** A miss holds both tries of a person; what was taken out of it, and what is no question, is no phrasing. */
export function phrasingsFrom(question: string): string[] {
  return question
    .split(' / ')
    .map(part =>
      part
        .replace(/\[[^\]]*\]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter(part => (part.match(/\p{L}+/gu) ?? []).length >= WORDS_MIN)
}

/** One word alone would find too much. */
const WORDS_MIN = 2
