import type { Translate } from '../model/topic.ts'

/** A channel as people call it. */
export function channelName(id: string, t: Translate): string {
  switch (id) {
    case 'telegram':
      return 'Telegram'
    case 'viber':
      return 'Viber'
    case 'botframework':
      return 'Microsoft Teams'
    default:
      return t(id === 'web' ? 'data.channel.web' : 'data.channel.terminal')
  }
}
