// Workshops in the console.

import type { WorkshopStatus } from '../../core/model/workshop.ts'
import { textIn } from '../../core/model/workshop.ts'
import type { Html } from '../../platform/html/html.ts'
import { type Answer, csvFile, type StaffPage, type Visit } from '../../staff/index.ts'
import { coverageOf } from './coverage.ts'
import { cancelAs, changeAs, closeAs, createAs, markAs, publishAs, saveMinutesAs, tellAs } from './deeds.ts'
import { summarise } from './feedback.ts'
import { problemsOf, type WorkshopFields } from './fields.ts'
import { workshopMessage } from './messages.ts'
import { noticeMessage } from './notice-messages.ts'
import { doorSheetOf, posterOf } from './poster.ts'
import { readRegistrations } from './registrations.ts'
import { countOpenRequests } from './requests.ts'
import { CHANGES, isActive } from './rules.ts'
import { coverageView } from './staff-coverage.ts'
import { doorPages } from './staff-door.ts'
import { fieldsFrom, freshValues, localText, valuesOf, workshopForm } from './staff-form.ts'
import {
  actorOf,
  MAY_READ,
  MAY_WRITE,
  mayWrite,
  onWorkshop,
  previewOf,
  refusedPage,
  type StaffParts,
  speakerOf,
} from './staff-parts.ts'
import { requestPages } from './staff-requests.ts'
import { confirmView, detailView, type ListFilter, listView } from './staff-views.ts'
import { readWorkshops, type WorkshopRecord } from './store.ts'

const PATH = '/console/workshops'
const PAST_MAX = 200

type Handle = (parts: StaffParts, visit: Visit) => Promise<Answer>
type HandleOne = (parts: StaffParts, visit: Visit, workshop: WorkshopRecord) => Promise<Answer>

export function workshopPages(parts: StaffParts): StaffPage[] {
  const page = (
    method: StaffPage['method'],
    path: string,
    handle: Handle,
    write = method === 'POST',
  ): StaffPage => ({
    method,
    path: PATH + path,
    section: 'workshops',
    roles: write ? MAY_WRITE : MAY_READ,
    handle: visit => handle(parts, visit),
  })
  const one = (method: StaffPage['method'], path: string, handle: HandleOne, write?: boolean): StaffPage =>
    page(
      method,
      `/:id${path}`,
      (_parts, visit) => onWorkshop(parts, visit, workshop => handle(parts, visit, workshop)),
      write,
    )
  return [
    page('GET', '', showList),
    page('GET', '/new', showNew, true),
    page('POST', '', create),
    page('GET', '/coverage', showCoverage),
    ...requestPages(parts),
    one('GET', '', showDetail),
    one('GET', '/edit', showEdit, true),
    one('POST', '', change),
    one('POST', '/duplicate', duplicate),
    one('GET', '/publish', (...args) => askFirst('publish', ...args), true),
    one('POST', '/publish', publish),
    one('GET', '/cancel', (...args) => askFirst('cancel', ...args), true),
    one('POST', '/cancel', cancel),
    one('POST', '/tell', tellNow),
    one('POST', '/close', close),
    one('POST', '/minutes', saveMinutes),
    one('POST', '/registrations/:number', mark),
    one('GET', '/registrations.csv', giveCsv, true),
    one('GET', '/poster', givePoster),
    one('GET', '/door-sheet', giveDoorSheet, true),
    ...doorPages(parts),
  ]
}

async function showList(parts: StaffParts, visit: Visit): Promise<Answer> {
  const filter = filterIn(parts, visit)
  const { community, status, when } = filter
  const statuses = status && [status]
  const time = when === 'past' ? { endedBy: visit.now, limit: PAST_MAX } : { endsAfter: visit.now }
  const { sql } = parts.database
  const workshops = await readWorkshops(sql, { community, statuses, ...time })
  const openRequests = await countOpenRequests(sql)
  const body = listView(visit, speakerOf(parts, visit), { workshops, filter, openRequests })
  return { kind: 'page', title: visit.t('console.section.workshops'), body }
}

const STATUSES: readonly WorkshopStatus[] = ['draft', 'published', 'cancelled', 'done']

function filterIn({ knowledge }: StaffParts, { query }: Visit): ListFilter {
  const community = knowledge().content.communities.find(({ id }) => id === query.community)?.id
  const status = STATUSES.find(known => known === query.status)
  return { when: query.when === 'past' ? 'past' : 'coming', community, status }
}

