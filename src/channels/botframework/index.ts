// Microsoft's channels through the Bot Framework: Teams, Web Chat, Direct Line and others.
// https://learn.microsoft.com/azure/bot-service
import type { Log } from '../../platform/log.ts'
import type { Channel } from '../channel.ts'
import { type Adapter, type Endpoints, type Identity, loadAdapter, MICROSOFT } from './adapter.ts'
import { createFileFetcher } from './fetch-file.ts'
import { BOTFRAMEWORK_CAPABILITIES } from './limits.ts'
import { createSender } from './sender.ts'
import { isServiceUrlAllowed } from './service-url.ts'
import { addWebhookRoute } from './webhook.ts'

export type { AppType, Endpoints } from './adapter.ts'
export { BOTFRAMEWORK_CAPABILITIES } from './limits.ts'
export { render, type Said } from './render.ts'
export { isServiceUrlAllowed, MICROSOFT_SERVICE_URLS } from './service-url.ts'
export { toEvents } from './to-events.ts'

export type BotFrameworkOptions = Identity & {
  /** Without an app id only this opens the route: to everybody, with answers to this machine alone. */
  allowAnonymous: boolean
  /** Origins that answers may go to; `*.` stands for a part of the name. */
  serviceUrlAllowList: readonly string[]
  /** Where Microsoft's services are, if not in its public cloud. */
  endpoints?: Endpoints
  log: Log
}

/** Throws if there is neither an app id nor the leave to do without. */
export function createBotFrameworkChannel(options: BotFrameworkOptions): Channel {
  const { appId, allowAnonymous, serviceUrlAllowList: allowList, endpoints = MICROSOFT, log } = options
  if (!appId && !allowAnonymous) throw new Error('the Bot Framework needs an app id')
  const loopback = !appId
  const isAllowed = (serviceUrl: string) => isServiceUrlAllowed(serviceUrl, { allowList, loopback })
  const adapter = once(() => loadAdapter(options, endpoints))
  const verify: Adapter['verify'] = async (...claim) => (await adapter()).verify(...claim)
  const route = { isAllowed, ...(appId && { verify }) }
  return {
    id: 'botframework',
    capabilities: BOTFRAMEWORK_CAPABILITIES,
    listen: receive => ({
      routes: app => addWebhookRoute(app, route, receive),
      async start() {
        if (loopback) log.warn('botframework: nothing is checked, which is for trials on this machine only')
        // Whoever writes first should not wait for it.
        adapter().catch(error => log.error({ err: error }, 'botframework: the adapter was not loaded'))
      },
    }),
    send: createSender({ isAllowed, post: async (...of) => (await adapter()).post(...of) }),
    fetchFile: createFileFetcher({
      isAllowed: origin => isServiceUrlAllowed(origin, { allowList, loopback }),
      authorization: async () => (await adapter()).authorization(),
    }),
  }
}

/** Begun when it is first needed, and again if it failed. */
function once<Value>(begin: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => {
    value ??= begin().catch(error => {
      value = undefined
      throw error
    })
    return value
  }
}
