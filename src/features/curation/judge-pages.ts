// Before and after publishing: what a change would do, the button that publishes, and the other deeds.
import type { SentenceKey } from '../../core/model/sentence-key.ts'
import { type Answer, Refused, type StaffPage, type Visit } from '../../staff/index.ts'
import * as deeds from './deeds.ts'
import { type Desk, served, today } from './desk.ts'
import { hashOf, itemOf, nameOf } from './item.ts'
import { type Judged, judgeView } from './judge-views.ts'
import { EDITORS } from './roles.ts'
import { isOpen, revisionsOf } from './store.ts'

const PATH = '/console/answers'

export function judgePages(desk: Desk): StaffPage[] {
  const page = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path: `${PATH}/:id/${path}`,
    section: 'answers',
    roles: EDITORS,
    handle,
  })
  return [
    page('GET', 'judge', visit => show(desk, visit)),
    page('POST', 'publish', visit => publish(desk, visit)),
    page('POST', 'submit', visit => act(visit, deeds.submitDraft(desk, deedOf(visit)), 'submitted')),
    page('POST', 'withdraw', visit => act(visit, deeds.withdraw(desk, deedOf(visit)), 'withdrawn')),
    page('POST', 'accept', visit => act(visit, deeds.acceptFile(desk, deedOf(visit)), 'compared')),
    page('POST', 'delete', visit => act(visit, deeds.deleteDraft(desk, deedOf(visit)), 'deleted', PATH)),
    page('POST', 'restore', visit => act(visit, deeds.restore(desk, restoredBy(visit)), 'restored')),
  ]
}

function deedOf({ params, account, form }: Visit): deeds.Deed {
  return { contentId: params.id ?? '', actor: account.email, stamp: form.stamp ?? '' }
}

function restoredBy(visit: Visit): deeds.Deed & { from: number } {
  return { ...deedOf(visit), from: Number(visit.form.number) }
}

type Verb = 'submitted' | 'withdrawn' | 'compared' | 'deleted' | 'restored' | 'published'

/** Says what was done, or on the item's page that it was not. */
async function act(
  { params }: Visit,
  deed: Promise<deeds.Outcome<deeds.Done>>,
  verb: Verb,
  to = `${PATH}/${params.id}`,
): Promise<Answer> {
  const outcome = await deed
  if (!(outcome instanceof Refused)) return { kind: 'redirect', to, done: `console.answers.done.${verb}` }
  if (outcome.reason === 'missing') return { kind: 'missing' }
  return { kind: 'redirect', to: `${PATH}/${params.id}?problem=${outcome.reason}` }
}

async function show(desk: Desk, visit: Visit, problem?: SentenceKey): Promise<Answer> {
  const revisions = await revisionsOf(desk.database.sql, visit.params.id ?? '')
  const open = revisions.find(isOpen)
  if (!open) return { kind: 'missing' }
  const { item } = open
  const judgement = await judge(desk, visit, item)
  const judged: Judged = {
    open,
    judgement,
    stamp: deeds.stampOf(revisions),
    live: itemOf(served(desk), item.id),
    hindrance: hindranceOf(desk, visit, { open, judgement }),
    problem,
    nameOf: id => nameById(desk, visit, id),
  }
  const title = nameOf(item, visit.contentLanguage)
  return { kind: 'page', title, body: judgeView(visit, judged), wide: true, status: problem ? 409 : 200 }
}

function judge({ workbench, ...desk }: Desk, visit: Visit, item: Judged['open']['item']) {
  return workbench.ask('judge', { content: served(desk), item, today: today(desk, visit.now) })
}

function nameById(desk: Desk, visit: Visit, id: string): string {
  const item = itemOf(served(desk), id)
  return item ? nameOf(item, visit.contentLanguage) : id
}

/** Why this account can't publish it now. */
function hindranceOf(
  desk: Desk,
  { account }: Visit,
  { open, judgement }: Pick<Judged, 'open' | 'judgement'>,
): Judged['hindrance'] {
  if (judgement.findings.some(({ severity }) => severity === 'error')) return 'mistakes'
  if (open.baseHash !== hashOf(itemOf(desk.files.content, open.contentId))) return 'conflict'
  if (deeds.needsSecondPerson(desk, open) && open.author === account.email) return 'second'
  return undefined
}

async function publish(desk: Desk, visit: Visit): Promise<Answer> {
  const deed = deedOf(visit)
  const open = (await revisionsOf(desk.database.sql, deed.contentId)).find(isOpen)
  if (!open) return { kind: 'missing' }
  if (await hasMistakes(desk, visit, open.item))
    return show(desk, visit, 'console.answers.hindrance.mistakes')
  const outcome = await deeds.publishDraft(desk, deed)
  if (!(outcome instanceof Refused)) return act(visit, Promise.resolve(outcome), 'published')
  return show(desk, visit, REFUSALS[outcome.reason])
}

/** The content may have changed since the page was shown. */
export async function hasMistakes(
  { workbench, ...desk }: Desk,
  { now }: Pick<Visit, 'now'>,
  item: Judged['open']['item'],
): Promise<boolean> {
  const findings = await workbench.ask('check', { content: served(desk), item, today: today(desk, now) })
  return findings.some(({ severity }) => severity === 'error')
}

const REFUSALS: Record<deeds.Reason, SentenceKey> = {
  changed: 'console.answers.problem.changed',
  conflict: 'console.answers.hindrance.conflict',
  second: 'console.answers.hindrance.second',
  missing: 'console.answers.problem.changed',
  taken: 'console.answers.problem.taken',
}
