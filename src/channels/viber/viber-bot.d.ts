// The part of viber-bot that we use; the package has no types of its own.

declare module 'viber-bot/lib/message/message.js' {
  /** Tracking data, time and token are for messages that people wrote. */
  export type Extras = readonly [
    keyboard: object | undefined,
    trackingData: undefined,
    timestamp: undefined,
    token: undefined,
    minApiVersion: number | undefined,
  ]
  /** Keyboard and version are not in its JSON. */
  export default class Message {
    readonly keyboard: object | null
    readonly minApiVersion: number | undefined
    toJson(): Record<string, unknown>
  }
}

declare module 'viber-bot/lib/message/text-message.js' {
  import Message, { type Extras } from 'viber-bot/lib/message/message.js'
  export default class TextMessage extends Message {
    constructor(text: string, ...extras: Extras)
  }
}

declare module 'viber-bot/lib/message/picture-message.js' {
  import Message, { type Extras } from 'viber-bot/lib/message/message.js'
  export default class PictureMessage extends Message {
    constructor(url: string, text: string, thumbnail: string | undefined, ...extras: Extras)
  }
}

declare module 'viber-bot/lib/message/video-message.js' {
  import Message, { type Extras } from 'viber-bot/lib/message/message.js'
  export default class VideoMessage extends Message {
    constructor(
      url: string,
      size: number,
      text: string | undefined,
      thumbnail: string | undefined,
      duration: number | undefined,
      ...extras: Extras
    )
  }
}

declare module 'viber-bot/lib/message/file-message.js' {
  import Message, { type Extras } from 'viber-bot/lib/message/message.js'
  export default class FileMessage extends Message {
    constructor(url: string, size: number, name: string, ...extras: Extras)
  }
}

declare module 'viber-bot/lib/message/location-message.js' {
  import Message, { type Extras } from 'viber-bot/lib/message/message.js'
  export default class LocationMessage extends Message {
    constructor(latitude: number, longitude: number, ...extras: Extras)
  }
}

declare module 'viber-bot/lib/message/rich-media-message.js' {
  import Message from 'viber-bot/lib/message/message.js'
  export default class RichMediaMessage extends Message {
    constructor(
      richMedia: object,
      keyboard: object | undefined,
      trackingData: undefined,
      timestamp: undefined,
      token: undefined,
      altText: undefined,
      minApiVersion: number | undefined,
    )
  }
}
