// Answers for programs: read them, write revisions, publish them, and see what is missing.
import { z } from 'zod'
import {
  type ApiReply,
  type ApiRoute,
  apiRoute,
  mayEnter,
  notFound,
  problem,
  Refused,
  success,
} from '../../staff/index.ts'
import { type Done, type Outcome, publishDraft, type Reason, saveDraft, stampOf } from './deeds.ts'
import { type Desk, served } from './desk.ts'
import { HEALTH } from './health.ts'
import { type Item, ItemShape, isEntry, itemOf, KINDS, mapLanguages, nameOf } from './item.ts'
import { hasMistakes } from './judge-pages.ts'
import { openClusters } from './misses.ts'
import { listAll, STATUSES, statusOf } from './overview.ts'
import { EDITORS, INSIDERS, READERS } from './roles.ts'
import { isOpen, type Revision, revisionsOf } from './store.ts'

const texts = z.object({ sr: z.string(), bs: z.string(), en: z.string() })
const Listed = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  title: texts,
  status: z.enum(STATUSES),
  reviewBy: z.string().optional(),
  health: z.array(z.enum(HEALTH)),
})
const RevisionShape = z.object({
  number: z.number(),
  state: z.string(),
  author: z.string(),
  approver: z.string().optional(),
  note: z.string(),
  stamp: z.string(),
  updatedAt: z.iso.datetime(),
  content: ItemShape.optional(),
})
const Stamp = z.string().regex(/^(?:\d{1,18}\.\d{1,9})?$/)

export function curationRoutes(desk: Desk): ApiRoute[] {
  return [listRoute(desk), readRoute(desk), missesRoute(desk), reviseRoute(desk), publishRoute(desk)]
}

function listRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/answers',
    roles: READERS,
    summary: 'Every answer, redirect and small talk, and what should be looked at.',
    reply: z.object({ items: z.array(Listed) }),
    async handle({ account, now }) {
      const insider = mayEnter(account.role, INSIDERS)
      const lines = (await listAll(desk, now)).map(({ item, kind, live, health }) => ({
        id: item.id,
        kind,
        title: titlesOf(item),
        status: statusOf(item, live),
        ...(isEntry(item) && { reviewBy: item.reviewBy }),
        health,
      }))
      return success({ items: lines.filter(({ status }) => insider || status === 'published') })
    },
  })
}

function titlesOf(item: Item) {
  return mapLanguages(item.texts, (_, language) => nameOf(item, language))
}

function readRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/answers/:id',
    roles: READERS,
    summary: 'One item: what people get, and for editors its revisions, newest first.',
    reply: z.object({
      id: z.string(),
      served: ItemShape.nullable(),
      stamp: z.string(),
      revisions: z.array(RevisionShape),
    }),
    async handle({ params, account }) {
      const { id = '' } = params
      const now = itemOf(served(desk), id)
      const isPublic = now !== undefined && statusOf(now, true) === 'published'
      const insider = mayEnter(account.role, INSIDERS)
      const revisions = insider ? await revisionsOf(desk.database.sql, id) : []
      if (!(isPublic || (insider && (now || revisions.length)))) return notFound()
      return success({
        id,
        served: now ?? null,
        stamp: stampOf(revisions),
        revisions: revisions.map(shownRevision),
      })
    },
  })
}

function shownRevision(revision: Revision) {
  const { number, state, author, approver, note, updatedAt, item } = revision
  return {
    number,
    state,
    author,
    ...(approver && { approver }),
    note,
    stamp: stampOf([revision]),
    updatedAt: updatedAt.toISOString(),
    content: item,
  }
}

function missesRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/misses',
    roles: EDITORS,
    summary: 'Questions without an answer, those that ask the same together, most frequent first.',
    reply: z.object({
      clusters: z.array(
        z.object({
          count: z.number(),
          last: z.iso.datetime(),
          questions: z.array(
            z.object({
              question: z.string(),
              language: z.string(),
              count: z.number(),
              last: z.iso.datetime(),
            }),
          ),
        }),
      ),
    }),
    async handle() {
      const iso = (at: number) => new Date(at).toISOString()
      const clusters = (await openClusters(desk)).map(({ wordings, count, last }) => ({
        count,
        last: iso(last),
        questions: wordings.map(({ id: _id, ...wording }) => ({ ...wording, last: iso(wording.last) })),
      }))
      return success({ clusters })
    },
  })
}

function reviseRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'POST',
    path: '/answers/:id/revisions',
    roles: EDITORS,
    summary:
      'Keeps a text as the open revision of an item. `stamp`: the state that was seen; empty for something new.',
    body: z.object({ content: ItemShape, stamp: Stamp.default(''), note: z.string().max(300).default('') }),
    reply: z.object({ number: z.number(), stamp: z.string() }),
    status: 201,
    problems: ['changed', 'taken', 'id'],
    async handle({ params, body, account }) {
      const { content: item, ...more } = body
      if (item.id !== params.id) return problem(422, 'id', 'The content has another id than the address.')
      return replyTo(desk, item.id, await saveDraft(desk, { item, ...more, actor: account.email }))
    },
  })
}

function publishRoute(desk: Desk): ApiRoute {
  return apiRoute({
    method: 'POST',
    path: '/answers/:id/publish',
    roles: EDITORS,
    summary: 'From now on people get the open revision.',
    body: z.object({ stamp: Stamp.optional() }),
    reply: z.object({ number: z.number(), stamp: z.string() }),
    problems: ['changed', 'mistakes', 'conflict', 'second-person'],
    async handle({ params, body, account, now }) {
      const { id = '' } = params
      const revisions = await revisionsOf(desk.database.sql, id)
      const open = revisions.find(isOpen)
      if (!open) return notFound()
      if (await hasMistakes(desk, { now }, open.item))
        return problem(409, 'mistakes', 'The content check finds mistakes in it.')
      const stamp = body.stamp ?? stampOf(revisions)
      return replyTo(desk, id, await publishDraft(desk, { contentId: id, actor: account.email, stamp }))
    },
  })
}

async function replyTo(desk: Desk, id: string, outcome: Outcome<Done>): Promise<ApiReply> {
  if (!(outcome instanceof Refused)) {
    const stamp = stampOf(await revisionsOf(desk.database.sql, id))
    return success({ number: outcome.number, stamp })
  }
  return outcome.reason === 'missing' ? notFound() : REFUSALS[outcome.reason]
}

const REFUSALS: Record<Exclude<Reason, 'missing'>, ApiReply> = {
  changed: problem(409, 'changed', 'Somebody changed it meanwhile; read it again.'),
  taken: problem(409, 'taken', 'Something else has this id, or it is no id.'),
  conflict: problem(409, 'conflict', 'Its file was changed since the revision was begun.'),
  second: problem(409, 'second-person', 'It rests on a law: another account must publish it.'),
}
