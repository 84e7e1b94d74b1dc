// A message as Microsoft Teams shows it: plain text, and a card with the buttons.
import type { Attachment } from '../../channels/botframework/cards.ts'
import { surfaceOf } from '../../channels/botframework/limits.ts'
import { render, type Said } from '../../channels/botframework/render.ts'
import type { Outbound } from '../../core/model/message.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { bubble, drawnKeys, drawnMedium, drawnText } from './drawn.ts'
import { longest, lossesOf, type Preview } from './preview.ts'

/** What we read of a card that we made ourselves. */
type Body = { type: 'Image' | 'ActionSet'; altText?: string; actions?: { title: string }[] }

const CHANNEL = 'msteams'

export function teamsPreview(message: Outbound): Preview {
  const said = render(message, CHANNEL)
  const { textMax, buttonsMax, labelMax } = surfaceOf(CHANNEL)
  const bodies = said.flatMap(bodiesOf)
  const labels = bodies.flatMap(({ actions = [] }) => actions.map(({ title }) => title))
  return {
    channel: 'botframework',
    body: html`${said.map(drawn)}`,
    limits: [
      { what: 'messages', used: said.length },
      { what: 'text', used: longest(said.map(({ text = '' }) => text)), allowed: textMax },
      { what: 'buttons', used: labels.length, allowed: buttonsMax },
      { what: 'label', used: longest(labels), allowed: labelMax },
    ],
    losses: lossesOf(message, {
      messages: said.length,
      // A place and a file are opened by a button of the channel's own.
      labels: labels.filter(label => !/^(?:📍|📄)/u.test(label)),
      styles: 0,
      links: 0,
      media: bodies.filter(({ type }) => type === 'Image').length + opened(labels),
    }),
  }
}

function opened(labels: readonly string[]): number {
  return labels.filter(label => /^(?:📍|📄)/u.test(label)).length
}

function bodiesOf({ attachments = [] }: Said): Body[] {
  return attachments.flatMap(bodyOf)
}

function bodyOf({ content }: Attachment): Body[] {
  const { body } = content as { body?: Body[] }
  return body ?? []
}

function drawn(said: Said): Html {
  const bodies = bodiesOf(said)
  return html`${said.text && bubble(drawnText(said.text))}${
    bodies.length > 0 &&
    bubble(
      bodies.map(({ type, altText = '', actions = [] }) =>
        type === 'Image' ? drawnMedium('image', altText) : drawnKeys([actions.map(({ title }) => title)]),
      ),
    )
  }`
}
