// Viber's side of the wire over real HTTP: refuses what Viber refuses (its own list of limits, written
// from https://creators.viber.com/docs/bots-api), keeps what each person was sent, and delivers signed
// callbacks to the webhook that was registered. Shares no code with the channel.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Record<string, unknown>

/** What the next call gets instead of its proper answer. */
export type Scripted =
  | { status: number; message?: string }
  | { http: number; body?: string; headers?: Record<string, string> }
  /** The request is carried out, its answer is lost. */
  | 'reset-after'
  /** The connection breaks before the request is looked at. */
  | 'reset-before'
  /** The proper answer after all. */
  | 'proper'
  /** That the message fails is told before the proper answer arrives. */
  | 'failed-first'

export type Call = { method: string; payload: Json; status?: number }
/** The answer of the bot to a callback. */
export type Heard = { status: number; body: string; type: string | null }

export type FakeViber = {
  /** For VIBER_API_ROOT. */
  url: string
  token: string
  calls: Call[]
  /** The address that was registered. */
  webhook(): string | undefined
  /** What a person was sent, oldest first. */
  sent(user: string): Json[]
  /** Labels on the keyboard that the person sees. */
  keys(user: string): string[]
  /** Makes a person known to Viber; `subscribed` ones may be written to. */
  addUser(user: string, options?: { subscribed?: boolean; apiVersion?: number; language?: string }): void
  /** How messages are billed from now on. */
  bill(as: number): void
  script(method: string, ...answers: Scripted[]): void
  /** Scripted answers that nobody asked for. */
  unused(): number
  open(user: string, context?: string): Promise<Heard>
  say(user: string, message: string | Json, extra?: Json): Promise<Heard>
  /** Presses the key of the last keyboard with this label. */
  press(user: string, label: string): Promise<Heard>
  unsubscribe(user: string): Promise<Heard>
  receipt(event: 'delivered' | 'seen' | 'failed', user: string, token: string, desc?: string): Promise<Heard>
  /** Delivers exactly this body, signed unless told otherwise. */
  post(body: string, signature?: string | null): Promise<Heard>
  stop(): Promise<void>
}

type User = {
  subscribed: boolean
  apiVersion: number
  language: string
  unanswered: number
  sent: Json[]
  keys: Json[]
}

const TOKEN = '445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9'
/** Beyond what a double can hold exactly. */
const FIRST_MESSAGE_TOKEN = 5741311803571721087n
const UNANSWERED_MAX = 100
const BROADCAST_MAX = 300

/**
 * `reach` turns the registered https address into one that can be reached on this machine; `webhook`
 * stands for one that was registered earlier.
 */
