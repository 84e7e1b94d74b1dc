// Buttons and media as attachments and suggestions.
// Cards: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-add-rich-cards
// and https://adaptivecards.io/explorer
import type { Button } from '../../core/model/message.ts'
import { BUTTON_URL_MAX, MEDIA_URL_MAX, type Surface, TOKEN_LENGTH_MAX } from './limits.ts'
import { PRESS_PREFIX } from './to-events.ts'

export type Attachment = { contentType: string; content: Record<string, unknown> }
export type CardAction = {
  type: 'messageBack' | 'postBack' | 'openUrl'
  title: string
  value: string
  text?: string
  displayText?: string
}
export type Image = { url: string; alt: string }
export type Video = { url: string; posterUrl?: string; seconds?: number }

/** Whether a card can do what the button does. */
export function accepts(button: Button): boolean {
  if ('href' in button) return webUrl(button.href, BUTTON_URL_MAX) !== undefined
  const { token } = button
  return token.length >= 1 && token.length <= TOKEN_LENGTH_MAX && /^[\x21-\x7e]+$/.test(token)
}

/** The link in plain ASCII; undefined for anything but http and https. */
export function webUrl(href: string, max: number): string | undefined {
  const url = URL.parse(href)
  return url && /^https?:$/.test(url.protocol) && url.href.length <= max ? url.href : undefined
}

/** The picture's link if the channel shows it. */
export function imageUrl(href: string, { images }: Surface): string | undefined {
  const url = images === 'none' ? undefined : webUrl(href, MEDIA_URL_MAX)
  return images === 'https' && !url?.startsWith('https:') ? undefined : url
}

/** `echo`: the channel shows the label as what the person said. */
export function cardAction(button: Button, echo: boolean): CardAction {
  const { label: title } = button
  if ('href' in button) {
    return { type: 'openUrl', title, value: webUrl(button.href, BUTTON_URL_MAX) ?? button.href }
  }
  const value = PRESS_PREFIX + button.token
  return echo
    ? { type: 'messageBack', title, value, text: value, displayText: title }
    : { type: 'postBack', title, value }
}

export function heroCard(buttons: readonly Button[], image?: Image): Attachment {
  return {
    contentType: 'application/vnd.microsoft.card.hero',
    content: {
      ...(image && { images: [image] }),
      buttons: buttons.map(button => cardAction(button, true)),
    },
  }
}

/** The still is shown until somebody starts the video. */
export function videoCard({ url, posterUrl, seconds }: Video, title: string): Attachment {
  return {
    contentType: 'application/vnd.microsoft.card.video',
    content: {
      title,
      ...(posterUrl && { image: { url: posterUrl } }),
      media: [{ url }],
      ...(seconds && { duration: `PT${Math.round(seconds)}S` }),
      autostart: false,
      autoloop: false,
      shareable: true,
    },
  }
}

/** Buttons beyond the sixth of a set are hidden behind dots. */
const ACTIONS_PER_SET = 6

/** Version 1.4 is known to Teams on every device. */
export function adaptiveCard(buttons: readonly Button[], image?: Image): Attachment {
  const body: Record<string, unknown>[] = image
    ? [{ type: 'Image', url: image.url, altText: image.alt, size: 'Stretch' }]
    : []
  for (let from = 0; from < buttons.length; from += ACTIONS_PER_SET) {
    const actions = buttons.slice(from, from + ACTIONS_PER_SET).map(adaptiveAction)
    body.push({ type: 'ActionSet', actions })
  }
  return {
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: {
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.4',
      body,
    },
  }
}

function adaptiveAction(button: Button): Record<string, unknown> {
  const { label: title } = button
  if ('href' in button) {
    return { type: 'Action.OpenUrl', title, url: webUrl(button.href, BUTTON_URL_MAX) ?? button.href }
  }
  const { token } = button
  const text = PRESS_PREFIX + token
  return {
    type: 'Action.Submit',
    title,
    data: { token, msteams: { type: 'messageBack', displayText: title, text, value: { token } } },
  }
}
