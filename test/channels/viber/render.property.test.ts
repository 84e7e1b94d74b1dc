// Whatever the bot wants to say, Viber takes it, and nothing of it is lost.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { render, renderWelcome, requestOf, type ViberCall } from '../../../src/channels/viber/index.ts'
import type { Block, Outbound } from '../../../src/core/model/message.ts'
import { anyMessage, essence } from '../shared/arbitrary.ts'
import { buttonsOf } from '../support/blocks.ts'
import { plainText, problemOf } from './fake-viber.ts'

const RUNS = { numRuns: 10_000 }
type Json = Record<string, unknown>

/** As the outbox keeps them, and half of them with files that Viber can show. */
const anyViberMessage = fc
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
  const root = 'https://grad.example/media'
  switch (block.kind) {
    case 'image':
      return { ...block, mediaId: `m${index}`, url: `${root}/${index}/slika.png` }
    case 'video':
      return { ...block, mediaId: `m${index}`, url: `${root}/${index}/klip.mp4`, bytes: 5, seconds: 60 }
    case 'file':
      return { ...block, mediaId: `m${index}`, url: `${root}/${index}/a.pdf`, bytes: 5, name: 'zapisnik.pdf' }
    case 'card':
      return { ...block, imageUrl: `${root}/${index}/slika.jpg` }
    default:
      return block
  }
}

const SENDER = 'Komšija Novi Pazar, bot grad'

/** As Viber's classes write it, which must be what was checked and nothing else. */
function asSent({ content }: Pick<ViberCall, 'content'>): Json {
  const request = requestOf(content, SENDER)
  expect(request).toEqual({ sender: { name: SENDER }, ...content })
  return { receiver: '01234567890A=', ...request }
}

function allCalls(calls: readonly ViberCall[]): ViberCall[] {
  return calls.flatMap(call => [call, ...(call.otherwise ?? [])])
}

describe('any message', () => {
  test('is rendered into requests that Viber takes, also when it must be shown in another way', () => {
    fc.assert(
      fc.property(anyViberMessage, message => {
        for (const call of allCalls(render(message))) {
          const payload = asSent(call)
          expect(problemOf(payload, Buffer.byteLength(JSON.stringify(payload)))).toBeUndefined()
        }
      }),
      RUNS,
    )
  })

  test('loses no text, no label, no token of a block and no link', () => {
    fc.assert(
      fc.property(anyViberMessage, message => expectAllSaid(message, render(message), true)),
      RUNS,
    )
  })

  test('loses no text and no label when an old app refuses what is new', () => {
    fc.assert(
      fc.property(anyViberMessage, message => expectAllSaid(message, seenByOldApp(render(message)), false)),
      RUNS,
    )
  })

  test('greets within the limits', () => {
    fc.assert(
      fc.property(anyViberMessage, fc.constantFrom(1, 2, 10), (message, apiVersion) => {
        const content = renderWelcome(message, apiVersion)
        if (!content) return
        const payload = asSent({ content })
        expect(Number(content.min_api_version ?? 1)).toBeLessThanOrEqual(apiVersion)
        expect(problemOf(payload, Buffer.byteLength(JSON.stringify(payload)))).toBeUndefined()
      }),
      RUNS,
    )
  })
})

/** The requests that an app of the first version lets through. */
function seenByOldApp(calls: readonly ViberCall[]): ViberCall[] {
  const [call, ...behind] = calls
  if (!call) return []
  const isNew = Number(call.content.min_api_version ?? 1) > 1
  if (!isNew) return [call, ...seenByOldApp(behind)]
  expect(call.otherwise).toBeDefined()
  return seenByOldApp(call.otherwise ?? [])
}

function expectAllSaid(message: Outbound, calls: readonly ViberCall[], pressable: boolean): void {
  const said = essence(calls.map(saidBy).join('\n'))
  for (const options of message.blocks.flatMap(textsOf)) {
    expect(options.some(text => said.includes(essence(text)))).toBe(true)
  }
  const ofBlocks = message.blocks.flatMap(buttonsOf)
  for (const { label } of [...message.buttons, ...ofBlocks]) expect(said).toContain(essence(label))
  const actions = calls.flatMap(keysOf).map(({ ActionBody }) => String(ActionBody))
  for (const button of ofBlocks) {
    if ('token' in button && pressable) expect(actions).toContain(`btn:${button.token}`)
  }
  const links = essence([...actions, said].join('\n'))
  for (const button of [...message.buttons, ...ofBlocks]) {
    if ('href' in button)
      expect([button.href, asLink(button.href)].some(link => links.includes(essence(link)))).toBe(true)
  }
}

/** Letters outside of ASCII are written as browsers send them. */
function asLink(href: string): string {
  return URL.canParse(href) ? new URL(href).href : href
}

function keysOf({ content }: ViberCall): Json[] {
  const grid = content.type === 'rich_media' ? content.rich_media.Buttons : []
  return [...grid, ...(content.keyboard?.Buttons ?? [])]
}

function saidBy(call: ViberCall): string {
  const { text, file_name: name } = call.content as { text?: string; file_name?: string }
  return [text, name, ...keysOf(call).map(key => plainText(key.Text))].filter(Boolean).join('\n')
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
      return [[block.label]]
    case 'calendar':
      return [[text], [block.title], [block.place]]
    case 'poll':
      return [[block.question]]
  }
}
