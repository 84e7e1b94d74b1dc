// What happens later or on a schedule: a queue in the same database (schema `jobs`), once over all instances.
import { PgBoss } from 'pg-boss'
import type { Log } from './log.ts'

/** A job on a schedule. `cron` has five fields in the city's time zone. */
export type ScheduledJob = { name: string; cron: string; run(): Promise<void> }

export interface Jobs {
  stop(): Promise<void>
}

/** Starts the queue and its scheduled jobs; a job that throws is logged and tried again later. */
export async function startJobs(options: {
  url: string
  timeZone: string
  jobs: readonly ScheduledJob[]
  log: Log
}): Promise<Jobs> {
  const { url, timeZone, jobs, log } = options
  const boss = new PgBoss({ connectionString: url, schema: 'jobs', max: 3 })
  boss.on('error', error => log.error({ err: error }, 'the job queue has a problem'))
  await boss.start()
  for (const { name, cron, run } of jobs) {
    await boss.createQueue(name, { retryLimit: 3, retryBackoff: true })
    await boss.work(name, { pollingIntervalSeconds: 5 }, run)
    await boss.schedule(name, cron, undefined, { tz: timeZone })
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 2000 }) }
}