export async function startFakeViber(
  options: { token?: string; webhook?: string; reach?: (url: string) => string } = {},
): Promise<FakeViber> {
  const { token = TOKEN, reach = url => url } = options
  const users = new Map<string, User>()
  const calls: Call[] = []
  const scripts = new Map<string, Scripted[]>()
  let webhook = options.webhook
  let nextToken = FIRST_MESSAGE_TOKEN
  let billing = 1

  async function post(body: string, signature: string | null = sign(token, body)): Promise<Heard> {
    if (!webhook) throw new Error('no webhook is registered')
    const response = await fetch(reach(webhook), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature !== null && { 'x-viber-content-signature': signature }),
      },
      body,
    })
    return {
      status: response.status,
      body: await response.text(),
      type: response.headers.get('content-type'),
    }
  }

  function callback(event: string, fields: Json, messageToken = String(nextToken++)): Promise<Heard> {
    const head = `{"event":"${event}","timestamp":${Date.now()},"chat_hostname":"SN-CALLBACK-04_","message_token":${messageToken}`
    return post(`${head},${JSON.stringify(fields).slice(1)}`)
  }

  function known(id: string): User {
    const user = users.get(id)
    if (!user) throw new Error(`nobody is called ${id}`)
    return user
  }

  function profile(id: string): Json {
    const { language, apiVersion } = known(id)
    return { id, name: 'Subscriber', country: 'RS', language, api_version: apiVersion }
  }

  async function setWebhook(payload: Json): Promise<Json> {
    const { url } = payload
    if (typeof url !== 'string') return refusal(4, 'missingData')
    if (!url.startsWith('https://')) return refusal(1, 'invalidUrl')
    const before = webhook
    webhook = url
    const heard = await callback('webhook', { chat: '' }).catch(() => undefined)
    if (heard?.status === 200) return { status: 0, status_message: 'ok', event_types: payload.event_types }
    webhook = before
    return refusal(1, 'webhook check failed')
  }

  function sendMessage(payload: Json, bytes: number): Json {
    const problem = problemOf(payload, bytes)
    if (problem) return refusal(...problem)
    if (!webhook) return refusal(10, 'webhookNotSet')
    const refused = show(String(payload.receiver), payload)
    if (refused) return refusal(...refused)
    return { status: 0, status_message: 'ok', message_token: nextToken++, billing_status: billing }
  }

  /** Shows it to the person, or says why not. */
  function show(id: string, payload: Json): Problem | undefined {
    const user = users.get(id)
    if (!user) return [5, 'receiverNotRegistered']
    if (!user.subscribed) return [6, 'receiverNotSubscribed']
    if (Number(payload.min_api_version ?? 1) > user.apiVersion) return [13, 'apiVersionNotSupported']
    if (user.unanswered >= UNANSWERED_MAX) return [12, 'tooManyRequests']
    user.unanswered++
    user.sent.push(payload)
    user.keys = keysOf(payload)
    return undefined
  }

  function broadcast({ broadcast_list: list, ...payload }: Json, bytes: number): Json {
    const problem = listProblem(list) ?? problemOf({ receiver: 'everybody', ...payload }, bytes)
    if (problem) return refusal(...problem)
    if (!webhook) return refusal(10, 'webhookNotSet')
    const failed = (list as string[]).flatMap(receiver => {
      const [status, status_message] = show(receiver, payload) ?? []
      return status === undefined ? [] : [{ receiver, status, status_message }]
    })
    return {
      status: 0,
      status_message: 'ok',
      message_token: nextToken++,
      billing_status: billing,
      failed_list: failed,
    }
  }

  async function answer(method: string, payload: Json, bytes: number): Promise<Json> {
    if (method === 'set_webhook') return setWebhook(payload)
    return method === 'broadcast_message' ? broadcast(payload, bytes) : sendMessage(payload, bytes)
  }

  const server = createServer(async (request, response) => {
    const method = request.url?.replace(/^\/pa\//, '') ?? ''
    const scripted = scripts.get(method)?.shift()
    if (scripted === 'reset-before') return void request.socket.destroy()
    const body = await read(request)
    const payload = parse(body)
    const call: Call = { method, payload: payload ?? {} }
    calls.push(call)
    if (typeof scripted === 'object' && 'http' in scripted) {
      return void response.writeHead(scripted.http, scripted.headers).end(scripted.body ?? '<html>')
    }
    if (typeof scripted === 'object') return finish(refusal(scripted.status, scripted.message ?? 'scripted'))
    if (request.method !== 'POST' || !['send_message', 'broadcast_message', 'set_webhook'].includes(method)) {
      return void response.writeHead(404).end()
    }
    if (request.headers['x-viber-auth-token'] !== token) return finish(refusal(2, 'invalidAuthToken'))
    if (!payload) return finish(refusal(3, 'badData'))
    const result = await answer(method, payload, body.length)
    if (scripted === 'reset-after') return void request.socket.destroy()
    if (scripted === 'failed-first') {
      const { receiver } = payload
      await callback('failed', { user_id: receiver, desc: 'too fast' }, String(result.message_token))
    }
    finish(result)

    function finish(result: Json): void {
      call.status = Number(result.status)
      sendJson(response, result)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const fake: FakeViber = {
    url: `http://127.0.0.1:${port}/pa`,
    token,
    calls,
    webhook: () => webhook,
    sent: id => users.get(id)?.sent ?? [],
    keys: id => known(id).keys.map(key => plainText(key.Text)),
    addUser(id, { subscribed = true, apiVersion = 10, language = 'sr-RS' } = {}) {
      users.set(id, { subscribed, apiVersion, language, unanswered: 0, sent: [], keys: [] })
    },
    bill: as => {
      billing = as
    },
    script: (method, ...answers) => void scripts.set(method, [...(scripts.get(method) ?? []), ...answers]),
    unused: () => [...scripts.values()].reduce((sum, { length }) => sum + length, 0),
    async open(id, context) {
      const { subscribed } = known(id)
      const fields = { type: 'open', ...(context && { context }), user: profile(id), subscribed }
      const heard = await callback('conversation_started', fields)
      if (heard.status === 200 && heard.body) welcome(known(id), heard)
      return heard
    },
    async say(id, message, extra = {}) {
      const user = known(id)
      user.unanswered = 0
      if (!user.subscribed) {
        user.subscribed = true
        await callback('subscribed', { user: profile(id) })
      }
      const content = typeof message === 'string' ? { type: 'text', text: message } : message
      return callback('message', { sender: profile(id), message: content, silent: false, ...extra })
    },
    async press(id, label) {
      const key = known(id).keys.find(({ Text }) => plainText(Text) === label)
      if (!key) throw new Error(`there is no key "${label}"`)
      return fake.say(id, String(key.ActionBody), { silent: key.Silent === true })
    },
    async unsubscribe(id) {
      known(id).subscribed = false
      return callback('unsubscribed', { user_id: id })
    },
    receipt: (event, id, messageToken, desc) =>
      callback(event, { user_id: id, ...(desc && { desc }) }, messageToken),
    post,
    async stop() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return fake
}

/** The signature that Viber puts on a body. */
export function sign(token: string, body: string | Uint8Array): string {
  return createHmac('sha256', token).update(body).digest('hex')
}

/** The answer to an opening is shown like a message; Viber drops silently what it doesn't understand. */
function welcome(user: User, { body }: Heard): void {
  const payload = parse(Buffer.from(body))
  const problem = payload ? problemOf({ receiver: 'welcome', ...payload }, body.length) : [3, 'badData']
  if (!payload || problem || 'receiver' in payload) {
    throw new Error(`not a welcome: ${problem ?? 'it names a receiver'}`)
  }
  user.sent.push(payload)
  user.keys = keysOf(payload)
}

type Problem = [status: number, message: string]

const bad = (what: string): Problem => [3, `badData: ${what}`]

/** The limits of Viber for one message, with the status it answers. */
export function problemOf(payload: Json, bytes: number): Problem | undefined {
  if (bytes > 30_000) return bad('more than 30 kB')
  const { receiver, type, sender, min_api_version: version = 1, tracking_data: tracking } = payload
  const empty = Object.keys(payload).filter(name => payload[name] === null)
  if (empty.length) return bad(`null as ${empty}`)
  if (!isText(receiver, 1, 100) || !isText(type, 1, 20)) return [4, 'missingData']
  if (!isObject(sender) || !isText(sender.name, 1, 28)) return [4, 'missingData: sender.name']
  if (!Number.isInteger(version) || Number(version) < 1) return bad('min_api_version')
  if (tracking !== undefined && !isText(tracking, 1, 4000)) return bad('tracking_data')
  const check = CONTENTS[String(type)]
  if (!check) return bad('type')
  return check(payload) ?? keyboardProblem(payload)
}

/** Whom a broadcast may be for. */
function listProblem(list: unknown): Problem | undefined {
  if (!Array.isArray(list) || list.length === 0) return [4, 'missingData: broadcast_list']
  if (list.length > BROADCAST_MAX) return bad('more than 300 receivers')
  return list.every(id => isText(id, 1, 100)) ? undefined : bad('broadcast_list')
}

const CONTENTS: Record<string, (payload: Json) => Problem | undefined> = {
  text: ({ text }) => (isText(text, 1, 7000) ? undefined : bad('text')),
  picture: ({ text, media }) =>
    isText(text, 0, 512) && isUrl(media, /\.(jpe?g|png|gif)$/i) ? undefined : bad('picture'),
  video: ({ media, size, duration = 1, thumbnail }) =>
    isUrl(media, /\.mp4$/i) &&
    isCount(size, 27_262_976) &&
    isCount(duration, 180) &&
    (thumbnail === undefined || isUrl(thumbnail, /\.jpe?g$/i))
      ? undefined
      : bad('video'),
  file: ({ media, size, file_name: name }) =>
    isUrl(media, /\.\w+$/) && isCount(size, 52_428_800) && isText(name, 1, 256) && /\.\w+$/.test(String(name))
      ? forbidden(String(name))
      : bad('file'),
  location: ({ location }) =>
    isObject(location) && isBetween(location.lat, 90) && isBetween(location.lon, 180)
      ? undefined
      : bad('location'),
  rich_media: ({ rich_media: media, min_api_version: version }) =>
    Number(version ?? 1) < 2 ? [14, 'incompatibleWithVersion'] : richProblem(media),
}

function forbidden(name: string): Problem | undefined {
  return /\.(exe|apk|bat|bin|cmd|com|msi|ps1|vbs?|run|ipa|app)$/i.test(name) ? bad('file type') : undefined
}

function keyboardProblem({ keyboard }: Json): Problem | undefined {
  if (keyboard === undefined) return undefined
  if (!isObject(keyboard) || keyboard.Type !== 'keyboard') return bad('keyboard')
  const keys = keyboard.Buttons
  if (!Array.isArray(keys) || keys.length === 0) return bad('keyboard without buttons')
  return keysProblem(keys) ?? (rowsOf(keys) > 12 ? bad('more than 12 rows') : undefined)
}

function richProblem(media: unknown): Problem | undefined {
  if (!isObject(media) || media.Type !== 'rich_media') return bad('rich_media')
  const { ButtonsGroupColumns: columns, ButtonsGroupRows: rows, Buttons: keys } = media
  if (!isCount(columns, 6) || !isCount(rows, 7) || !Array.isArray(keys)) return bad('grid')
  if (keys.length === 0 || rowsOf(keys) > 6 * Number(rows)) return bad('cards')
  return keysProblem(keys)
}

function keysProblem(keys: Json[]): Problem | undefined {
  return keys.every(isKey) ? undefined : bad('button')
}

function isKey(key: Json): boolean {
  const { Columns = 6, Rows = 1, ActionType = 'reply', ActionBody, Text = '', Image } = key
  return (
    isCount(Columns, 6) &&
    isCount(Rows, 7) &&
    isText(Text, 0, 250) &&
    isText(ActionBody, 1, 2000) &&
    ['reply', 'open-url', 'none'].includes(String(ActionType)) &&
    (ActionType !== 'open-url' || isUrl(ActionBody, /^/)) &&
    (Image === undefined || isUrl(Image, /\.(png|jpe?g)$/i))
  )
}

/** Keys fill a row of six columns before they begin the next one. */
function rowsOf(keys: Json[]): number {
  let rows = 0
  let used = 6
  for (const { Columns = 6, Rows = 1 } of keys) {
    if (used + Number(Columns) > 6) {
      rows += Number(Rows)
      used = 0
    }
    used += Number(Columns)
  }
  return rows
}

function keysOf({ keyboard }: Json): Json[] {
  return isObject(keyboard) && Array.isArray(keyboard.Buttons) ? keyboard.Buttons : []
}

/** What a person reads on a key. */
export function plainText(html: unknown): string {
  return String(html ?? '')
    .replaceAll('<br>', '\n')
    .replace(/<\/?[a-z][^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown, min: number, max: number): boolean {
  return typeof value === 'string' && value.length >= min && value.length <= max && value.isWellFormed()
}

function isCount(value: unknown, max: number): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max
}

function isBetween(value: unknown, max: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= max
}

function isUrl(value: unknown, path: RegExp): boolean {
  const url = typeof value === 'string' && value.length <= 2000 ? URL.parse(value) : null
  return url?.protocol === 'https:' && url.hostname.includes('.') && path.test(url.pathname)
}

function refusal(status: number, message: string): Json {
  return { status, status_message: message, message_token: 0 }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function parse(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.toString())
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Message tokens are written as Viber writes them: as numbers of 64 bits. */
function sendJson(response: ServerResponse, value: Json): void {
  const text = JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? `n${part}n` : part))
  response.writeHead(200, { 'content-type': 'application/json' }).end(text.replace(/"n(\d+)n"/g, '$1'))
}
