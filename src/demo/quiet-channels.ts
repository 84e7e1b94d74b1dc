// Channels that take every message and show it to nobody, in place of platforms the demo has no account on.
import type { Channel, Sendable } from '../channels/channel.ts'
import type { ChannelId } from '../core/model/event.ts'

/** `onSent` sees what each chat was told last. */
export function quietChannel(
  id: ChannelId,
  onSent: (externalId: string, message: Sendable) => void = () => undefined,
): Channel {
  return {
    id,
    capabilities: {
      textMax: 4096,
      captionMax: 1024,
      labelMax: 64,
      buttonsMax: 30,
      spans: true,
      edit: false,
      receipts: false,
    },
    listen: () => ({}),
    async send({ externalId }, message) {
      if (GONE.test(externalId))
        return { status: 'failed', reason: 'unreachable', detail: 'the chat was left' }
      onSent(externalId, message)
      return { status: 'sent', externalIds: [`demo ${message.id}`] }
    },
  }
}

/** These people left: nothing reaches them. */
const GONE = /(?:17|58)$/
