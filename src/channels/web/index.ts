// The web chat as a channel: the outbox row itself is the delivery, streams only show it.
import { listenTo, type Subscription } from '../../platform/db/notifications.ts'
import type { Log } from '../../platform/log.ts'
import type { Address, Capabilities, Channel, Receive, Sendable, SendResult } from '../channel.ts'
import { createFeed } from './feed.ts'
import { fetchPhoto } from './photos.ts'
import { addRoutes } from './routes.ts'
import type { WebOptions } from './site.ts'
import { giveSeq, messagesAfter, NEWS } from './store.ts'

export { CHAT_FILES } from './files.ts'

/** A page has room for everything. */
const CAPABILITIES: Capabilities = {
  textMax: 100_000,
  captionMax: 10_000,
  labelMax: 200,
  buttonsMax: 100,
  spans: true,
  edit: false,
  receipts: false,
}

/** `databaseUrl` is where the channel listens for news of other instances. */
export type WebChannelOptions = WebOptions & { databaseUrl: string; log: Log }

/** Builds the web chat. Its pages and streams exist once the listener's routes are added and it is started. */
export function createWebChannel(options: WebChannelOptions): Channel {
  const { database, databaseUrl, log } = options
  return {
    id: 'web',
    capabilities: CAPABILITIES,
    listen(receive: Receive) {
      const feed = createFeed({ read: query => messagesAfter(database, query), log })
      let subscription: Subscription | undefined
      const stop = async () => {
        feed.close()
        await subscription?.stop()
      }
      return {
        routes(app) {
          addRoutes(app, { ...options, receive, feed })
          app.addHook('preClose', stop)
        },
        async start() {
          subscription = listenTo({
            url: databaseUrl,
            channel: NEWS,
            onPayload: address => feed.wake(address),
            onConnected: () => void feed.wakeAll(),
          })
        },
        stop,
      }
    },
    async send(to: Address, message: Sendable): Promise<SendResult> {
      const seq = await giveSeq(database, { id: message.id, address: to.externalId })
      if (seq === undefined)
        return { status: 'failed', reason: 'rejected', detail: 'the message no longer exists' }
      return { status: 'sent', externalIds: [String(seq)] }
    },
    fetchFile: ref => fetchPhoto(options, ref),
  }
}
