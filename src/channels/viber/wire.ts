// A request's message in the classes of Viber's own package, viber-bot. Its message modules alone: the
// package's entry brings a web server and a client of which we use nothing. The classes check no limit
// and write what is absent as null, which Viber refuses; so the content is checked before and after.
import FileMessage from 'viber-bot/lib/message/file-message.js'
import LocationMessage from 'viber-bot/lib/message/location-message.js'
import type Message from 'viber-bot/lib/message/message.js'
import PictureMessage from 'viber-bot/lib/message/picture-message.js'
import RichMediaMessage from 'viber-bot/lib/message/rich-media-message.js'
import TextMessage from 'viber-bot/lib/message/text-message.js'
import VideoMessage from 'viber-bot/lib/message/video-message.js'
import { type Content, isSendable } from './payload.ts'

/** The content as a request says it, with its sender; undefined if Viber would refuse it. */
export function requestOf(content: Content, senderName: string): object | undefined {
  if (!isSendable(content)) return undefined
  const said = fieldsOf(messageOf(content))
  return isSendable(said) ? { sender: { name: senderName }, ...said } : undefined
}

function messageOf(content: Content): Message {
  const { keyboard, min_api_version: version } = content
  const extras = [keyboard, undefined, undefined, undefined, version] as const
  switch (content.type) {
    case 'text':
      return new TextMessage(content.text, ...extras)
    case 'picture':
      return new PictureMessage(content.media, content.text, undefined, ...extras)
    case 'video': {
      const { media, size, thumbnail, duration } = content
      return new VideoMessage(media, size, undefined, thumbnail, duration, ...extras)
    }
    case 'file':
      return new FileMessage(content.media, content.size, content.file_name, ...extras)
    case 'location':
      return new LocationMessage(content.location.lat, content.location.lon, ...extras)
    case 'rich_media': {
      const [keys, tracking, time, token] = extras
      return new RichMediaMessage(content.rich_media, keys, tracking, time, token, undefined, version)
    }
  }
}

/** What the package's client would add is added here; what is null is left out. */
function fieldsOf(message: Message): Record<string, unknown> {
  const { keyboard, minApiVersion } = message
  const all = { keyboard, min_api_version: minApiVersion, ...message.toJson() }
  const given = Object.entries(all).filter(([, value]) => value !== null && value !== undefined)
  // A picture must have a text, even an empty one, which the class takes for none.
  return { ...(message instanceof PictureMessage && { text: '' }), ...Object.fromEntries(given) }
}
