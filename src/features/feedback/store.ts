// Proposals as staff work with them: nothing here says who wrote one.
import type { Translated } from '../../core/model/poll.ts'
import type { ProposalState } from '../../core/model/proposal.ts'
import type { Sql } from '../../platform/db/database.ts'

export const PUBLICATIONS = ['waiting', 'published', 'refused'] as const
export type Publication = (typeof PUBLICATIONS)[number]

export type Proposal = {
  id: number
  reference: string
  category: string
  /** Absent once it is tied to nobody any more. */
  text: string | null
  community: string | null
  channel: string
  language: string
  state: ProposalState
  department: string | null
  reason: string | null
  answer: Translated | null
  publication: Publication
  published: string | null
  refusal: string | null
  photoPublished: boolean
  photoId: string | null
  photoName: string | null
  createdAt: Date
  changedAt: Date
}

export type Filter = {
  state?: string
  category?: string
  publication?: string
  before?: number
  limit: number
}

/** Proposals that fit, newest first. */
export function listProposals(sql: Sql, filter: Filter): Promise<Proposal[]> {
  const { state = null, category = null, publication = null, before = null, limit } = filter
  return sql<Proposal>`
    SELECT p.id, p.reference, p.category, p.text, p.community, p.channel, p.language, p.state, p.department, p.reason,
      p.answer, p.publication, p.published, p.refusal, p.photo_published AS "photoPublished",
      m.id AS "photoId", m.name AS "photoName", p.created_at AS "createdAt", p.changed_at AS "changedAt"
    FROM proposal p LEFT JOIN media m ON m.id = p.photo_id
    WHERE (${state}::text IS NULL OR p.state = ${state}) AND (${category}::text IS NULL OR p.category = ${category})
      AND (${publication}::text IS NULL OR p.publication = ${publication})
      AND (${before}::int IS NULL OR p.id < ${before})
    ORDER BY p.id DESC LIMIT ${limit}`
}

/** One proposal; undefined if there is none. */
export async function findProposal(sql: Sql, id: number): Promise<Proposal | undefined> {
  const [proposal] = await listProposals(sql, { before: id + 1, limit: 1 })
  return proposal?.id === id ? proposal : undefined
}

/** How many wait for a decision: new ones, and those nobody has read for publication. */
export async function proposalsWaiting(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM proposal
    WHERE state = 'received' OR (publication = 'waiting' AND text IS NOT NULL)`
  return row?.count ?? 0
}

/** What everybody may read, newest first: nothing that is not approved, and no one's name. */
export type PublicProposal = {
  id: number
  reference: string
  category: string
  text: string
  language: string
  state: ProposalState
  answer: Translated | null
  photoId: string | null
  photoName: string | null
  /** The month of its arrival, its first day. */
  month: string
}

export function publishedProposals(
  sql: Sql,
  {
    category = null,
    before = null,
    limit,
  }: { category?: string | null; before?: number | null; limit: number },
): Promise<PublicProposal[]> {
  return sql<PublicProposal>`
    SELECT p.id, p.reference, p.category, p.published AS text, p.language, p.state, p.answer,
      m.id AS "photoId", m.name AS "photoName", date_trunc('month', p.created_at)::date::text AS month
    FROM proposal p LEFT JOIN media m ON m.id = p.photo_id AND p.photo_published
    WHERE p.publication = 'published' AND p.published IS NOT NULL
      AND (${category}::text IS NULL OR p.category = ${category}) AND (${before}::int IS NULL OR p.id < ${before})
    ORDER BY p.id DESC LIMIT ${limit}`
}
