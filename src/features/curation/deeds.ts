// What editors do with revisions. Each deed is one transaction with its row of the audit log. Whoever saw an
// older state than there is changes nothing, and is shown both.
import type { Language } from '../../core/model/content.ts'
import type { Sql } from '../../platform/db/database.ts'
import { type Note as AuditNote, Refused, withAudit } from '../../staff/index.ts'
import { type Desk, served } from './desk.ts'
import {
  hashOf,
  type Item,
  isId,
  itemOf,
  kindOf,
  restsOnLaw,
  saysTheSame,
  tidy,
  withPhrasing,
} from './item.ts'
import type { Revision } from './store.ts'
import * as store from './store.ts'

/**
 * Why nothing was done. `changed`: somebody was faster. `taken`: something else has this id. `missing`: there is
 * nothing to do it with. `conflict`: the file was changed since. `second`: a second person must publish this.
 */
export type Reason = 'changed' | 'taken' | 'missing' | 'conflict' | 'second'

export type Outcome<Done> = Done | Refused<Reason>

/** Names a state of an item's revisions; whoever changes it says which one they saw. */
export function stampOf([newest]: readonly Revision[]): string {
  return newest ? `${newest.id}.${newest.version}` : ''
}

export type Deed = { contentId: string; actor: string; stamp: string }
type Scene = { sql: Sql; revisions: Revision[]; open: Revision | undefined; file: Item | undefined }
type Note = (action: string, number: number) => Promise<void>

/** Runs a change on one item, if it is still as the editor saw it. */
function change(
  desk: Desk,
  { contentId, actor, stamp }: Deed,
  work: (scene: Scene, note: Note) => Promise<Outcome<Done>>,
): Promise<Outcome<Done>> {
  return withAudit(desk.database, actor, async (sql, note) => {
    await store.lockItem(sql, contentId)
    const scene = await sceneOf(desk, sql, contentId)
    if (stampOf(scene.revisions) !== stamp) return new Refused('changed')
    return work(scene, (action, number) =>
      note({ action, target: `answer ${contentId}`, details: { revision: number } }),
    )
  })
}

async function sceneOf({ files }: Desk, sql: Sql, contentId: string): Promise<Scene> {
  const revisions = await store.revisionsOf(sql, contentId)
  const file = itemOf(files.content, contentId)
  return { sql, revisions, open: revisions.find(store.isOpen), file }
}

/** The revision that was meant. */
export type Done = { number: number; item: Item }

/** Keeps what somebody wrote as the open revision of its item. */
export function saveDraft(
  desk: Desk,
  { item, note, ...who }: { item: Item; note: string; actor: string; stamp: string },
): Promise<Outcome<Done>> {
  const clean = tidy(item)
  return change(desk, { ...who, contentId: item.id }, async (scene, audit) => {
    if (isTaken(scene, clean)) return new Refused('taken')
    const number = await keep(scene, { item: clean, author: who.actor, note })
    await audit('answer.save', number)
    return { number, item: clean }
  })
}

/** An id belongs to one kind for ever; a new one must be fit to be a file's name. */
function isTaken({ revisions: [newest], file }: Scene, item: Item): boolean {
  const known = file ?? newest?.item
  return known ? kindOf(known) !== kindOf(item) : !isId(item.id)
}

/** What another person wrote stays in the history; who only adds what it is found by doesn't become its author. */
async function keep(scene: Scene, draft: { item: Item; author: string; note: string }): Promise<number> {
  const { sql, open, file } = scene
  if (open && (open.author === draft.author || saysTheSame(open.item, draft.item))) {
    await store.updateDraft(sql, open.id, { ...draft, author: open.author })
    return open.number
  }
  if (open) await store.setSuperseded(sql, open.id)
  const { number } = await store.insertDraft(sql, { ...draft, baseHash: open?.baseHash ?? hashOf(file) })
  return number
}

