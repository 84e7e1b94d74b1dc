// The Bot Framework channel on a real server, facing the fake connector. Ending a test fails when a
// scripted answer was not used or when a secret or something personal reached the log.
import type { AddressInfo } from 'node:net'
import { expect, vi } from 'vitest'
import {
  type BotFrameworkOptions,
  createBotFrameworkChannel,
} from '../../../src/channels/botframework/index.ts'
import type { Address, Channel, Sendable, SendResult } from '../../../src/channels/channel.ts'
import type { Received } from '../../../src/core/model/event.ts'
import { createHttpServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'
import { type FakeConnector, startFakeConnector } from './fake-connector.ts'

type Json = Record<string, unknown>

/** Personal things that fixtures contain and no log line may. */
export const PERSONAL = [
  'Mirsad',
  'Begović',
  '064 123 4567',
  'tajna poruka',
  'a:conversation-1',
  '29:person-1',
]
export const CONVERSATION = 'a:conversation-1'
export const BOT = { id: '28:bot', name: 'Komšija' }
export const PERSON = { id: '29:person-1', name: 'Mirsad Begović', role: 'user' }
export const SENT_AT = Date.UTC(2026, 10, 23, 10, 0, 0)

export type HarnessOptions = Partial<
  Pick<BotFrameworkOptions, 'serviceUrlAllowList' | 'type' | 'password' | 'endpoints'>
> & {
  anonymous?: boolean
  /** Breaks the storing when it throws. */
  onReceive?(batch: Received[]): Promise<void> | void
}

export type Harness = {
  fake: FakeConnector
  channel: Channel
  received: Received[]
  lines: string[]
  base: string
  /** An activity of the person to the bot. */
  activity(change?: Json): Json
  /** The address of a conversation on a channel, as it is stored. */
  address(channelId?: string, conversation?: string): Address
  send(message: Sendable, channelId?: string): Promise<SendResult>
  sendTo(address: Address, message: Sendable): Promise<SendResult>
  end(): Promise<void>
}

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const { anonymous = false, onReceive, ...rest } = options
  let base = ''
  const fake = await startFakeConnector({ anonymous, bot: () => base })
  fake.open(CONVERSATION)
  const lines: string[] = []
  const log = createLog('trace', { write: line => lines.push(line) })
  // Microsoft's packages write there.
  const spies = (['error', 'warn', 'log'] as const).map(method =>
    vi.spyOn(console, method).mockImplementation((...said) => void lines.push(said.map(String).join(' '))),
  )
  const received: Received[] = []
  const identity = anonymous
    ? {}
    : { appId: fake.appId, password: fake.password, tenantId: fake.tenantId, type: 'SingleTenant' as const }
  const channel = createBotFrameworkChannel({
    ...identity,
    allowAnonymous: anonymous,
    serviceUrlAllowList: anonymous ? [] : [fake.url],
    endpoints: fake.endpoints,
    log,
    ...rest,
  })
  const listener = channel.listen(async batch => {
    await onReceive?.(batch)
    received.push(...batch)
    return undefined
  })
  const app = await createHttpServer({
    log,
    trustProxy: false,
    health: async () => ({ ready: true, checks: {} }),
  })
  listener.routes?.(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  await listener.start?.()
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`

  const address = (channelId = 'msteams', conversation = CONVERSATION): Address => ({
    externalId: conversation,
    reference: {
      serviceUrl: fake.url,
      channelId,
      conversation: { id: conversation },
      bot: { id: BOT.id },
      user: { id: PERSON.id },
    },
  })
  return {
    fake,
    channel,
    received,
    lines,
    base,
    activity: (change = {}) => ({
      type: 'message',
      id: 'activity-1',
      timestamp: new Date(SENT_AT).toISOString(),
      channelId: 'msteams',
      serviceUrl: fake.url,
      from: PERSON,
      recipient: BOT,
      conversation: { id: CONVERSATION, conversationType: 'personal', tenantId: 'tenant-1' },
      locale: 'sr-Latn-RS',
      text: 'Gde je opština?',
      ...change,
    }),
    address,
    send: (message, channelId) => channel.send(address(channelId), message),
    sendTo: (to, message) => channel.send(to, message),
    async end() {
      await listener.stop?.()
      await app.close()
      await fake.stop()
      for (const spy of spies) spy.mockRestore()
      expect(fake.unused(), 'scripted answers that nobody asked for').toBe(0)
      for (const secret of [fake.password, ...fake.issued, ...PERSONAL])
        expect(lines.join('')).not.toContain(secret)
    },
  }
}
