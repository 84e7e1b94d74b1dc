// Announcements to many on the running application: people, staff, a platform that misbehaves, and the
// interface for programs.

import type { Sql } from '../../src/platform/db/database.ts'
import { createAccount } from '../../src/staff/accounts.ts'
import { createApiToken } from '../../src/staff/api-tokens.ts'
import type { Script } from '../channels/telegram/fake-http.ts'

/** Chats of people who want announcements are numbered from here. */
export const FIRST_CHAT = 100_000

/** Adds people who want announcements, each with one chat on Telegram, last written in long ago. */
export async function addRecipients(sql: Sql, count: number, channel = 'telegram'): Promise<void> {
  await sql`
    WITH newcomer AS (
      INSERT INTO person (created_at) SELECT now() FROM generate_series(1, ${count}::int) RETURNING id
    ), numbered AS (
      SELECT id, row_number() OVER () - 1 AS n FROM newcomer
    ), chat AS (
      INSERT INTO address (person_id, channel, external_id, language, script, state, last_inbound_at)
      SELECT id, ${channel}, (${FIRST_CHAT} + n)::text, 'sr', CASE WHEN n % 4 = 0 THEN 'cyrl' ELSE 'latn' END, '{}',
        now() - interval '3 days'
      FROM numbered
    )
    INSERT INTO consent (person_id, purpose, version, given_at) SELECT id, 'announcements', '2026-11', now() FROM numbered`
  await sql`ANALYZE person, address, consent`
}

/** An account with a key for programs. */
export async function addKey(sql: Sql, email: string, role: 'admin' | 'editor' = 'editor'): Promise<string> {
  const accountId = await createAccount(sql, { email, role })
  return createApiToken(sql, { accountId: accountId ?? '', name: 'test' })
}

export type Numbers = {
  status: string
  total: number
  planned: number
  sending: number
  sent: number
  failed: number
  skipped: number
  uncertain: number
}

/** For two minutes: an application that was killed starts again meanwhile. */
const TRIES_MAX = 1200

/** The interface for programs; a request that finds nobody there is made again. */
export function apiOf(url: () => string, key: string) {
  async function call<Reply>(method: string, path: string, body?: object): Promise<Reply> {
    for (let tries = 0; ; tries++) {
      try {
        const response = await fetch(`${url()}/api/v1${path}`, {
          method,
          headers: {
            authorization: `Bearer ${key}`,
            ...(body && { 'content-type': 'application/json' }),
          },
          ...(body && { body: JSON.stringify(body) }),
        })
        const reply = await response.json()
        if (response.status >= 500) throw new Error(`${response.status}`)
        if (!response.ok) throw Object.assign(new Error(JSON.stringify(reply)), { final: true })
        return reply as Reply
      } catch (error) {
        if ((error as { final?: boolean }).final || tries > TRIES_MAX) throw error
        await new Promise(resolve => setTimeout(resolve, 100))
      }
    }
  }
  return {
    announce: (text: string) =>
      call<{ id: string; recipients: number }>('POST', '/announcements', {
        audience: { all: true },
        message: { sr: text },
      }),
    start: (id: string) => call<{ status: string }>('POST', `/announcements/${id}/start`, {}),
    verb: (id: string, verb: 'pause' | 'resume' | 'cancel') =>
      call<{ status: string }>('POST', `/announcements/${id}/${verb}`),
    read: (id: string) => call<Numbers>('GET', `/announcements/${id}`),
    call,
  }
}

export type Chaos = {
  /** Answers each call, or leaves it to the platform. Counts what it did. */
  judge(method: string): Script | undefined
  dropped: number
  refused: number
  /** Calls that came though silence was asked for, other than those already on their way. */
  disobeyed: number
  /** Until when calls are refused (ms since the epoch). */
  silentUntil: number
}

/** Calls that were on their way when silence began. */
const ON_THEIR_WAY_MS = 400

/**
 * Telegram on a bad day: now and then it asks for `silenceS` seconds of silence, and some connections break
 * after a message was taken.
 */
export function badDay(options: { dropShare: number; silenceShare: number; silenceS: number }): Chaos {
  const { dropShare, silenceShare, silenceS } = options
  let silentSince = 0
  const chaos: Chaos = {
    dropped: 0,
    refused: 0,
    disobeyed: 0,
    silentUntil: 0,
    judge(method) {
      if (method !== 'sendMessage') return undefined
      const now = Date.now()
      if (now >= chaos.silentUntil && Math.random() < silenceShare) {
        silentSince = now
        chaos.silentUntil = now + silenceS * 1000
      }
      if (now < chaos.silentUntil) {
        chaos.refused++
        if (now - silentSince > ON_THEIR_WAY_MS) chaos.disobeyed++
        const retryAfter = Math.max(1, Math.ceil((chaos.silentUntil - now) / 1000))
        return { status: 429, description: 'Too Many Requests: retry after', retryAfter }
      }
      if (Math.random() >= dropShare) return undefined
      chaos.dropped++
      return 'lost-after'
    },
  }
  return chaos
}

/** Calls in each stretch of time. */
export function busiest(times: readonly number[], windowMs: number): number {
  let most = 0
  for (let from = 0, to = 0; to < times.length; to++) {
    while ((times[to] ?? 0) - (times[from] ?? 0) >= windowMs) from++
    most = Math.max(most, to - from + 1)
  }
  return most
}
