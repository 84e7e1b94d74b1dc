// Whatever the bot wants to say, Telegram takes it, and nothing of it is lost.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Capabilities } from '../../../src/channels/channel.ts'
import { type ApiCall, render, TELEGRAM_CAPABILITIES } from '../../../src/channels/telegram/index.ts'
import type { Block } from '../../../src/core/model/message.ts'
import { anyMessage, essence } from '../shared/arbitrary.ts'
import { buttonsOf } from '../support/blocks.ts'
import { checkCall, type Params } from './fake-rules.ts'

const RUNS = { numRuns: 10_000 }

/** As it is sent: with a chat, and with the file in its field. */
function asSent({ method, payload, upload }: ApiCall): [method: string, params: Params] {
  return [method, { chat_id: 7, ...payload, ...(upload && { [upload.field]: { upload: 'x', bytes: 1 } }) }]
}

function allCalls(calls: readonly ApiCall[]): ApiCall[] {
  return calls.flatMap(call => [call, ...allCalls(call.otherwise ?? [])])
}

describe('any message', () => {
  test('is rendered into calls that Telegram takes, also when it must be shown in another way', () => {
    fc.assert(
      fc.property(anyMessage, message => {
        for (const call of allCalls(render(message, TELEGRAM_CAPABILITIES))) {
          // A link may still turn out to be none when Telegram tries to load the file.
          if (!isRefusedFile(call)) checkCall(...asSent(call))
        }
      }),
      RUNS,
    )
  })

  test('keeps limits that are far tighter', () => {
    const tight: Capabilities = {
      ...TELEGRAM_CAPABILITIES,
      textMax: 50,
      captionMax: 10,
      labelMax: 12,
      buttonsMax: 3,
    }
    fc.assert(
      fc.property(anyMessage, message => {
        for (const { payload } of allCalls(render(message, tight))) {
          expect(String(payload.text ?? '').length).toBeLessThanOrEqual(50)
          expect(String(payload.caption ?? '').length).toBeLessThanOrEqual(10)
          const labels = keysOf(payload).map(({ text }) => text)
          expect(labels.length).toBeLessThanOrEqual(3)
          for (const label of labels) expect(label.length).toBeLessThanOrEqual(12)
        }
      }),
      RUNS,
    )
  })

  test('loses no text, no label, no token within reach and no link', () => {
    fc.assert(
      fc.property(anyMessage, message => {
        const calls = render(message, TELEGRAM_CAPABILITIES)
        const said = essence(calls.map(saidBy).join('\n'))
        for (const text of message.blocks.flatMap(textsOf)) expect(said).toContain(essence(text))
        for (const { label } of [...message.buttons, ...message.blocks.flatMap(buttonsOf)]) {
          expect(said).toContain(essence(label))
        }
        const tokens = calls.flatMap(({ payload }) => keysOf(payload).map(key => key.callback_data))
        for (const button of message.blocks.flatMap(buttonsOf)) {
          if ('token' in button) expect(tokens).toContain(button.token)
        }
        for (const button of message.buttons) {
          if ('href' in button) expect(linksOf(calls)).toContain(essence(asLink(button.href)))
        }
      }),
      RUNS,
    )
  })
})

function isRefusedFile({ payload }: ApiCall): boolean {
  return [payload.photo, payload.video, payload.document].some(file => file === '')
}

type Key = { text: string; callback_data?: string; url?: string }

function keysOf(payload: Params): Key[] {
  const markup = payload.reply_markup as { inline_keyboard: Key[][] } | undefined
  return markup?.inline_keyboard.flat() ?? []
}

function saidBy({ payload }: ApiCall): string {
  const labels = keysOf(payload).map(({ text }) => text)
  return [payload.text, payload.caption, payload.title, ...labels].filter(Boolean).join('\n')
}

function linksOf(calls: readonly ApiCall[]): string {
  const linked = calls.flatMap(({ payload }) => [
    ...keysOf(payload).map(({ url }) => url),
    ...((payload.entities ?? payload.caption_entities ?? []) as { url?: string }[]).map(({ url }) => url),
  ])
  return essence([...linked, ...calls.map(saidBy)].join('\n'))
}

/** Letters outside of ASCII are written as browsers send them. */
function asLink(href: string): string {
  return /^https?:\/\/[^/]*\./.test(href) ? new URL(href).href.replace(/\/$/, '') : href
}

/** What must be readable of a block in one piece; links written out may stand inside of styled texts. */
function textsOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return block.spans?.some(({ style }) => style === 'link') ? [] : [block.text]
    case 'card':
      return [block.title, block.body ?? '']
    case 'list':
      return block.items.flatMap(({ title, body }) => [title, body ?? ''])
    case 'video':
      return [block.title]
    case 'image':
      return [block.alt]
    case 'file':
      return [block.text === block.name ? '' : block.text]
    case 'location':
      return [block.label]
    case 'calendar':
      return [block.text, block.title, block.place]
    case 'poll':
      return [block.question]
  }
}
