// A program that chats: posts messages, keeps the cookie, reads the stream.
import { randomUUID } from 'node:crypto'

export type Frame = {
  id: string
  data: { seq: number; at: string; blocks: { text: string }[]; buttons: unknown[] }
}

export type Stream = {
  response: Response
  frames: Frame[]
  /** Comments and other lines that are no messages. */
  comments: string[]
  /** Resolves when so many messages have come. */
  until(count: number): Promise<Frame[]>
  /** Resolves when the server or we have ended it. */
  ended: Promise<void>
  close(): void
}

/** The `name=value` part of the cookie a response sets. */
export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** Posts a body as JSON with an id of its own, unless it has one. */
export function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/chat/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ id: randomUUID(), ...body }),
  })
}

/** Opens the stream of a cookie's chat. */
export async function openStream(
  url: string,
  headers: Record<string, string> = {},
  query = '',
): Promise<Stream> {
  const stop = new AbortController()
  const response = await fetch(`${url}/chat/events${query}`, { headers, signal: stop.signal })
  const frames: Frame[] = []
  const comments: string[] = []
  const waiting = new Set<() => void>()
  const read = async () => {
    let rest = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const frame = toFrame(part)
        if (frame) frames.push(frame)
        else comments.push(part)
      }
      for (const check of waiting) check()
    }
  }
  const ended = read().catch(() => undefined)
  return {
    response,
    frames,
    comments,
    ended,
    close: () => stop.abort(),
    until(count) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${frames.length} of ${count} messages came`)), 8000)
        const check = () => {
          if (frames.length < count) return
          clearTimeout(timer)
          waiting.delete(check)
          resolve(frames)
        }
        waiting.add(check)
        check()
      })
    },
  }
}

function toFrame(part: string): Frame | undefined {
  const id = /^id: (.*)$/m.exec(part)?.[1]
  const data = /^data: (.*)$/m.exec(part)?.[1]
  return id && data ? { id, data: JSON.parse(data) } : undefined
}

/** The texts of frames. */
export function textsOf(frames: Frame[]): string[] {
  return frames.map(frame => frame.data.blocks.map(block => block.text).join('\n'))
}
