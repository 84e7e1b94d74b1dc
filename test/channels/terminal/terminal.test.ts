import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTerminalChannel } from '../../../src/channels/terminal/index.ts'
import { renderText } from '../../../src/channels/terminal/render-text.ts'
import type { Received } from '../../../src/core/model/event.ts'
import type { Outbound } from '../../../src/core/model/message.ts'
import { anyMessage, essence } from '../shared/arbitrary.ts'

const MESSAGE: Outbound = {
  blocks: [
    {
      kind: 'text',
      text: 'Budžet\n\nIzvor: Statut',
      spans: [
        { from: 0, to: 6, style: 'bold' },
        { from: 15, to: 21, style: 'link', href: 'https://grad.example/statut' },
      ],
    },
    {
      kind: 'file',
      text: 'podaci.json',
      mediaId: 'm',
      url: 'https://grad.example/p',
      name: 'podaci.json',
      bytes: 1,
    },
  ],
  buttons: [
    { label: 'Da', token: 'y' },
    { label: 'Sajt', href: 'https://grad.example' },
    { label: 'Ne', token: 'n' },
  ],
}

const LINES = [
  'Budžet',
  '',
  'Izvor: Statut (https://grad.example/statut)',
  '',
  'podaci.json',
  'https://grad.example/p',
  '',
  '1. Da',
  'Sajt (https://grad.example)',
  '2. Ne',
]

describe('a message in the terminal', () => {
  test('is plain text with numbered buttons and written-out links', () => {
    expect(renderText(MESSAGE, { styled: false }).split('\n')).toEqual(LINES)
  })

  test('is styled where the terminal shows it', () => {
    const [first] = renderText(MESSAGE, { styled: true }).split('\n')
    expect(first).toBe('\u001b[1mBudžet\u001b[22m')
  })

  test('carries no control characters of anybody else', () => {
    fc.assert(
      fc.property(anyMessage, message => {
        expect(renderText(message, { styled: false })).not.toMatch(/[^\P{Cc}\n]/u)
      }),
    )
  })

  test('names every button', () => {
    fc.assert(
      fc.property(anyMessage, message => {
        const text = essence(renderText(message, { styled: false }))
        for (const { label } of message.buttons) expect(text).toContain(essence(label))
      }),
    )
  })
})

function startTerminal(isTTY: boolean) {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { isTTY })
  const channel = createTerminalChannel({ input, output })
  const received: Received[] = []
  const order: string[] = []
  const answer = async () => {
    await channel.send({ externalId: 'terminal' }, { ...MESSAGE, id: '1' })
    order.push('shown')
  }
  const listener = channel.listen(async batch => {
    received.push(...batch)
    order.push('heard')
    setTimeout(answer, 20)
    return undefined
  })
  const printed = () => String(output.read() ?? '')
  return { input, channel, listener, received, order, printed }
}

describe('the terminal channel', () => {
  test('hears every line until the input ends; empty lines say nothing', async () => {
    const { input, listener, received } = startTerminal(false)
    const ended = listener.start?.()
    input.end('Gde je opština?\n\n  \n2\nposlednji red')
    await ended
    expect(received.map(({ event }) => event)).toEqual([
      { kind: 'text', text: 'Gde je opština?' },
      { kind: 'text', text: '2' },
      { kind: 'text', text: 'poslednji red' },
    ])
    expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(3)
    expect(received[0]).toMatchObject({ channel: 'terminal', address: 'terminal', group: false })
  })

  test('a line waits for the answer to the one before', async () => {
    const { input, listener, order } = startTerminal(false)
    input.end('jedan\n2\n')
    await listener.start?.()
    expect(order).toEqual(['heard', 'shown', 'heard', 'shown'])
  })

  test('prints what is sent', async () => {
    const { channel, printed } = startTerminal(false)
    const result = await channel.send({ externalId: 'terminal' }, { ...MESSAGE, id: '7' })
    expect(result).toEqual({ status: 'sent', externalIds: ['7'] })
    expect(printed()).toBe(`${LINES.join('\n')}\n\n`)
  })

  test('shows a prompt to a person, not to a program', async () => {
    for (const isTTY of [true, false]) {
      const { input, listener, printed } = startTerminal(isTTY)
      input.end()
      await listener.start?.()
      expect(printed()).toBe(isTTY ? '> ' : '')
    }
  })

  test('stops although nothing more is typed', async () => {
    const { listener } = startTerminal(false)
    const ended = listener.start?.()
    await listener.stop?.()
    await ended
  })
})
