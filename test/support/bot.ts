// The whole bot on a real database with a channel that remembers what was sent.
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Channel, Sendable, SendResult } from '../../src/channels/channel.ts'
import type { Event, Received } from '../../src/core/model/event.ts'
import type { Button } from '../../src/core/model/message.ts'
import type { Settings } from '../../src/core/model/settings.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { type Kernel, startKernel } from '../../src/kernel.ts'
import type { Files } from '../../src/knowledge.ts'
import { createLog } from '../../src/platform/log.ts'
import { testDatabase } from './database.ts'

export const CONTENT_DIR = path.join(import.meta.dirname, '../../content')
export const PUBLIC_URL = 'https://komsija.example'

let files: Promise<Files> | undefined
/** The real content as its files say it, read once per test file. */
export function realFiles(): Promise<Files> {
  files ??= import('../../src/knowledge.ts').then(({ readFiles }) =>
    readFiles({ contentDir: CONTENT_DIR, publicUrl: PUBLIC_URL }),
  )
  return files
}

let knowledge: Promise<Knowledge> | undefined
/** The real content, read once per test file. */
export function realKnowledge(): Promise<Knowledge> {
  knowledge ??= import('../../src/knowledge.ts').then(({ readKnowledge }) =>
    readKnowledge({ contentDir: CONTENT_DIR, publicUrl: PUBLIC_URL }),
  )
  return knowledge
}

export type Sent = { address: string; message: Sendable }

/** A channel whose outcomes a test may script: the next results are taken from `results`, then all is sent. */
export function recordingChannel(results: SendResult[] = []): Channel & { sent: Sent[] } {
  const sent: Sent[] = []
  return {
    id: 'web',
    capabilities: {
      textMax: 4096,
      captionMax: 1024,
      labelMax: 64,
      buttonsMax: 30,
      spans: true,
      edit: false,
      receipts: false,
    },
    sent,
    listen: () => ({}),
    async send(to, message) {
      const result = results.shift() ?? { status: 'sent', externalIds: [randomUUID()] }
      if (result.status === 'sent') sent.push({ address: to.externalId, message })
      return result
    },
  }
}

/** Wraps an event as a channel would. */
export function received(address: string, event: Event, more: Partial<Received> = {}): Received {
  return { channel: 'web', externalId: randomUUID(), address, event, at: Date.now(), group: false, ...more }
}

export async function startBot(
  options: { results?: SendResult[]; knowledge?: Knowledge; settings?: () => Settings } = {},
) {
  const database = await testDatabase()
  const channel = recordingChannel(options.results)
  const knowledge = options.knowledge ?? (await realKnowledge())
  const log = createLog('silent')
  const { settings = () => knowledge.settings } = options
  const now = () => ({ ...knowledge, settings: settings() })
  const start = () => startKernel({ database, channels: [channel], knowledge: now, log })
  let kernel: Kernel = start()
  return {
    database,
    channel,
    get kernel() {
      return kernel
    },
    /** Delivers one event and resolves to what the bot said in return. */
    async tell(address: string, event: Event, more: Partial<Received> = {}): Promise<Sendable[]> {
      const before = channel.sent.length
      await kernel.receive([received(address, event, more)])
      await kernel.idle()
      return channel.sent.slice(before).map(({ message }) => message)
    },
    async restart() {
      await kernel.stop()
      kernel = start()
    },
    async stop() {
      await kernel.stop()
      await database.drop()
    },
  }
}

export function textOf(messages: Sendable[]): string {
  return messages.flatMap(({ blocks }) => blocks.map(({ text }) => text)).join('\n')
}

export function buttonsOf(messages: Sendable[]): Button[] {
  return messages.flatMap(({ buttons }) => buttons)
}
