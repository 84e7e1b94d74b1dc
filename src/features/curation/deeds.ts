// What editors do with revisions. Each deed is one transaction with its row of the audit log. Whoever saw an
// older state than there is changes nothing, and is shown both.

import type { Sql } from '../../platform/db/database.ts'
import { Refused, withAudit } from '../../staff/index.ts'
import type { Desk } from './desk.ts'
import { served } from './desk.ts'
import { hashOf, type Item, isId, itemOf, kindOf, restsOnLaw, saysTheSame, tidy } from './item.ts'
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

type Deed = { contentId: string; actor: string; stamp: string }
type Scene = { sql: Sql; revisions: Revision[]; open: Revision | undefined; file: Item | undefined }
type Note = (action: string, number: number) => Promise<void>

/** Runs a change on one item, if it is still as the editor saw it. */
function change<Done>(
  desk: Desk,
  { contentId, actor, stamp }: Deed,
  work: (scene: Scene, note: Note) => Promise<Outcome<Done>>,
): Promise<Outcome<Done>> {
  return withAudit(desk.database, actor, async (sql, note) => {
    await store.lockItem(sql, contentId)
    const revisions = await store.revisionsOf(sql, contentId)
    if (stampOf(revisions) !== stamp) return new Refused('changed')
    const open = revisions.find(store.isOpen)
    const file = itemOf(desk.files.content, contentId)
    return work({ sql, revisions, open, file }, (action, number) =>
      note({ action, target: `answer ${contentId}`, details: { revision: number } }),
    )
  })
}

export type Saved = { number: number }

/** Keeps what somebody wrote as the open revision of its item. */
export function saveDraft(
  desk: Desk,
  { item, note, ...who }: { item: Item; note: string; actor: string; stamp: string },
): Promise<Outcome<Saved>> {
  const clean = tidy(item)
  return change(desk, { ...who, contentId: item.id }, async (scene, audit) => {
    if (isTaken(scene, clean)) return new Refused('taken')
    const number = await keep(scene, { item: clean, author: who.actor, note })
    await audit('answer.save', number)
    return { number }
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

/** Hands the open revision to a second person. */
export function submitDraft(desk: Desk, deed: Deed): Promise<Outcome<Saved>> {
  return change(desk, deed, async ({ sql, open }, audit) => {
    if (!open) return new Refused('missing')
    await store.setSubmitted(sql, open.id)
    await audit('answer.submit', open.number)
    return { number: open.number }
  })
}

/** From now on people get the open revision. That it has no mistakes was checked before. */
export function publishDraft(desk: Desk, deed: Deed): Promise<Outcome<Saved>> {
  return change(desk, deed, async ({ sql, open, file }, audit) => {
    if (!open) return new Refused('missing')
    if (open.baseHash !== hashOf(file)) return new Refused('conflict')
    if (needsSecondPerson(desk, open) && open.author === deed.actor) return new Refused('second')
    await store.setPublished(sql, open, deed.actor)
    await audit('answer.publish', open.number)
    return { number: open.number }
  })
}

/** What a law says is told to people by two; by what words it is found, one may decide. */
export function needsSecondPerson(desk: Desk, { item }: Pick<Revision, 'item'>): boolean {
  const now = itemOf(served(desk), item.id)
  return (restsOnLaw(item) || restsOnLaw(now)) && !saysTheSame(now, item)
}

/** Back to what the file says, or to nothing. */
export function withdraw(desk: Desk, deed: Deed): Promise<Outcome<Saved>> {
  return change(desk, deed, async ({ sql }, audit) => {
    const number = await store.withdrawPublished(sql, deed.contentId)
    if (number === undefined) return new Refused('missing')
    await audit('answer.withdraw', number)
    return { number }
  })
}

export function deleteDraft(desk: Desk, deed: Deed): Promise<Outcome<Saved>> {
  return change(desk, deed, async ({ sql, open }, audit) => {
    if (!open) return new Refused('missing')
    await store.deleteRevision(sql, open.id)
    await audit('answer.delete', open.number)
    return { number: open.number }
  })
}

/** The text of an old revision as a new draft, begun from today's file. */
export function restore(desk: Desk, { from, ...deed }: Deed & { from: number }): Promise<Outcome<Saved>> {
  return change(desk, deed, async (scene, audit) => {
    const old = scene.revisions.find(({ number }) => number === from)
    if (!old) return new Refused('missing')
    if (scene.open) await store.setSuperseded(scene.sql, scene.open.id)
    const { number } = await store.insertDraft(scene.sql, {
      item: old.item,
      author: deed.actor,
      note: '',
      baseHash: hashOf(scene.file),
    })
    await audit('answer.restore', number)
    return { number }
  })
}

/** The editor has seen what the file says now, and goes on with the draft. */
export function acceptFile(desk: Desk, deed: Deed): Promise<Outcome<Saved>> {
  return change(desk, deed, async ({ sql, open, file }, audit) => {
    if (!open) return new Refused('missing')
    await store.setBase(sql, open.id, hashOf(file))
    await audit('answer.compare', open.number)
    return { number: open.number }
  })
}
