// The bot in a terminal: a line typed is a message, a number presses a button.
import { randomUUID } from 'node:crypto'
import { createInterface, type Interface } from 'node:readline'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Outbound } from '../../core/model/message.ts'
import type { Capabilities, Channel, Listener, Receive } from '../channel.ts'
import { renderText } from './render-text.ts'

export type TerminalOptions = {
  input: NodeJS.ReadableStream
  /** Bold, italics and the prompt appear if `isTTY`; otherwise the output is plain text. */
  output: Writable & { isTTY?: boolean }
}

/** The one chat of a terminal. */
export const TERMINAL_ADDRESS = 'terminal'

const CAPABILITIES: Capabilities = {
  textMax: Number.MAX_SAFE_INTEGER,
  captionMax: Number.MAX_SAFE_INTEGER,
  labelMax: Number.MAX_SAFE_INTEGER,
  buttonsMax: Number.MAX_SAFE_INTEGER,
  spans: true,
  edit: false,
  receipts: false,
}

/** A line that was piped in waits this long (ms) for the answer to the one before it, as a person would. */
const ANSWER_MS = 3000
/** Then until the answer is known to be sent, so that a number presses its button. */
const SETTLE_MS = 100

/** A channel on two streams. Its listener's `start` resolves when the input has ended. */
export function createTerminalChannel({ input, output }: TerminalOptions): Channel {
  let lines: Interface | undefined
  let onShown = () => {}
  const prompt = () => {
    if (output.isTTY) output.write('> ')
  }
  const show = (message: Outbound) => {
    if (output.isTTY) output.write('\r')
    output.write(`${renderText(message, { styled: output.isTTY === true })}\n\n`)
    prompt()
    onShown()
  }
  return {
    id: 'terminal',
    capabilities: CAPABILITIES,
    listen: receive =>
      ({
        async start() {
          lines = createInterface({ input })
          prompt()
          for await (const line of lines) {
            const shown = new Promise<void>(resolve => {
              onShown = resolve
            })
            if (!line.trim()) prompt()
            else await Promise.all([hear(line, receive), pauseUntil(shown)])
          }
        },
        async stop() {
          lines?.close()
        },
      }) satisfies Listener,
    async send(_to, message) {
      show(message)
      return { status: 'sent', externalIds: [message.id] }
    },
  }
}

async function hear(line: string, receive: Receive): Promise<void> {
  await receive([
    {
      channel: 'terminal',
      externalId: randomUUID(),
      address: TERMINAL_ADDRESS,
      event: { kind: 'text', text: line },
      at: Date.now(),
      group: false,
    },
  ])
}

async function pauseUntil(shown: Promise<void>): Promise<void> {
  await Promise.race([shown, sleep(ANSWER_MS, undefined, { ref: false })])
  await sleep(SETTLE_MS)
}