async function showNew(parts: StaffParts, visit: Visit): Promise<Answer> {
  const values = freshValues(parts.settings().workshopOfferMinutes)
  return formPage(parts, visit, { values, problems: [], id: undefined })
}

async function showEdit(parts: StaffParts, visit: Visit, workshop: WorkshopRecord): Promise<Answer> {
  const values = valuesOf(workshop, visit.timeZone)
  return formPage(parts, visit, { values, problems: [], id: workshop.id })
}

function formPage(
  { knowledge }: StaffParts,
  visit: Visit,
  form: Pick<Parameters<typeof workshopForm>[1], 'values' | 'problems'> & { id: number | undefined },
): Answer {
  const { t } = visit
  const { id, ...rest } = form
  const body = workshopForm(visit, {
    ...rest,
    action: id === undefined ? PATH : `${PATH}/${id}`,
    communities: knowledge().content.communities,
    go: t(id === undefined ? 'console.workshops.createGo' : 'console.save'),
  })
  const title = t(id === undefined ? 'console.workshops.new' : 'console.workshops.edit')
  return { kind: 'page', title, body, status: form.problems.length ? 422 : 200 }
}

/** Runs what a form asks for if it makes sense; else shows it again with what is wrong. */
async function withFields(
  parts: StaffParts,
  visit: Visit,
  id: number | undefined,
  work: (fields: WorkshopFields) => Promise<Answer>,
): Promise<Answer> {
  const fields = fieldsFrom(visit.form, visit.timeZone)
  const problems = problemsOf(fields, parts.knowledge().content.communities)
  return problems.length ? formPage(parts, visit, { values: visit.form, problems, id }) : work(fields)
}

function create(parts: StaffParts, visit: Visit): Promise<Answer> {
  return withFields(parts, visit, undefined, async fields => {
    const id = await createAs(actorOf(parts, visit), fields)
    return { kind: 'redirect', to: `${PATH}/${id}`, done: 'console.workshops.done.created' }
  })
}

function change(parts: StaffParts, visit: Visit, { id }: WorkshopRecord): Promise<Answer> {
  return withFields(parts, visit, id, async fields => {
    const refused = await changeAs(actorOf(parts, visit), id, fields)
    if (refused) return refusedPage(visit, refused.reason, `${PATH}/${id}/edit`)
    return { kind: 'redirect', to: `${PATH}/${id}`, done: 'console.workshops.done.saved' }
  })
}

/** A new draft with the same texts and settings; its time is still to be chosen, so it opens in the form. */
async function duplicate(parts: StaffParts, visit: Visit, workshop: WorkshopRecord): Promise<Answer> {
  const id = await createAs(actorOf(parts, visit), { ...workshop, opensAt: undefined, closesAt: undefined })
  return { kind: 'redirect', to: `${PATH}/${id}/edit`, done: 'console.workshops.done.duplicated' }
}

async function showDetail(parts: StaffParts, visit: Visit, workshop: WorkshopRecord): Promise<Answer> {
  const { sql } = parts.database
  const speaker = speakerOf(parts, visit)
  const registrations = await readRegistrations(sql, workshop.id)
  const feedback = await summarise(sql, workshop.id)
  const preview = workshop.tellAt === undefined ? undefined : noticePreview(parts, visit, 'moved', workshop)
  const title = visit.inScript(textIn(workshop.title, speaker.language))
  const body = detailView(visit, speaker, { workshop, registrations, feedback, preview })
  return { kind: 'page', title, body, wide: true }
}

/** What people who signed up would be told. */
function noticePreview(
  parts: StaffParts,
  visit: Visit,
  what: 'cancelled' | 'moved',
  workshop: WorkshopRecord,
): Html {
  return previewOf(parts, visit, voice => noticeMessage(what, workshop, voice, workshop.told))
}

/** The workshop as the bot would show it. */
function publishPreview(parts: StaffParts, visit: Visit, workshop: WorkshopRecord): Html {
  return previewOf(parts, visit, voice => workshopMessage({ ...workshop, status: 'published' }, voice))
}

async function askFirst(
  what: 'publish' | 'cancel',
  parts: StaffParts,
  visit: Visit,
  workshop: WorkshopRecord,
): Promise<Answer> {
  const registrations = await readRegistrations(parts.database.sql, workshop.id)
  const concerned = registrations.filter(({ status }) => isActive(status)).length
  const preview =
    what === 'cancel'
      ? noticePreview(parts, visit, 'cancelled', workshop)
      : publishPreview(parts, visit, workshop)
  const title = visit.t(`console.workshops.${what}`)
  return { kind: 'page', title, body: confirmView(visit, { workshop, what, preview, concerned }), wide: true }
}

