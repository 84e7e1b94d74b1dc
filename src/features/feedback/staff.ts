// /console/feedback: proposals to pass on, answer, decline, and to publish or not.
import { PROPOSAL_STATES } from '../../core/model/proposal.ts'
import { redact } from '../../core/text/redact.ts'
import { dayIn } from '../../core/time/day.ts'
import type { Cell } from '../../platform/csv.ts'
import {
  type Answer,
  csvFile,
  idIn,
  Refused,
  type Role,
  type StaffPage,
  type Visit,
} from '../../staff/index.ts'
import { isCategory } from './categories.ts'
import type { Desk, DeskProblem } from './deeds.ts'
import * as deeds from './deeds.ts'
import { communityName } from './messages.ts'
import { detailView, listView } from './staff-views.ts'
import { type Filter, findProposal, listProposals, type Proposal, PUBLICATIONS } from './store.ts'
import { shownReference } from './tokens.ts'

const ROLES: readonly Role[] = ['inbox', 'editor']
const PAGE_SIZE = 50
const FILE_MAX = 100_000

export function feedbackPages(desk: Desk): StaffPage[] {
  const page = (method: StaffPage['method'], path: string, handle: StaffPage['handle']): StaffPage => ({
    method,
    path: `/console/feedback${path}`,
    section: 'feedback',
    roles: ROLES,
    handle,
  })
  const deed = (path: string, done: Done, work: Work) =>
    page('POST', `/:id/${path}`, visit => act(desk, visit, done, work))
  return [
    page('GET', '', visit => showList(desk, visit)),
    page('GET', '/proposals.csv', visit => file(desk, visit)),
    page('GET', '/:id', visit => showOne(desk, visit)),
    deed('pass', 'console.feedback.done.passed', ({ form }, ...at) =>
      deeds.pass(...at, form.department ?? ''),
    ),
    deed('answer', 'console.feedback.done.answered', (visit, ...at) => deeds.answer(...at, textOf(visit))),
    deed('decline', 'console.feedback.done.declined', (visit, ...at) =>
      deeds.decline(...at, { reason: visit.form.reason ?? '', text: textOf(visit) }),
    ),
    deed('publish', 'console.feedback.done.published', ({ form }, ...at) =>
      deeds.publish(...at, { text: form.published ?? '', photo: form.photo === '1' }),
    ),
    deed('refuse', 'console.feedback.done.refused', ({ form }, ...at) =>
      deeds.refuse(...at, form.reason ?? ''),
    ),
  ]
}

function textOf({ form }: Visit) {
  const { text_sr = '', text_bs = '', text_en = '' } = form
  return { sr: text_sr, bs: text_bs, en: text_en }
}

async function showList(desk: Desk, visit: Visit): Promise<Answer> {
  const filter = filterIn(visit)
  const proposals = await listProposals(desk.database.sql, { ...filter, limit: PAGE_SIZE + 1 })
  const body = listView(visit, proposals.slice(0, PAGE_SIZE), {
    filter,
    hasMore: proposals.length > PAGE_SIZE,
    nameOf: id => communityName(desk.knowledge().content, id),
  })
  return { kind: 'page', title: visit.t('console.section.feedback'), body }
}

/** What the address asks for, as far as it makes sense. */
function filterIn({ query }: Visit): Omit<Filter, 'limit'> {
  const state = PROPOSAL_STATES.find(known => known === query.state)
  const publication = PUBLICATIONS.find(known => known === query.publication)
  const category = isCategory(query.category ?? '') ? query.category : undefined
  const before = /^[1-9]\d{0,8}$/.test(query.before ?? '') ? Number(query.before) : undefined
  return {
    ...(state && { state }),
    ...(publication && { publication }),
    ...(category && { category }),
    ...(before && { before }),
  }
}

async function proposalIn({ database }: Desk, visit: Visit): Promise<Proposal | undefined> {
  const id = idIn(visit)
  return id === undefined ? undefined : findProposal(database.sql, id)
}

async function showOne(desk: Desk, visit: Visit, problem?: DeskProblem): Promise<Answer> {
  const proposal = await proposalIn(desk, visit)
  if (!proposal) return { kind: 'missing' }
  const { departments, moderationReasons, cannedReplies } = desk.settings()
  const body = detailView(visit, proposal, {
    proposed: proposal.published ?? redact(proposal.text ?? ''),
    community: communityName(desk.knowledge().content, proposal.community ?? undefined),
    departments,
    reasons: moderationReasons,
    cannedReplies,
    problem,
  })
  const title = visit.t('feedback.about', { reference: shownReference(proposal.reference) })
  return { kind: 'page', title, body, status: problem ? 422 : 200 }
}

type Done = Extract<Answer, { kind: 'redirect' }>['done']
type Work = (visit: Visit, desk: Desk, actor: string, id: number) => ReturnType<typeof deeds.pass>

async function act(desk: Desk, visit: Visit, done: Done, work: Work): Promise<Answer> {
  const proposal = await proposalIn(desk, visit)
  if (!proposal) return { kind: 'missing' }
  const refused = await work(visit, desk, visit.account.email, proposal.id)
  if (refused instanceof Refused) return showOne(desk, visit, refused.reason)
  return { kind: 'redirect', to: `/console/feedback/${proposal.id}`, done }
}

const HEADER = [
  'reference',
  'day',
  'category',
  'community',
  'channel',
  'state',
  'department',
  'reason',
  'publication',
  'text',
]

/** The whole list for a spreadsheet: redacted, and without a word about who wrote what. */
async function file(desk: Desk, visit: Visit): Promise<Answer> {
  const proposals = await listProposals(desk.database.sql, { ...filterIn(visit), limit: FILE_MAX })
  const { timeZone } = visit
  const rows = proposals.map((proposal): Cell[] => [
    shownReference(proposal.reference),
    dayIn(timeZone, proposal.createdAt.getTime()),
    proposal.category,
    proposal.community,
    proposal.channel,
    proposal.state,
    proposal.department,
    proposal.reason,
    proposal.publication,
    proposal.published ?? redact(proposal.text ?? ''),
  ])
  return csvFile(`proposals-${dayIn(timeZone, visit.now.getTime())}`, HEADER, rows)
}
