// Asks Telegram for updates. The next request confirms the ones before it, so it is made only when they
// are stored: a crash in between delivers them again, and the inbox recognises the repeat.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Log } from '../../platform/log.ts'
import { POLL_S } from './client.ts'
import { createBackoff, problemOf } from './setup.ts'
import { ALLOWED_UPDATES } from './to-events.ts'

export type PollingOptions = {
  /** A client whose timeout is longer than the time a request is held open. */
  api: Api
  /** Stores the updates; resolves once they are durable. */
  accept(updates: unknown[]): Promise<void>
  log: Log
}

/** An empty answer that comes sooner (ms) was not held open; asking again at once would be a storm. */
const HELD_MS = 1000
const NOT_HELD_PAUSE_MS = 300

/** Polls until aborted. Whatever fails is tried again, with growing pauses. */
export async function pollUpdates(options: PollingOptions, signal: AbortSignal): Promise<void> {
  const { api, log } = options
  const backoff = createBackoff()
  while (!signal.aborted) {
    try {
      // A webhook that is still set would have every request refused.
      await api.deleteWebhook({ drop_pending_updates: false }, signal as never)
      await follow(options, backoff.reset, signal)
    } catch (error) {
      if (signal.aborted) return
      report(error, log)
      await backoff.pause(signal, error)
    }
  }
}

async function follow(
  { api, accept }: PollingOptions,
  onStored: () => void,
  signal: AbortSignal,
): Promise<void> {
  let offset = 0
  while (!signal.aborted) {
    const asked = Date.now()
    const request = { offset, timeout: POLL_S, limit: 100, allowed_updates: ALLOWED_UPDATES }
    const updates = await api.getUpdates(request, signal as never)
    if (updates.length) await accept(updates)
    onStored()
    offset = Math.max(offset, ...updates.map(({ update_id }) => update_id + 1))
    if (!updates.length && Date.now() - asked < HELD_MS) {
      await sleep(NOT_HELD_PAUSE_MS, undefined, { signal })
    }
  }
}

function report(error: unknown, log: Log): void {
  const code = error instanceof GrammyError ? error.error_code : undefined
  if (code === 409) {
    log.error(problemOf(error), 'telegram: somebody else uses this token; only one program may poll with it')
  } else if (code === 401 || code === 404) {
    log.error(problemOf(error), 'telegram: the token is not accepted; check TELEGRAM_BOT_TOKEN')
  } else {
    log.warn(problemOf(error), 'telegram: no updates for now')
  }
}
