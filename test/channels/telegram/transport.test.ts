// What the transport knows about a request that failed decides whether a message may be repeated.
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError } from 'grammy'
import { afterEach, expect, test } from 'vitest'
import { outcomeOf } from '../../../src/channels/telegram/outcome.ts'
import { createTransport } from '../../../src/channels/telegram/transport.ts'

let server: Server | undefined
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  await new Promise(resolve => (server ? server.close(resolve) : resolve(undefined)))
  server = undefined
})

/** Listens; `onSocket` does what a broken network might. */
async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const listening = createServer(socket => {
    sockets.add(socket.on('error', () => undefined))
    onSocket(socket)
  })
  server = listening
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  return (listening.address() as { port: number }).port
}

async function outcome(address: string, timeoutMs = 200, signal = new AbortController().signal) {
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: '{}', signal }
  const error = await createTransport(timeoutMs)(address, request).then(
    answer => answer.json().catch((problem: unknown) => problem),
    (problem: unknown) => problem,
  )
  return outcomeOf(new HttpError('request failed', error as Error))
}

const notSent = (detail: string) => ({ status: 'failed', reason: 'not-sent', detail })
const uncertain = (detail: string) => ({ status: 'uncertain', detail })

test('a server that takes the request and stays silent: uncertain', async () => {
  const port = await listen(() => undefined)
  expect(await outcome(`http://127.0.0.1:${port}/`)).toEqual(uncertain('ETIMEDOUT'))
})

test('a server that takes the request and hangs up: uncertain', async () => {
  const port = await listen(socket => socket.once('data', () => socket.destroy()))
  expect(await outcome(`http://127.0.0.1:${port}/`)).toEqual(uncertain('ECONNRESET'))
})

test('a connection that breaks in the middle of the answer: uncertain', async () => {
  const port = await listen(socket =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"ok"')),
  )
  expect(await outcome(`http://127.0.0.1:${port}/`)).toEqual(uncertain('ECONNRESET'))
})

test('an answer that is no JSON: uncertain', async () => {
  const port = await listen(socket => socket.once('data', () => socket.end('HTTP/1.1 502 Bad\r\n\r\n<html>')))
  expect(await outcome(`http://127.0.0.1:${port}/`)).toEqual(uncertain('no answer'))
})

test('a request that is given up by its caller: uncertain', async () => {
  const port = await listen(() => undefined)
  expect(await outcome(`http://127.0.0.1:${port}/`, 5000, AbortSignal.timeout(50))).toEqual(
    uncertain('ECONNRESET'),
  )
})

test('a secure connection that is never agreed on: certainly not sent', async () => {
  const port = await listen(() => undefined)
  expect(await outcome(`https://127.0.0.1:${port}/`)).toEqual(notSent('ETIMEDOUT'))
})

const upload = (address: string, pieces: AsyncIterable<Buffer>, timeoutMs: number) => {
  const body = Readable.from(pieces)
  const request = { method: 'POST', headers: {}, body, signal: new AbortController().signal }
  return { body, answer: createTransport(timeoutMs)(address, request) }
}

test('a file may take longer than a silence, as long as it moves', async () => {
  const port = await listen(socket =>
    socket.on('data', data => {
      if (String(data).endsWith('0\r\n\r\n')) socket.end('HTTP/1.1 200 OK\r\n\r\n{"ok":true}')
    }),
  )
  async function* slowly() {
    for (let piece = 0; piece < 8; piece++) yield await sleep(50, Buffer.from('piece'))
  }
  const { answer } = upload(`http://127.0.0.1:${port}/`, slowly(), 250)
  expect(await (await answer).json()).toEqual({ ok: true })
})

test('a file whose request is given up is closed', async () => {
  const port = await listen(() => undefined)
  async function* endless() {
    for (;;) yield Buffer.alloc(100_000)
  }
  const { body, answer } = upload(`http://127.0.0.1:${port}/`, endless(), 200)
  const closed = once(body, 'close').catch(() => undefined)
  await expect(answer).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  await closed
  expect(body.destroyed).toBe(true)
})

test('a port where nobody listens: certainly not sent', async () => {
  const port = await listen(() => undefined)
  await new Promise(resolve => server?.close(resolve))
  server = undefined
  expect(await outcome(`http://127.0.0.1:${port}/`)).toEqual(notSent('ECONNREFUSED'))
})

test('several addresses of which none answers: certainly not sent', () => {
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })
  const all = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' })
  expect(outcomeOf(new HttpError('x', all))).toEqual(notSent('ECONNREFUSED'))
})

test('a certificate that is not trusted: certainly not sent', () => {
  const error = Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' })
  expect(outcomeOf(new HttpError('x', error))).toEqual(notSent('CERT_HAS_EXPIRED'))
})
