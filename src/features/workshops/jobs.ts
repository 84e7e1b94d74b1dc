// When the clock is looked at and the queue of notices told: every minute, and whenever somebody is to be told
// something.
import type { Knowledge } from '../../core/step.ts'
import type { Database } from '../../platform/db/database.ts'
import { listenTo, type Subscription } from '../../platform/db/notifications.ts'
import type { ScheduledJob } from '../../platform/jobs.ts'
import type { Log } from '../../platform/log.ts'
import { NEWS } from './notice-queue.ts'
import { keepTime } from './reminders.ts'
import { tellDue } from './teller.ts'

export type WorkshopClock = { database: Database; knowledge(): Knowledge; log: Log }

/** Everything that is due by the clock; it may run on several instances at once. */
export function workshopJob({ database, knowledge }: WorkshopClock): ScheduledJob {
  return {
    name: 'workshops',
    cron: '* * * * *',
    async run() {
      await keepTime(database, new Date())
      await tellDue(database, knowledge(), new Date())
    },
  }
}

/** Tells people within moments instead of within a minute. */
export function tellAtOnce({ database, knowledge, log }: WorkshopClock, databaseUrl: string): Subscription {
  let telling: Promise<unknown> = Promise.resolve()
  let waiting = false
  const tell = () => {
    // Whoever is told next sees everything that has come by then.
    if (waiting) return
    waiting = true
    telling = telling
      .then(() => {
        waiting = false
        return tellDue(database, knowledge(), new Date())
      })
      .catch(error =>
        log.warn({ err: error }, 'notices of workshops were not told; the next minute tells them'),
      )
  }
  const subscription = listenTo({ url: databaseUrl, channel: NEWS, onPayload: tell, onConnected: tell })
  return {
    async stop() {
      await subscription.stop()
      await telling
    },
  }
}
