// Cases for programs: the same deeds as in the console.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  type Account,
  type ApiReply,
  type ApiRoute,
  apiRoute,
  notFound,
  problem,
  success,
} from '../../staff/index.ts'
import { type Act, AFTER, close, type Desk, type Refusal, reopen, replyTo } from './changes.ts'
import { CLOSE_REASONS } from './messages.ts'
import { readReference } from './reference.ts'
import { TEXT_MAX } from './rules.ts'
import { type Case, caseTexts, findCase, listCases } from './store.ts'
import { plainText } from './text.ts'

const PAGE_SIZE = 100
const ROLES = ['inbox'] as const

const state = z.enum(['open', 'waiting', 'passed', 'closed'])
const item = z.object({
  id: z.string(),
  state,
  question: z.string(),
  language: z.string(),
  channel: z.string(),
  openedAt: z.iso.datetime(),
})
const message = z.object({
  id: z.string(),
  kind: z.enum(['asker', 'reply', 'note']),
  text: z.string(),
  at: z.iso.datetime(),
  author: z.string().nullable(),
  delivery: z.object({ status: z.string(), reason: z.string().nullable() }).nullable(),
})
const whole = item.extend({
  expectedOn: z.iso.date(),
  assignee: z.string().nullable(),
  department: z.string().nullable(),
  closedAt: z.iso.datetime().nullable(),
  messages: z.array(message),
})

/** The routes of cases. */
export function caseRoutes(desk: Desk): ApiRoute[] {
  return [listRoute(desk), showRoute(desk), replyRoute(desk), closeRoute(desk), reopenRoute(desk)]
}

function listRoute({ database }: Desk): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/cases',
    roles: ROLES,
    summary: 'Questions that were sent to the city, the most urgent first.',
    query: z.object({
      state: state.optional(),
      cursor: z
        .string()
        .regex(/^\d{1,6}$/)
        .optional(),
    }),
    reply: z.object({ items: z.array(item), next: z.string().optional() }),
    async handle({ query }) {
      const offset = Number(query.cursor ?? 0)
      const cases = await listCases(database.sql, { show: query.state }, { limit: PAGE_SIZE, offset })
      const next = cases.length === PAGE_SIZE ? { next: String(offset + PAGE_SIZE) } : {}
      return success({ items: cases.map(itemOf), ...next })
    },
  })
}

function itemOf({ reference, state, question, language, channel, openedAt }: Case): z.input<typeof item> {
  return { id: reference, state, question, language, channel, openedAt: openedAt.toISOString() }
}

function showRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/cases/:id',
    roles: ROLES,
    summary: 'One case with everything that was written in it and what became of each reply.',
    reply: whole,
    handle: ({ params }) => show(desk, params.id ?? ''),
  })
}

async function show({ database: { sql } }: Desk, id: string): Promise<ApiReply> {
  const reference = readReference(id)
  const found = reference && (await findCase(sql, reference))
  if (!found) return notFound()
  const { expectedOn, assignee, department, closedAt } = found
  const texts = await caseTexts(sql, found.reference)
  const messages = texts.map(({ id, kind, text, at, author, delivery }) => ({
    ...{ id, kind, text, at: at.toISOString(), author },
    delivery: delivery && { status: delivery.status, reason: delivery.reason },
  }))
  const closed = closedAt?.toISOString() ?? null
  return success({ ...itemOf(found), expectedOn, assignee, department, closedAt: closed, messages })
}

function replyRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'POST',
    path: '/cases/:id/replies',
    roles: ROLES,
    summary: 'Replies to the asker, in the chat where they asked. The same key twice is one reply.',
    body: z.object({
      text: z.string().trim().min(1).max(TEXT_MAX),
      key: z.string().min(1).max(64).optional(),
      after: z.enum(AFTER).default('waiting'),
    }),
    status: 201,
    reply: z.object({ id: z.string(), status: z.string() }),
    problems: ['case-closed'],
    async handle({ params, account, body }) {
      const { key = randomUUID(), after } = body
      const act = actOf(desk, account, params.id)
      const refused = await replyTo(act, { text: plainText(body.text), key, after })
      if (refused && refused.reason !== 'repeated') return refusal(refused.reason)
      const texts = await caseTexts(desk.database.sql, act.reference)
      const sent = texts.find(text => text.key === key)
      return success({ id: sent?.id ?? '', status: sent?.delivery?.status ?? '' })
    },
  })
}

function closeRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'POST',
    path: '/cases/:id/close',
    roles: ROLES,
    summary: 'Closes a case and tells its asker why.',
    body: z.object({ reason: z.enum(CLOSE_REASONS).default('answered') }),
    reply: whole,
    problems: ['case-closed'],
    async handle({ params, account, body }) {
      const refused = await close(actOf(desk, account, params.id), body.reason)
      return refused ? refusal(refused.reason) : show(desk, params.id ?? '')
    },
  })
}

function reopenRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'POST',
    path: '/cases/:id/reopen',
    roles: ROLES,
    summary: 'Makes a case the city’s turn again.',
    reply: whole,
    async handle({ params, account }) {
      const refused = await reopen(actOf(desk, account, params.id))
      return refused ? refusal(refused.reason) : show(desk, params.id ?? '')
    },
  })
}

function actOf({ database, knowledge }: Desk, account: Account, id = ''): Act {
  return { database, words: knowledge(), account, reference: readReference(id) ?? '' }
}

function refusal(reason: Refusal): ApiReply {
  return reason === 'closed'
    ? problem(409, 'case-closed', 'The case is closed; reopen it first.')
    : notFound()
}
