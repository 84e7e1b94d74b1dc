// What was computed for versions of the content, as rows.
import { z } from 'zod'
import type { Content, Thresholds } from '../../core/model/content.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Confusable, Figures } from '../answers/index.ts'
import { tellAll } from './store.ts'

/** A job that was cut off is begun again after this long. */
const GIVEN_UP_MIN = 15

export type Computed = {
  thresholds: NonNullable<Content['thresholds']>
  gold: Figures
  confusable: Confusable[]
}

/** What is known of a version: `computed` is absent as long as nothing is. */
export type Version = { hash: string; wantedAt: Date; computedAt: Date | null; computed?: Computed }

const threshold: z.ZodType<Thresholds> = z.object({
  answer: z.number(),
  margin: z.number(),
  suggest: z.number(),
  contentHash: z.string(),
})
const ComputedShape = z.object({
  thresholds: z.object({ sr: threshold, en: threshold }),
  gold: z.object({
    n: z.number(),
    top1: z.number(),
    recall3: z.number(),
    mrr: z.number(),
    answered: z.number(),
    answeredRight: z.number(),
    offeredRight: z.number(),
    outside: z.number(),
    outsideAnswered: z.number(),
  }),
  confusable: z.array(z.object({ id: z.string(), other: z.string(), phrasing: z.string() })),
})

/** The version with this hash, if anybody asked for it. */
export async function readVersion(sql: Sql, hash: string): Promise<Version | undefined> {
  const [row] = await sql<Omit<Version, 'computed'> & Record<'thresholds' | 'gold' | 'confusable', unknown>>`
    SELECT hash, wanted_at AS "wantedAt", computed_at AS "computedAt", thresholds, gold, confusable
    FROM content_version WHERE hash = ${hash}`
  if (!row) return undefined
  const { wantedAt, computedAt, ...values } = row
  const computed = ComputedShape.safeParse(values).data
  return { hash, wantedAt, computedAt, ...(computed && { computed }) }
}

/**
 * Cut-offs for the content with this hash: its own; as long as they are not computed, those computed last;
 * without any the ones of the files.
 */
export async function thresholdsFor(sql: Sql, hash: string, files: Content): Promise<Content['thresholds']> {
  if (files.thresholds?.sr.contentHash === hash) return files.thresholds
  const [row] = await sql<{ thresholds: unknown }>`
    SELECT thresholds FROM content_version WHERE thresholds IS NOT NULL
    ORDER BY hash = ${hash} DESC, computed_at DESC LIMIT 1`
  return ComputedShape.shape.thresholds.safeParse(row?.thresholds).data ?? files.thresholds
}

/** Asks for a version to be computed, unless it is. */
export async function wantVersion(sql: Sql, hash: string): Promise<void> {
  await sql`INSERT INTO content_version (hash) VALUES (${hash}) ON CONFLICT (hash) DO NOTHING`
}

/** Takes the work on a version; false when nobody asked for it, it is done, or somebody else is at it. */
export async function claimVersion(sql: Sql, hash: string): Promise<boolean> {
  const rows = await sql`
    UPDATE content_version SET started_at = now()
    WHERE hash = ${hash} AND computed_at IS NULL
      AND (started_at IS NULL OR started_at < now() - make_interval(mins => ${GIVEN_UP_MIN}))
    RETURNING 1`
  return rows.length > 0
}

/** Somebody else may take the work. */
export async function releaseVersion(sql: Sql, hash: string): Promise<void> {
  await sql`UPDATE content_version SET started_at = NULL WHERE hash = ${hash} AND computed_at IS NULL`
}

/** Stores what was computed; every instance hears of the new cut-offs. */
export async function storeVersion(sql: Sql, hash: string, computed: Computed): Promise<void> {
  const { thresholds, gold, confusable } = computed
  await sql`
    UPDATE content_version SET thresholds = ${JSON.stringify(thresholds)}::jsonb, gold = ${JSON.stringify(gold)}::jsonb,
      confusable = ${JSON.stringify(confusable)}::jsonb, computed_at = now()
    WHERE hash = ${hash}`
  await tellAll(sql)
}
