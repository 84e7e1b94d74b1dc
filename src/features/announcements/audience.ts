// Whom an announcement is for. One statement counts and plans, so that what was forecast is what is planned.
import { type Content, LANGUAGES } from '../../core/model/content.ts'
import type { Sql } from '../../platform/db/database.ts'
import { OTHER_COMMUNITY } from '../choices/index.ts'
import { type Audience, CHANNELS } from './model.ts'
import type { Plugs } from './plugs.ts'

/** A channel that is on; to whom a message is billed, if it bills. */
export type OpenChannel = { id: string; sessionMs?: number }

/** People of one channel. `open`: they can be reached; `cold`: the channel bills a message to them now. */
export type Share = { channel: string; open: boolean; cold: boolean; people: number }

export type AudienceQuery = {
  audience: Audience
  channels: readonly OpenChannel[]
  plugs: Plugs
  /** Gives each of them a delivery of this announcement. */
  plan?: string
}

/**
 * The people who want announcements and are meant, each in the chat where they can be reached and wrote last.
 * Undefined: the workshop of the filter does not exist.
 */
export async function findAudience(sql: Sql, query: AudienceQuery): Promise<Share[] | undefined> {
  const { audience, channels, plugs, plan = null } = query
  const { workshop, got = null } = audience
  const people = workshop ? await plugs.workshopPeople?.(sql, workshop) : []
  if (!people) return undefined
  const on = channels.map(({ id }) => id)
  const sessions = JSON.stringify(Object.fromEntries(channels.map(({ id, sessionMs }) => [id, sessionMs])))
  // All chats are joined at once: looked up person by person, it takes three times as long for many.
  return sql<Share>`
    WITH chosen AS MATERIALIZED (
      SELECT * FROM (
        SELECT DISTINCT ON (a.person_id) a.person_id AS id, a.channel, a.language, a.reachable,
          a.reachable AND a.channel = ANY(${on}::text[]) AS open,
          coalesce(a.last_inbound_at < now() - make_interval(
            secs => (${sessions}::jsonb->>a.channel)::float8 / 1000), false) AS cold
        FROM address a
        JOIN person p ON p.id = a.person_id AND p.erased_at IS NULL
        JOIN consent c ON c.person_id = a.person_id AND c.purpose = 'announcements' AND c.withdrawn_at IS NULL
        WHERE a.channel = ANY(${audience.channels?.length ? audience.channels : [...CHANNELS]}::text[])
        ORDER BY a.person_id, open DESC, a.last_inbound_at DESC) chat
      WHERE language = ANY(${audience.languages?.length ? audience.languages : [...LANGUAGES]}::text[])
        AND (${audience.topics ?? []}::text[] = '{}' OR EXISTS (SELECT 1 FROM person_choice c
          WHERE c.person_id = chat.id AND c.kind = 'topic' AND c.value = ANY(${audience.topics ?? []}::text[])))
        AND (${audience.communities ?? []}::text[] = '{}' OR EXISTS (SELECT 1 FROM person_choice c
          WHERE c.person_id = chat.id AND c.kind = 'community' AND c.value = ANY(${audience.communities ?? []}::text[])))
        AND (${workshop === undefined} OR chat.id = ANY(${people}::uuid[]))
        AND (${got}::uuid IS NULL OR EXISTS (SELECT 1 FROM delivery d
          WHERE d.person_id = chat.id AND d.announcement_id = ${got}::uuid AND d.status IN ('sent', 'uncertain')))
    ), planned AS (
      INSERT INTO delivery (announcement_id, person_id, channel, status, reason, at)
      SELECT ${plan}::uuid, id, channel, CASE WHEN open THEN 'planned' ELSE 'skipped' END,
        CASE WHEN NOT reachable THEN 'unreachable' WHEN NOT open THEN 'channel-off' END, now()
      FROM chosen WHERE ${plan}::uuid IS NOT NULL
      ON CONFLICT (person_id, announcement_id) DO NOTHING
    )
    SELECT channel, open, cold, count(*)::int AS people FROM chosen GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`
}

/** Ids of the filter that the content does not have, as "field: id". */
export function unknownIn({ communities = [], topics = [] }: Audience, content: Content): string[] {
  const known = new Set([...content.communities.map(({ id }) => id), OTHER_COMMUNITY])
  const topicIds = new Set(content.newsTopics.map(({ id }) => id))
  return [
    ...communities.filter(id => !known.has(id)).map(id => `communities: ${id}`),
    ...topics.filter(id => !topicIds.has(id)).map(id => `topics: ${id}`),
  ]
}