const publish: HandleOne = (parts, visit, { id }) =>
  after(visit, id, publishAs(actorOf(parts, visit), id), 'console.workshops.done.published')

const cancel: HandleOne = (parts, visit, { id }) =>
  after(visit, id, cancelAs(actorOf(parts, visit), id), 'console.workshops.done.cancelled')

const tellNow: HandleOne = (parts, visit, { id }) =>
  after(visit, id, tellAs(actorOf(parts, visit), id), 'console.workshops.done.told')

const close: HandleOne = (parts, visit, { id }) =>
  after(visit, id, closeAs(actorOf(parts, visit), id), 'console.workshops.done.closed')

async function after(
  visit: Visit,
  id: number,
  deed: ReturnType<typeof publishAs>,
  done: NonNullable<Extract<Answer, { kind: 'redirect' }>['done']>,
): Promise<Answer> {
  const refused = await deed
  if (refused) return refusedPage(visit, refused.reason, `${PATH}/${id}`)
  return { kind: 'redirect', to: `${PATH}/${id}`, done }
}

const MINUTES_MAX = 20_000

const saveMinutes: HandleOne = (parts, visit, { id }) => {
  const minutes = localText(visit.form, 'minutes')
  const whole = { ...minutes, sr: minutes.sr.slice(0, MINUTES_MAX) }
  const publish = visit.form.publish === 'yes' && minutes.sr !== ''
  const deed = saveMinutesAs(actorOf(parts, visit), id, { minutes: whole, publish })
  return after(visit, id, deed, publish ? 'console.workshops.done.minutes' : 'console.workshops.done.saved')
}

const mark: HandleOne = async (parts, visit, { id }) => {
  const { number = '' } = visit.params
  const status = (Object.keys(CHANGES) as (keyof typeof CHANGES)[]).find(name => name === visit.form.status)
  if (!status || !/^\d{1,18}$/.test(number)) return { kind: 'missing' }
  const deed = markAs(actorOf(parts, visit), id, { registrationId: number, status })
  return after(visit, id, deed, 'console.workshops.done.marked')
}

async function showCoverage(parts: StaffParts, visit: Visit): Promise<Answer> {
  const { city, communities } = parts.knowledge().content
  const coverage = await coverageOf(parts.database.sql, communities, visit.now)
  return {
    kind: 'page',
    title: visit.t('console.workshops.coverage'),
    body: coverageView(visit, coverage, city.workshopGoal),
  }
}

async function giveCsv(parts: StaffParts, _visit: Visit, { id }: WorkshopRecord): Promise<Answer> {
  const rows = await readRegistrations(parts.database.sql, id)
  const header = ['number', 'status', 'seats', 'place', 'channel', 'signed_up', 'changed']
  return csvFile(
    `workshop-${id}`,
    header,
    rows.map(({ id, status, guests, place, channel, createdAt, changedAt }) => [
      id,
      status,
      guests + 1,
      place,
      channel,
      createdAt.toISOString(),
      changedAt.toISOString(),
    ]),
  )
}

async function givePoster(parts: StaffParts, visit: Visit, workshop: WorkshopRecord): Promise<Answer> {
  const bytes = await posterOf(workshop, printingFor(parts, visit))
  return { kind: 'file', name: `poster-${workshop.id}.pdf`, mime: 'application/pdf', bytes, inline: true }
}

async function giveDoorSheet(parts: StaffParts, visit: Visit, workshop: WorkshopRecord): Promise<Answer> {
  const registrations = await readRegistrations(parts.database.sql, workshop.id)
  const bytes = await doorSheetOf(workshop, registrations, printingFor(parts, visit))
  return { kind: 'file', name: `door-${workshop.id}.pdf`, mime: 'application/pdf', bytes, inline: true }
}

function printingFor(parts: StaffParts, visit: Visit) {
  return { speaker: speakerOf(parts, visit), inScript: visit.inScript, publicUrl: parts.publicUrl }
}

/** How many requests wait, for those who may answer them. */
export async function waitingRequests(
  { database }: Pick<StaffParts, 'database'>,
  session: Pick<Visit, 'account'>,
): Promise<number> {
  return mayWrite(session) ? countOpenRequests(database.sql) : 0
}
