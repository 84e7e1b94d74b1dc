// A message of every kind, to see what the channels make of it.
import type { Block, Button, Outbound } from '../../core/model/message.ts'
import { fileBlock } from '../../core/model/message.ts'
import type { Translate } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'

export const EXAMPLES = [
  'text',
  'long',
  'buttons',
  'card',
  'cards',
  'list',
  'video',
  'image',
  'file',
  'location',
  'calendar',
  'poll',
] as const
export type Example = (typeof EXAMPLES)[number]

/** The example in the language of `t`; `publicUrl` is where its files would be. */
export function exampleMessage(example: Example, t: Translate, publicUrl: string): Outbound {
  const buttons: Button[] = [
    { label: t('answer.yes'), token: 'y:example' },
    { label: t('answer.no'), token: 'n:example' },
  ]
  if (example === 'cards') return { blocks: [1, 2, 3].map(() => blockOf('card', t, publicUrl)), buttons }
  if (example === 'buttons') return { blocks: [blockOf('text', t, publicUrl)], buttons: manyButtons(t) }
  return { blocks: [blockOf(example, t, publicUrl)], buttons }
}

/** More than a keyboard of Viber holds, some too long for any. */
function manyButtons(t: Translate): Button[] {
  return Array.from({ length: 30 }, (_, index) => ({
    label: index % 3 ? `${t('console.lab.sample.button')} ${index + 1}` : t('console.lab.sample.longButton'),
    token: `e:${index}`,
  }))
}

function blockOf(example: Exclude<Example, 'cards' | 'buttons'>, t: Translate, publicUrl: string): Block {
  const title = t('console.lab.sample.title')
  const body = t('console.lab.sample.text')
  const media = (name: string) => ({ mediaId: 'example', url: `${publicUrl}/media/example/${name}` })
  switch (example) {
    case 'text':
      return textBlock({ text: title, style: 'bold' }, '', body, '', [
        `${t('answer.source')} `,
        { text: t('console.lab.sample.source'), href: `${publicUrl}/privacy` },
      ])
    case 'long':
      return textBlock({ text: title, style: 'bold' }, ...Array.from({ length: 60 }, () => `\n${body}`))
    case 'card':
      return {
        kind: 'card',
        text: body,
        title,
        body,
        imageUrl: media('picture.jpg').url,
        buttons: [{ label: t('console.lab.sample.button'), token: 'e:example' }],
      }
    case 'list':
      return {
        kind: 'list',
        text: body,
        items: [1, 2, 3].map(place => ({ title: `${title} ${place}`, body, token: `e:${place}` })),
      }
    case 'video':
      return {
        kind: 'video',
        text: `${title}: ${media('clip.mp4').url}`,
        ...media('clip.mp4'),
        posterUrl: media('clip.jpg').url,
        seconds: 61,
        bytes: 3_200_000,
        captionsUrl: media('clip.vtt').url,
        title,
      }
    case 'image':
      return {
        kind: 'image',
        text: `${title}: ${media('picture.png').url}`,
        ...media('picture.png'),
        alt: body,
      }
    case 'file':
      return fileBlock({ ...media('form.pdf'), name: 'obrazac.pdf', bytes: 42_000 })
    case 'location':
      return {
        kind: 'location',
        text: body,
        lat: 43.1367,
        lon: 20.5122,
        label: t('console.lab.sample.place'),
      }
    case 'calendar':
      return {
        kind: 'calendar',
        text: body,
        id: 'example',
        title,
        start: '2027-03-06T09:00:00Z',
        end: '2027-03-06T13:00:00Z',
        place: t('console.lab.sample.place'),
        icsUrl: `${publicUrl}/workshops.ics`,
      }
    case 'poll':
      return {
        kind: 'poll',
        text: t('console.lab.sample.question'),
        id: 'example',
        question: t('console.lab.sample.question'),
        options: [
          { token: 'p:example:1', label: t('answer.yes') },
          { token: 'p:example:2', label: t('answer.no') },
        ],
        multi: false,
        closesAt: '2027-03-06T20:00:00Z',
      }
  }
}
