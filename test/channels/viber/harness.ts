// The Viber channel on a real server, facing the fake Viber. Ending a test fails when a scripted answer
// was not used or when a secret or something personal reached the log.
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import type { Channel, Listener, Receipt } from '../../../src/channels/channel.ts'
import { createViberChannel, type ViberOptions } from '../../../src/channels/viber/index.ts'
import type { Received } from '../../../src/core/model/event.ts'
import type { Outbound } from '../../../src/core/model/message.ts'
import { createHttpServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'
import { filesInMemory } from '../../support/media.ts'
import { type FakeViber, startFakeViber } from './fake-viber.ts'

export const PUBLIC_URL = 'https://bot.grad.example'
export const WEBHOOK = `${PUBLIC_URL}/webhooks/viber`
export const SENDER = 'Komšija'
/** Personal things that fixtures contain and no log line may. */
export const PERSONAL = ['Mirsad', 'Begović', '064 123 4567', 'tajna poruka']
export const USER = '01234567890A='

export type HarnessOptions = Partial<Pick<ViberOptions, 'welcome' | 'media' | 'publicUrl' | 'apiRoot'>> & {
  /** Answers what is received; breaks the storing when it throws. */
  onReceive?(batch: Received[]): Promise<Outbound[] | undefined> | Outbound[] | undefined
  onReceipts?(receipts: Receipt[]): Promise<void>
  /** Whether Viber knows the webhook already; otherwise it must be registered. */
  registered?: boolean
}

export type Harness = {
  fake: FakeViber
  channel: Channel
  listener: Listener
  received: Received[]
  receipts: Receipt[]
  lines: string[]
  /** Where the bot itself listens. */
  url: string
  end(): Promise<void>
}

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const { onReceive, onReceipts, registered = true, ...rest } = options
  let port = 0
  const fake = await startFakeViber({
    reach: url => url.replace(PUBLIC_URL, `http://127.0.0.1:${port}`),
    ...(registered && { webhook: WEBHOOK }),
  })
  const lines: string[] = []
  const log = createLog('trace', { write: line => lines.push(line) })
  const received: Received[] = []
  const receipts: Receipt[] = []
  const channel = createViberChannel({
    token: fake.token,
    apiRoot: fake.url,
    senderName: SENDER,
    media: filesInMemory({}),
    welcome: (language, payload) => welcomeIn(language, payload),
    async onReceipts(batch) {
      await onReceipts?.(batch)
      receipts.push(...batch)
    },
    log,
    ...rest,
  })
  const listener = channel.listen(async batch => {
    const said = await onReceive?.(batch)
    received.push(...batch)
    return said
  })
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  listener.routes?.(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
  return {
    fake,
    channel,
    listener,
    received,
    receipts,
    lines,
    url: `http://127.0.0.1:${port}`,
    async end() {
      await listener.stop?.()
      await app.close()
      await fake.stop()
      expect(fake.unused(), 'scripted answers that nobody asked for').toBe(0)
      for (const secret of [fake.token, ...PERSONAL, USER]) expect(lines.join('')).not.toContain(secret)
    },
  }
}

/** A welcome that tells for whom it was written. */
export function welcomeIn(language: string, payload?: string): Outbound {
  const text = `dobrodošlica ${language} ${payload ?? 'bez povoda'}`
  return { blocks: [{ kind: 'text', text }], buttons: [{ label: 'Oblasti', token: 'm:menu' }] }
}

/** Resolves when `ready` holds; fails after `ms`. */
export async function until(ready: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  const end = Date.now() + ms
  while (!(await ready())) {
    if (Date.now() > end) throw new Error(`not so after ${ms} ms: ${ready}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
