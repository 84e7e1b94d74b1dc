// Whatever the bot wants to say, every channel behind the connector takes it, and nothing of it is lost.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { render, type Said } from '../../../src/channels/botframework/index.ts'
import type { Block, Outbound } from '../../../src/core/model/message.ts'
import { anyMessage, essence } from '../shared/arbitrary.ts'
import { buttonsOf } from '../support/blocks.ts'
import { problemOf } from './fake-rules.ts'

const RUNS = { numRuns: 10_000 }
type Json = Record<string, unknown>

const CHANNELS = [
  'msteams',
  'webchat',
  'directline',
  'emulator',
  'skype',
  'facebook',
  'line',
  'sms',
  'groupme',
]
const channel = fc.constantFrom(...CHANNELS)
/** Where every button of a block can be pressed, however many there are. */
const withCards = fc.constantFrom('msteams', 'webchat', 'directline', 'emulator')

/** As the outbox keeps them, and half of them with files that channels can show. */
const anyStoredMessage = fc
  .tuple(anyMessage, fc.boolean())
  .map(
    ([message, shown]): Outbound =>
      stored(shown ? { ...message, blocks: message.blocks.map(withFile) } : message),
  )

/** Halves of characters don't survive the database. */
function stored(message: Outbound): Outbound {
  return JSON.parse(
    JSON.stringify(message, (_key, value) => (typeof value === 'string' ? value.toWellFormed() : value)),
  )
}

function withFile(block: Block, index: number): Block {
  const root = `https://grad.example/media/${index}`
  switch (block.kind) {
    case 'image':
      return { ...block, url: `${root}/slika.png` }
    case 'video':
      return { ...block, url: `${root}/klip.mp4` }
    case 'file':
      return { ...block, url: `${root}/a.pdf` }
    case 'card':
      return { ...block, imageUrl: `${root}/slika.jpg` }
    default:
      return block
  }
}

/** With ids as long as they get. */
function asSent(said: Said, channelId: string): Json {
  const id = 'i'.repeat(200)
  return { ...said, channelId, serviceUrl: id, from: { id }, recipient: { id }, conversation: { id } }
}

describe('any message', () => {
  test('is rendered into activities that the channel takes', () => {
    fc.assert(
      fc.property(anyStoredMessage, channel, (message, channelId) => {
        for (const said of render(message, channelId)) {
          const activity = asSent(said, channelId)
          const bytes = Buffer.byteLength(JSON.stringify(activity))
          expect(problemOf(activity, channelId, bytes)).toBeUndefined()
        }
      }),
      RUNS,
    )
  })

  test('loses no text, no label and no link', () => {
    fc.assert(
      fc.property(anyStoredMessage, channel, (message, channelId) =>
        expectAllSaid(message, render(message, channelId)),
      ),
      RUNS,
    )
  })

  test('loses no button of a block where there are cards', () => {
    fc.assert(
      fc.property(anyStoredMessage, withCards, (message, channelId) => {
        const pressable = render(message, channelId).flatMap(valuesOf)
        for (const button of message.blocks.flatMap(buttonsOf)) {
          if ('token' in button) expect(pressable).toContain(`btn:${button.token}`)
        }
      }),
      RUNS,
    )
  })
})

function expectAllSaid(message: Outbound, activities: readonly Said[]): void {
  const said = essence(activities.map(saidBy).join('\n'))
  for (const options of message.blocks.flatMap(textsOf)) {
    expect(options.some(text => said.includes(essence(text)))).toBe(true)
  }
  const buttons = [...message.buttons, ...message.blocks.flatMap(buttonsOf)]
  for (const { label } of buttons) expect(said).toContain(essence(label))
  const links = essence([...activities.flatMap(valuesOf), said].join('\n'))
  for (const button of buttons) {
    if ('href' in button)
      expect([button.href, asLink(button.href)].some(link => links.includes(essence(link)))).toBe(true)
  }
}

/** Letters outside of ASCII are written as browsers send them. */
function asLink(href: string): string {
  return URL.canParse(href) ? new URL(href).href : href
}

type Action = { title: string; value?: string; url?: string; data?: { msteams: { text: string } } }

function actionsOf({ attachments = [], suggestedActions }: Said): Action[] {
  const inCards = attachments.flatMap(({ content }) => {
    const { buttons = [], body = [] } = content as { buttons?: Action[]; body?: { actions?: Action[] }[] }
    return [...buttons, ...body.flatMap(({ actions = [] }) => actions)]
  })
  return [...inCards, ...((suggestedActions?.actions ?? []) as Action[])]
}

/** Links and pressed buttons, as they come back. */
function valuesOf(said: Said): string[] {
  return actionsOf(said).map(({ value, url, data }) => value ?? url ?? data?.msteams.text ?? '')
}

function saidBy(said: Said): string {
  return [said.text ?? '', ...actionsOf(said).map(({ title }) => title)].join('\n')
}

/** What must be readable of a block, each in one of several ways; links written out may stand inside of texts. */
function textsOf(block: Block): string[][] {
  const { text } = block
  switch (block.kind) {
    case 'text':
      return block.spans?.some(({ style }) => style === 'link') ? [] : [[text]]
    case 'card':
      return [[block.title], [block.body ?? '']]
    case 'list':
      return block.items.flatMap(({ title, body }) => [[title], [body ?? '']])
    case 'video':
      return [[block.title, text]]
    case 'image':
      return [[block.alt, text]]
    case 'file':
      return [[text, block.name]]
    case 'location':
      return [[block.label], [text]]
    case 'calendar':
      return [[text], [block.title], [block.place]]
    case 'poll':
      return [[block.question]]
  }
}
