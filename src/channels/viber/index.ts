// The Viber channel: https://creators.viber.com/docs/bots-api
import type { Log } from '../../platform/log.ts'
import type { MediaSource } from '../../platform/media/info.ts'
import type { Channel, Listener, Receive } from '../channel.ts'
import { createBroadcast } from './broadcast.ts'
import { type Client, createClient } from './client.ts'
import { createFileFetcher } from './fetch-file.ts'
import { VIBER_CAPABILITIES } from './limits.ts'
import { registerWebhook } from './register.ts'
import { render } from './render.ts'
import { createSender } from './sender.ts'
import { addWebhookRoute, type WebhookOptions } from './webhook.ts'

export { SENDER_NAME_MAX, VIBER_CAPABILITIES } from './limits.ts'
export { render, renderWelcome, type ViberCall } from './render.ts'
export { isSessionOpen, SESSION_MS } from './session.ts'
export { parseCallback, toEvents, toReceipts } from './to-events.ts'
export { verify } from './verify.ts'
export { requestOf } from './wire.ts'

export type ViberOptions = WebhookOptions & {
  /** Such as https://chatapi.viber.com/pa */
  apiRoot: string
  /** Where Viber reaches us, over https; without it the webhook must be registered by hand. */
  publicUrl?: string
  media: Pick<MediaSource, 'find'>
  log: Log
}

export function createViberChannel(options: ViberOptions): Channel {
  const client = createClient(options)
  const sending = { ...options, client }
  return {
    id: 'viber',
    capabilities: VIBER_CAPABILITIES,
    listen: receive => createListener(options, client, receive),
    send: createSender(sending),
    requests: message => render(message).length,
    broadcast: createBroadcast(sending),
    fetchFile: createFileFetcher(options.apiRoot),
  }
}

function createListener(options: ViberOptions, client: Client, receive: Receive): Listener {
  const { publicUrl, log } = options
  const stopped = new AbortController()
  return {
    routes: app => addWebhookRoute(app, options, receive),
    async start() {
      if (publicUrl) void registerWebhook({ client, publicUrl, log }, stopped.signal)
      else log.warn('viber: PUBLIC_URL is not set, so the webhook must be registered by hand')
    },
    async stop() {
      stopped.abort()
    },
  }
}
