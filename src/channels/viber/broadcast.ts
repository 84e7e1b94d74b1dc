// One request for up to 300 people: https://creators.viber.com/docs/bots-api/resources/messaging/broadcast-message
import type { Broadcast, BroadcastResult } from '../channel.ts'
import { BROADCAST_MAX, REQUEST_MAX } from './limits.ts'
import { outcomesOf, singly } from './outcome.ts'
import { jsonBytes } from './payload.ts'
import { render } from './render.ts'
import { isRefused, prepare, type SenderOptions } from './sender.ts'

/** What must be said in another way to some, or in several requests, is left to be sent singly. */
export function createBroadcast(options: SenderOptions): Broadcast {
  async function post(request: object, receivers: readonly string[]): Promise<BroadcastResult[]> {
    if (receivers.length === 0) return []
    const payload = { ...request, broadcast_list: receivers }
    const fits = receivers.length <= BROADCAST_MAX && jsonBytes(payload) <= REQUEST_MAX
    if (fits || receivers.length === 1) {
      return outcomesOf(await options.client.call('broadcast_message', payload), receivers)
    }
    const half = Math.ceil(receivers.length / 2)
    const first = await post(request, receivers.slice(0, half))
    return [...first, ...(await post(request, receivers.slice(half)))]
  }

  return {
    max: BROADCAST_MAX,
    fits: message => render(message).length === 1,
    async send(to, message) {
      const [call, ...behind] = render(message)
      if (!call || behind.length) return to.map(() => singly('not one request'))
      const prepared = await prepare(options, call)
      const receivers = to.map(({ externalId }) => externalId)
      const results = 'request' in prepared ? await post(prepared.request, receivers) : to.map(() => prepared)
      return results.map(result => (call.otherwise && isRefused(result) ? singly(result.detail) : result))
    },
  }
}
