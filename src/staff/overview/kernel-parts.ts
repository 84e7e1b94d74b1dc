// The parts of the overview that belong to no feature: sending, people, channels, the machine.
import { createRequire } from 'node:module'
import type { Translate } from '../../core/model/topic.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { dayIn } from '../../core/time/day.ts'
import { type Queue, readFailures, readQueue } from '../../delivery/index.ts'
import { countPeople, lastInbound, newPeopleByDay, type PEOPLE_CHANNELS } from '../../people/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { readSettings } from '../../settings/index.ts'
import { DAYS, type Figure, lastDays, type OverviewPart, type OverviewReader, type Tone } from './part.ts'

/** Replies that wait longer than this (s) are a sign that something is wrong. */
const LATE_S = 60

export function sendingPart(sql: Sql): OverviewPart {
  return {
    id: 'sending',
    async load(reader) {
      const { t } = reader
      const [queue, failures] = await Promise.all([readQueue(sql), readFailures(sql, DAYS)])
      return {
        title: t('console.overview.sending.title'),
        figures: queue.flatMap(lane => laneFigures(reader, lane)),
        tables: [
          {
            id: 'failures',
            title: t('console.overview.sending.failures'),
            columns: [
              { id: 'channel', title: t('console.overview.channel') },
              { id: 'reason', title: t('console.overview.sending.reason') },
              { id: 'count', title: t('console.overview.count'), kind: 'number' },
            ],
            rows: failures.map(({ channel, reason, count }) => [
              channelName(channel, t),
              reasonWords(t, reason),
              count,
            ]),
            empty: t('console.overview.sending.noFailures'),
          },
        ],
      }
    },
  }
}

function laneFigures({ t }: OverviewReader, { lane, waiting, oldestSeconds }: Queue): Figure[] {
  const isReply = lane === 'reply'
  const late: Tone | undefined = isReply && oldestSeconds > LATE_S ? 'bad' : undefined
  return [
    {
      id: `${lane}-waiting`,
      label: t(`console.overview.sending.waiting.${lane}`),
      value: waiting,
      tone: late,
      headline: isReply,
    },
    {
      id: `${lane}-oldest`,
      label: t(`console.overview.sending.oldest.${lane}`),
      value: waiting > 0 ? oldestSeconds : null,
      unit: 'seconds',
      tone: late,
    },
  ]
}

const REASONS = [
  'unreachable',
  'rejected',
  'not-sent',
  'uncertain',
  'no-answer',
  'abandoned',
  'undelivered',
] as const

function reasonWords(t: Translate, reason: string): string {
  const known = REASONS.find(name => name === reason)
  return known ? t(`console.overview.sending.reasons.${known}`) : reason
}

export function peoplePart(sql: Sql): OverviewPart {
  return {
    id: 'people',
    async load({ t, timeZone, now }) {
      const [{ people, recipients }, fresh] = await Promise.all([
        countPeople(sql),
        newPeopleByDay(sql, DAYS, timeZone),
      ])
      const name = t('console.overview.people.new')
      const figures: Figure[] = [
        { id: 'people', label: t('console.people.people'), value: people, href: '/console/people' },
        { id: 'recipients', label: t('console.people.recipients'), value: recipients, headline: true },
        {
          id: 'new',
          label: name,
          value: fresh.at(-1) ?? 0,
          period: fresh.reduce((sum, count) => sum + count, 0),
          headline: true,
        },
      ]
      const labels = lastDays(dayIn(timeZone, now.getTime()))
      return {
        title: t('console.section.people'),
        figures,
        charts: [
          {
            id: 'new',
            title: t('console.overview.people.byDay'),
            kind: 'line',
            labels,
            series: [{ id: 'new', name, values: fresh }],
          },
        ],
      }
    },
  }
}

/** A channel as the configuration says it. */
export type ChannelState = { id: (typeof PEOPLE_CHANNELS)[number]; on: boolean }

export function channelsPart(sql: Sql, channels: readonly ChannelState[]): OverviewPart {
  return {
    id: 'channels',
    async load({ t }) {
      const [{ paused }, inbound, faults] = await Promise.all([
        readSettings(sql),
        lastInbound(sql),
        lastFaults(sql),
      ])
      return {
        title: t('console.overview.channels.title'),
        tables: [
          {
            id: 'channels',
            title: t('console.overview.channels.title'),
            columns: [
              { id: 'channel', title: t('console.overview.channel') },
              { id: 'state', title: t('console.overview.channels.state') },
              { id: 'inbound', title: t('console.overview.channels.inbound') },
              { id: 'fault', title: t('console.overview.channels.fault') },
              { id: 'faultAt', title: t('console.overview.channels.faultAt') },
            ],
            rows: channels.map(({ id, on }) => {
              const state = on ? (paused.includes(id) ? 'paused' : 'on') : 'off'
              const fault = faults.get(id)
              return [
                channelName(id, t),
                { badge: t(`console.overview.channels.${state}`), tone: TONES[state] },
                at(inbound.get(id)),
                fault ? reasonWords(t, fault.reason) : null,
                at(fault?.at),
              ]
            }),
            empty: '',
          },
        ],
      }
    },
  }
}

const TONES = { on: 'good', paused: 'warn', off: undefined } as const

function at(moment: Date | undefined): { at: Date } | null {
  return moment ? { at: moment } : null
}

/** The last message of each channel that was given up. */
async function lastFaults(sql: Sql): Promise<Map<string, { reason: string; at: Date }>> {
  const rows = await sql<{ channel: string; reason: string; at: Date }>`
    SELECT DISTINCT ON (a.channel) a.channel, o.reason, o.settled_at AS at
    FROM outbox o JOIN address a ON a.id = o.address_id
    WHERE o.reason IS NOT NULL AND o.settled_at > now() - make_interval(days => ${DAYS})
      AND o.status IN ('failed', 'uncertain')
    ORDER BY a.channel, o.settled_at DESC`
  return new Map(rows.map(({ channel, ...fault }) => [channel, fault]))
}

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string }

export function systemPart(sql: Sql): OverviewPart {
  return {
    id: 'system',
    async load({ t }) {
      const [database] = await sql<{ bytes: number; postgres: string }>`
        SELECT pg_database_size(current_database())::float8 AS bytes,
          current_setting('server_version') AS postgres`
      const { bytes = null, postgres = '' } = database ?? {}
      const versions: [string, string][] = [
        ['Komšija', version],
        ['Node.js', process.versions.node],
        ['PostgreSQL', postgres.split(' ')[0] ?? ''],
      ]
      return {
        title: t('console.overview.system.title'),
        figures: [
          { id: 'database', label: t('console.overview.system.database'), value: bytes, unit: 'bytes' },
        ],
        tables: [
          {
            id: 'versions',
            title: t('console.overview.system.versions'),
            columns: [
              { id: 'part', title: t('console.overview.system.part') },
              { id: 'version', title: t('console.overview.system.version') },
            ],
            rows: versions,
            empty: '',
          },
        ],
      }
    },
  }
}
