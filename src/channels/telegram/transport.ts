// HTTP for grammY's client that tells whether a request can have reached Telegram. Connections are kept
// open; a request is made once.
import http from 'node:http'
import https from 'node:https'
import { pipeline, type Readable } from 'node:stream'

/** What grammY hands to its `fetch`. */
export type TransportRequest = {
  method: string
  headers: Record<string, string>
  body: string | Readable
  signal: Pick<AbortSignal, 'aborted' | 'addEventListener'>
}

/** What grammY takes from the answer. */
export type TransportAnswer = { json(): Promise<unknown> }

const PROTOCOLS = {
  'http:': { request: http.request, agent: new http.Agent({ keepAlive: true }) },
  'https:': { request: https.request, agent: new https.Agent({ keepAlive: true }) },
}

/**
 * A `fetch` that gives up after `timeoutMs` without an answer; a file in the body has the time it needs as
 * long as it moves. Rejects with the system's error; one whose `syscall` is
 * `connect` or `getaddrinfo` says that nothing of the request was sent.
 */
export function createTransport(timeoutMs: number) {
  return (address: string, { method, headers, body, signal }: TransportRequest): Promise<TransportAnswer> =>
    new Promise((resolve, reject) => {
      const url = new URL(address)
      const { request, agent } = PROTOCOLS[url.protocol === 'http:' ? 'http:' : 'https:']
      const call = request(url, { method, agent, headers }, response => {
        collect(response).then(text => resolve({ json: async () => JSON.parse(text) }), reject)
      })
      call.on('error', reject)
      const timer = giveUpAfter(call, timeoutMs)
      if (signal.aborted) call.destroy()
      else signal.addEventListener('abort', () => call.destroy(), { once: true })
      if (typeof body === 'string') call.end(body)
      else transfer(body, call, () => timer.refresh())
    })
}

/** What becomes of the request, its own events tell; what is left of the body is closed with it. */
function transfer(body: Readable, call: http.ClientRequest, onMoved: () => void): void {
  body.on('data', onMoved)
  pipeline(body, call, () => undefined)
}

function giveUpAfter(call: http.ClientRequest, timeoutMs: number): NodeJS.Timeout {
  let connected = false
  call.once('socket', socket => {
    const ready = 'encrypted' in socket ? 'secureConnect' : 'connect'
    if (call.reusedSocket) connected = true
    else socket.once(ready, () => (connected = true))
  })
  const timer = setTimeout(() => {
    const details = connected ? { code: 'ETIMEDOUT' } : { code: 'ETIMEDOUT', syscall: 'connect' }
    call.destroy(Object.assign(new Error('no answer in time'), details))
  }, timeoutMs)
  call.once('close', () => clearTimeout(timer))
  return timer
}

async function collect(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
