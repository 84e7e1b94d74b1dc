// The Telegram channel: https://core.telegram.org/bots/api
import type { Api } from 'grammy'
import type { Log } from '../../platform/log.ts'
import type { MediaSource } from '../../platform/media/info.ts'
import type { Channel, Listener, Receive } from '../channel.ts'
import type { FileIds } from '../shared/file-ids.ts'
import { type Clients, createClients } from './client.ts'
import { createFileFetcher } from './fetch-file.ts'
import { pollUpdates } from './polling.ts'
import { render, TELEGRAM_CAPABILITIES } from './render.ts'
import { createSender } from './sender.ts'
import { askUsername, type CommandLists, publishCommands } from './setup.ts'
import { pressId, toEvents } from './to-events.ts'
import { addWebhookRoute, registerWebhook } from './webhook.ts'

export { type ApiCall, render, TELEGRAM_CAPABILITIES } from './render.ts'
export { toEvents } from './to-events.ts'
export { verify } from './verify.ts'

export type TelegramOptions = {
  token: string
  mode: 'polling' | 'webhook'
  /** 1–256 of [A-Za-z0-9_-]; a webhook without it lets nobody in. */
  secret?: string
  apiRoot: string
  /** Where Telegram reaches us; without it the webhook must be registered by hand. */
  publicUrl?: string
  commands: CommandLists
  media: MediaSource
  /** Where the ids that Telegram gave to our files are kept. */
  fileIds: FileIds
  /** Runs work on one instance at a time: only one may poll. */
  lead: (work: (signal: AbortSignal) => Promise<void>) => { stop(): Promise<void> }
  log: Log
}

export function createTelegramChannel(options: TelegramOptions): Channel {
  const clients = createClients(options)
  const capabilities = TELEGRAM_CAPABILITIES
  return {
    id: 'telegram',
    capabilities,
    listen: receive => createListener(options, clients, receive),
    send: createSender({ ...options, clients, capabilities, botId: botIdOf(options.token) }),
    fetchFile: createFileFetcher(options, clients.api),
    requests: message => render(message, capabilities).length,
  }
}

/** A new token of the same bot knows the same files; another bot's knows none of them. */
function botIdOf(token: string): string {
  return token.split(':')[0] ?? ''
}

function createListener(options: TelegramOptions, { api, poll }: Clients, receive: Receive): Listener {
  const { mode, secret, publicUrl, lead, commands, log } = options
  const stopped = new AbortController()
  let polling: { stop(): Promise<void> } | undefined
  let username: string | undefined

  async function accept(updates: unknown[]): Promise<void> {
    await receive(updates.flatMap(update => toEvents(update, username)))
    for (const update of updates) stopSpinner(api, pressId(update), log)
  }

  async function introduce(): Promise<void> {
    username = await askUsername(api, log, stopped.signal)
    if (!stopped.signal.aborted) await publishCommands(api, commands, log)
  }

  return {
    ...(mode === 'webhook' && { routes: app => addWebhookRoute(app, secret, accept) }),
    async start() {
      void introduce()
      if (mode === 'polling') polling = lead(signal => pollUpdates({ api: poll, accept, log }, signal))
      else if (publicUrl) void registerWebhook({ api, publicUrl, secret, log }, stopped.signal)
      else log.warn('telegram: PUBLIC_URL is not set, so the webhook must be registered by hand')
    },
    async stop() {
      stopped.abort()
      await polling?.stop()
    },
  }
}

/** A pressed button shows that it is busy until it is answered; an answer that comes too late is no loss. */
function stopSpinner(api: Api, pressed: string | undefined, log: Log): void {
  if (pressed === undefined) return
  api.answerCallbackQuery(pressed).catch(error => {
    log.debug({ err: error }, 'telegram: a pressed button was not answered')
  })
}
