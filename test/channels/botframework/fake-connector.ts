// Microsoft's side of the wire over real HTTP: the token service, the published keys, and a connector that
// refuses what the real one refuses and keeps what each conversation was sent. It delivers activities to
// the bot with tokens it signs. Shares no code with the channel.
import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { problemOf } from './fake-rules.ts'

type Json = Record<string, unknown>

/** What the next activity gets instead of its proper answer. */
export type Scripted =
  | { status: number; code?: string; body?: string; headers?: Record<string, string> }
  /** The activity is taken, the answer is lost. */
  | 'reset-after'
  /** The connection breaks before the activity is looked at. */
  | 'reset-before'
  /** The proper answer after all. */
  | 'proper'

export type Post = {
  conversation: string
  replyTo?: string
  authorization?: string
  activity: Json
  status?: number
}
export type Heard = { status: number; body: string }
export type TokenChange = {
  claims?: Json
  header?: Json
  key?: KeyObject
  damage?: (token: string) => string
}

const ISSUER = 'https://issuer.example'
const KEY_ID = 'key-1'
export const APP_ID = randomUUID()
/** Takes a while to make; every connector of a test file has the same. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

export type FakeConnector = Awaited<ReturnType<typeof startFakeConnector>>

/** `anonymous`: requests need no token, as with the Emulator. `bot`: the base URL of the bot. */
export async function startFakeConnector({
  anonymous = false,
  bot,
}: {
  anonymous?: boolean
  bot: () => string
}) {
  const appId = APP_ID
  const password = `password-${randomUUID()}`
  const tenantId = randomUUID()
  const conversations = new Map<string, Json[]>()
  const posts: Post[] = []
  const scripts: Scripted[] = []
  const tokenScripts: Scripted[] = []
  const issued: string[] = []
  const tokenRequests: { url: string; form: URLSearchParams }[] = []
  let keyRequests = 0
  let keysBroken = false
  let url = ''
  let counter = 0

  const server = createServer((request, response) => {
    handle(request, response).catch(error => {
      response.statusCode = 500
      response.end(String(error))
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://fake')
    const body = await bodyOf(request)
    if (pathname === '/openid') return respond(response, keysBroken ? 500 : 200, { jwks_uri: `${url}/keys` })
    if (pathname === '/keys') {
      keyRequests++
      return respond(response, 200, { keys: [jwk(publicKey)] })
    }
    if (pathname.endsWith('/oauth2/v2.0/token')) return grant(request, body, response)
    const [, conversation, replyTo] =
      /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(pathname) ?? []
    if (conversation && request.method === 'POST') {
      return take(request, response, body, decodeURIComponent(conversation), replyTo)
    }
    respond(response, 404, { error: { code: 'ServiceError' } })
  }

  function grant(request: IncomingMessage, body: string, response: ServerResponse) {
    const form = new URLSearchParams(body)
    tokenRequests.push({ url: request.url ?? '', form })
    const scripted = tokenScripts.shift()
    if (scripted === 'reset-before' || scripted === 'reset-after') return void request.socket.destroy()
    if (scripted && scripted !== 'proper') return respond(response, scripted.status, { error: scripted.code })
    const right =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === appId &&
      form.get('client_secret') === password &&
      form.get('scope') === 'https://api.botframework.com/.default'
    if (!right) return respond(response, 401, { error: 'invalid_client' })
    const token = `granted-${randomUUID()}`
    issued.push(token)
    respond(response, 200, { token_type: 'Bearer', expires_in: 3599, access_token: token })
  }

  function take(
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
    conversation: string,
    replyTo: string | undefined,
  ) {
    const { authorization } = request.headers
    const activity = parsed(body)
    const post: Post = { conversation, activity: activity ?? {}, ...(replyTo && { replyTo }), authorization }
    posts.push(post)
    const scripted = scripts.shift() ?? 'proper'
    if (scripted === 'reset-before') return void request.socket.destroy()
    if (scripted !== 'proper' && scripted !== 'reset-after') {
      post.status = scripted.status
      const { status, code = 'ServiceError', headers = {} } = scripted
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      return respond(response, status, scripted.body ?? { error: { code, message: 'as scripted' } })
    }
    const refused = judge(conversation, activity, authorization, Buffer.byteLength(body))
    post.status = refused?.status ?? 201
    if (refused)
      return respond(response, refused.status, { error: { code: refused.code, message: refused.why } })
    conversations.get(conversation)?.push(activity ?? {})
    if (scripted === 'reset-after') return void request.socket.destroy()
    respond(response, 201, { id: `sent-${++counter}` })
  }

  function judge(conversation: string, activity: Json | undefined, authorization = '', bytes = 0) {
    const known = issued.includes(authorization.replace(/^Bearer /, ''))
    if (!anonymous && !known) return { status: 401, code: 'Unauthorized', why: 'the token is not valid' }
    if (!conversations.has(conversation))
      return { status: 404, code: 'ConversationNotFound', why: conversation }
    const why = problemOf(activity, String(activity?.channelId), bytes)
    if (!why) return undefined
    return why === 'MessageSizeTooBig'
      ? { status: 413, code: why, why }
      : { status: 400, code: 'BadArgument', why }
  }

  /** A token as the connector signs it for this bot and this service URL. */
  function token({
    claims = {},
    header = {},
    key = privateKey,
    damage = same => same,
  }: TokenChange = {}): string {
    const now = Math.floor(Date.now() / 1000)
    const head = { alg: 'RS256', typ: 'JWT', kid: KEY_ID, ...header }
    const payload = { iss: ISSUER, aud: appId, nbf: now - 300, exp: now + 3600, serviceurl: url, ...claims }
    const content = [head, payload]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    return damage(`${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`)
  }

  async function deliver(activity: Json | string, authorization?: string | null): Promise<Heard> {
    const given = authorization === undefined && !anonymous ? `Bearer ${token()}` : authorization
    const response = await fetch(`${bot()}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(given && { authorization: given }) },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    })
    return { status: response.status, body: await response.text() }
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    appId,
    password,
    tenantId,
    endpoints: {
      loginUrl: url,
      scope: 'https://api.botframework.com',
      issuer: ISSUER,
      openIdMetadataUrl: `${url}/openid`,
    },
    posts,
    issued,
    tokenRequests,
    keyRequests: () => keyRequests,
    breakKeys() {
      keysBroken = true
    },
    /** Makes a conversation known to the connector. */
    open(conversation: string): void {
      if (!conversations.has(conversation)) conversations.set(conversation, [])
    },
    close: (conversation: string) => conversations.delete(conversation),
    /** What a conversation was sent, oldest first. */
    sent: (conversation: string): Json[] => conversations.get(conversation) ?? [],
    revokeTokens: () => void issued.splice(0),
    script: (...answers: Scripted[]) => void scripts.push(...answers),
    scriptToken: (...answers: Scripted[]) => void tokenScripts.push(...answers),
    /** Scripted answers that nobody asked for. */
    unused: () => scripts.length + tokenScripts.length,
    token,
    deliver,
    async stop() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** A key that is not the connector's. */
export function foreignKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
}

function jwk(publicKey: KeyObject): Json {
  const { n, e } = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({
    format: 'jwk',
  })
  return { kty: 'RSA', use: 'sig', kid: KEY_ID, n, e, endorsements: ['msteams', 'webchat', 'directline'] }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function parsed(body: string): Json | undefined {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function respond(response: ServerResponse, status: number, body: Json | string): void {
  response.statusCode = status
  response.setHeader('content-type', 'application/json')
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
