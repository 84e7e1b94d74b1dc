// The Telegram channel against the fake Bot API. Ending a test fails when a scripted answer was not used
// or when a secret or something personal reached the log.
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import type { Listener } from '../../../src/channels/channel.ts'
import { createFileIds } from '../../../src/channels/shared/file-ids.ts'
import { createTelegramChannel, type TelegramOptions } from '../../../src/channels/telegram/index.ts'
import type { Received } from '../../../src/core/model/event.ts'
import { createHttpServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'
import { filesInMemory } from '../../support/media.ts'
import { startFakeBotApi } from './fake-bot-api.ts'

export const SECRET = 'wh-Secret_42'
/** Personal things that fixtures contain and no log line may. */
export const PERSONAL = ['Mirsad', 'Begović', '064 123 4567', 'tajna poruka']

export type Harness = Awaited<ReturnType<typeof startHarness>>

export type HarnessOptions = Partial<
  Pick<TelegramOptions, 'mode' | 'publicUrl' | 'secret' | 'apiRoot' | 'token' | 'media' | 'fileIds'>
> & {
  /** Breaks the storing of a batch when it throws. */
  onReceive?(batch: Received[]): void | Promise<void>
}

export async function startHarness({ onReceive, ...options }: HarnessOptions = {}) {
  const fake = await startFakeBotApi()
  const lines: string[] = []
  const log = createLog('trace', { write: line => lines.push(line) })
  const received: Received[] = []
  const channel = createTelegramChannel({
    token: fake.token,
    mode: 'polling',
    secret: SECRET,
    apiRoot: fake.url,
    commands: COMMANDS,
    media: filesInMemory({}),
    fileIds: createFileIds(async () => [], 'telegram'),
    lead: leadAtOnce,
    log,
    ...options,
  })
  const listener = channel.listen(async batch => {
    await onReceive?.(batch)
    received.push(...batch)
    return undefined
  })
  return {
    fake,
    channel,
    listener,
    log,
    lines,
    received,
    async end() {
      await listener.stop?.()
      await fake.stop()
      expect(fake.unusedScripts(), 'scripted answers that nobody asked for').toEqual([])
      const written = lines.join('')
      for (const secret of [fake.token, SECRET, ...PERSONAL]) expect(written).not.toContain(secret)
    },
  }
}

/** A server with the listener's routes; requests are injected or made to its address. */
export async function serve({
  listener,
  log,
}: {
  listener: Listener
  log: Harness['log']
}): Promise<FastifyInstance> {
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  listener.routes?.(app)
  return app
}

const list = [{ command: 'meni', description: 'Oblasti i pitanja' }]
const COMMANDS = { sr: list, bs: list, en: [{ command: 'menu', description: 'Subjects' }] }

/** Leads without competing for it. */
function leadAtOnce(work: (signal: AbortSignal) => Promise<void>) {
  const ended = new AbortController()
  const done = work(ended.signal)
  return {
    async stop() {
      ended.abort()
      await done
    },
  }
}

/** Resolves when `ready` holds; fails after `ms`. */
export async function until(ready: () => boolean, ms = 5000): Promise<void> {
  const end = Date.now() + ms
  while (!ready()) {
    if (Date.now() > end) throw new Error(`not so after ${ms} ms: ${ready}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
