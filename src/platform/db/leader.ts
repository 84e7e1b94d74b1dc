// Work that exactly one instance does at a time, such as polling Telegram.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export interface Leadership {
  /** Ends the work and gives the lead away. */
  stop(): Promise<void>
}

/** Runs `work` while this process holds the lead; `signal` aborts when the lead is lost or given up. */
export type Lead = (work: (signal: AbortSignal) => Promise<void>) => Leadership

const RETRY_MS = 2000

/**
 * Leads under a name over all instances of one database: an advisory lock on a connection of its own,
 * so that a process that dies loses the lead with its connection.
 */
export function leadOf(url: string, name: string): Lead {
  return work => {
    const ended = new AbortController()
    const done = compete(url, name, work, ended.signal)
    return {
      async stop() {
        ended.abort()
        await done
      },
    }
  }
}

async function compete(
  url: string,
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
  ended: AbortSignal,
) {
  while (!ended.aborted) {
    const client = new pg.Client({ connectionString: url, application_name: `komsija ${name}` })
    const lost = new AbortController()
    client.on('error', () => lost.abort())
    client.on('end', () => lost.abort())
    try {
      await client.connect()
      if (await tryLock(client, name)) await work(AbortSignal.any([ended, lost.signal]))
    } catch {
      // The database is away or the work broke: compete again.
    } finally {
      await client.end().catch(() => undefined)
    }
    await sleep(RETRY_MS, undefined, { signal: ended }).catch(() => undefined)
  }
}

async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got',
    [`komsija ${name}`],
  )
  return rows[0]?.got ?? false
}