/** Adds phrasings to the open revision of an item; without one a revision of what people get is begun. */
export async function keepPhrasings(
  desk: Desk,
  { sql, note }: { sql: Sql; note: AuditNote },
  { contentId, phrasings, actor }: { contentId: string; phrasings: readonly Phrasing[]; actor: string },
): Promise<Outcome<Done>> {
  await store.lockItem(sql, contentId)
  const scene = await sceneOf(desk, sql, contentId)
  const before = scene.open?.item ?? itemOf(served(desk), contentId)
  if (!before) return new Refused('missing')
  const item = phrasings.reduce(
    (item, { language, phrasing }) => withPhrasing(item, language, phrasing),
    before,
  )
  const number = await keep(scene, { item, author: actor, note: scene.open?.note ?? '' })
  await note({ action: 'answer.save', target: `answer ${contentId}`, details: { revision: number } })
  return { number, item }
}

export type Phrasing = { language: Language; phrasing: string }

/** Hands the open revision to a second person. */
export function submitDraft(desk: Desk, deed: Deed): Promise<Outcome<Done>> {
  return onOpen(desk, deed, 'answer.submit', ({ sql }, open) => store.setSubmitted(sql, open.id))
}

export function deleteDraft(desk: Desk, deed: Deed): Promise<Outcome<Done>> {
  return onOpen(desk, deed, 'answer.delete', ({ sql }, open) => store.deleteRevision(sql, open.id))
}

/** The editor has seen what the file says now, and goes on with the draft. */
export function acceptFile(desk: Desk, deed: Deed): Promise<Outcome<Done>> {
  return onOpen(desk, deed, 'answer.compare', ({ sql, file }, open) =>
    store.setBase(sql, open.id, hashOf(file)),
  )
}

/** From now on people get the open revision. That it has no mistakes was checked before. */
export function publishDraft(desk: Desk, deed: Deed): Promise<Outcome<Done>> {
  return onOpen(desk, deed, 'answer.publish', async ({ sql, file }, open) => {
    if (open.baseHash !== hashOf(file)) return new Refused('conflict')
    if (needsSecondPerson(desk, open) && open.author === deed.actor) return new Refused('second')
    return store.setPublished(sql, open, deed.actor)
  })
}

/** What a law says is told to people by two; by what words it is found, one may decide. */
export function needsSecondPerson(desk: Desk, { item }: Pick<Revision, 'item'>): boolean {
  const now = itemOf(served(desk), item.id)
  return (restsOnLaw(item) || restsOnLaw(now)) && !saysTheSame(now, item)
}

/** Does something with the open revision; it notes it unless it was refused. */
function onOpen(
  desk: Desk,
  deed: Deed,
  action: string,
  work: (scene: Scene, open: Revision) => Promise<Refused<Reason> | undefined>,
): Promise<Outcome<Done>> {
  return change(desk, deed, async (scene, audit) => {
    const { open } = scene
    if (!open) return new Refused('missing')
    const refused = await work(scene, open)
    if (refused) return refused
    await audit(action, open.number)
    return { number: open.number, item: open.item }
  })
}

/** Back to what the file says, or to nothing. */
export function withdraw(desk: Desk, deed: Deed): Promise<Outcome<Done>> {
  return change(desk, deed, async ({ sql, revisions }, audit) => {
    const published = revisions.find(({ state }) => state === 'published')
    if (!published) return new Refused('missing')
    await store.setWithdrawn(sql, published.id)
    await audit('answer.withdraw', published.number)
    return { number: published.number, item: published.item }
  })
}

/** The text of an old revision as a new draft, begun from today's file. */
export function restore(desk: Desk, { from, ...deed }: Deed & { from: number }): Promise<Outcome<Done>> {
  return change(desk, deed, async ({ sql, revisions, open, file }, audit) => {
    const old = revisions.find(({ number }) => number === from)
    if (!old) return new Refused('missing')
    if (open) await store.setSuperseded(sql, open.id)
    const draft = { item: old.item, author: deed.actor, note: '', baseHash: hashOf(file) }
    const { number } = await store.insertDraft(sql, draft)
    await audit('answer.restore', number)
    return { number, item: old.item }
  })
}
