// A strict stand-in for Telegram's Bot API over real HTTP on the loopback interface. It refuses what
// the real one refuses (fake-rules.ts), keeps the messages of every chat, and can be told to fail.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerCall, loseAnswer, readCall, refuseCall, type Script, scriptedRefusal } from './fake-http.ts'
import { checkCall, type Params, Refused } from './fake-rules.ts'
import { conflict, createUpdates, type Update } from './fake-updates.ts'

export type { Script } from './fake-http.ts'
/** `bytes`: of the request's body; `at`: milliseconds since the epoch. */
export type Call = { method: string; params: Params; bytes: number; at: number }
export type SentMessage = { message_id: number; method: string } & Params
export type FakeBotApi = Awaited<ReturnType<typeof startFakeBotApi>>

export const FAKE_TOKEN = '123456789:AAHfakefakefakefakefakefakefakefakefa'
export const FAKE_USERNAME = 'KomsijaTestBot'

const WEBHOOK_ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

export type FakeOptions = {
  token?: string
  /** False: calls are counted, not remembered, for long measurements. */
  keep?: boolean
  /** Answers a call that no script is for, or leaves it to the bot. */
  judge?(method: string, params: Params): Script | undefined
}

/** Starts it on a free port. */
export async function startFakeBotApi({ token = FAKE_TOKEN, keep = true, judge }: FakeOptions = {}) {
  const calls: Call[] = []
  const scripts = new Map<string, Script[]>()
  const bot = createBot(token, keep)
  const storedFiles = new Map<string, Uint8Array>()
  let count = 0

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const stored = storedFiles.get(request.url ?? '')
    if (stored) return void response.end(stored)
    const [, asked = '', method = ''] = /^\/bot([^/]*)\/(\w+)/.exec(request.url ?? '') ?? []
    const { params, bytes } = await readCall(request)
    if (asked !== token) return refuseCall(response, new Refused(401, 'Unauthorized'))
    count++
    if (keep) calls.push({ method, params, bytes, at: Date.now() })
    const script = scripts.get(method)?.shift() ?? judge?.(method, params)
    if (typeof script === 'object') return refuseCall(response, scriptedRefusal(script))
    if (script === 'lost-before') return void request.socket.destroy()
    const result = await bot.execute(method, params)
    if (script) loseAnswer(script, response)
    else answerCall(response, result)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(error => {
      if (error instanceof Refused) refuseCall(response, error)
      else response.destroy()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    /** Every call with the right token, in order. */
    calls,
    callsOf: (method: string) => calls.filter(call => call.method === method).map(({ params }) => params),
    get count() {
      return count
    },
    ...bot.view,
    /** Answers the next calls of a method as told, one each. */
    script: (method: string, ...answers: Script[]) =>
      void scripts.set(method, [...(scripts.get(method) ?? []), ...answers]),
    /** A file somebody sent; getFile tells where it is. */
    store(fileId: string, bytes: Uint8Array, path = `photos/${fileId}.jpg`) {
      storedFiles.set(`/file/bot${token}/${path}`, bytes)
      bot.view.sentFiles.set(fileId, { path, size: bytes.length })
    },
    unusedScripts: () => [...scripts].flatMap(([method, rest]) => rest.map(script => ({ method, script }))),
    async stop() {
      bot.end()
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** The state of one bot: its chats, its queue of updates, its webhook and commands. */
function createBot(token: string, keep: boolean) {
  const chats = new Map<string, SentMessage[]>()
  const blocked = new Set<string>()
  const commands = new Map<string, unknown>()
  const presses = new Set<string>()
  const updates = createUpdates()
  const webhook = { url: '', secret: '' }
  const awaited = new Map<string, () => void>()
  /** Ids of files that were uploaded, and as what. */
  const files = new Map<string, string>()
  const sentFiles = new Map<string, { path: string; size: number }>()
  let lastMessageId = 0

  function send(method: string, params: Params): Params {
    const chat = String(params.chat_id)
    if (!/^-?\d+$/.test(chat)) throw new Refused(400, 'Bad Request: chat not found')
    if (blocked.has(chat)) throw new Refused(403, 'Forbidden: bot was blocked by the user')
    const field = FIELDS[method]
    if (field) checkFileId(params[field], field)
    const message = { ...params, message_id: ++lastMessageId, method }
    if (field) files.set(`file-${lastMessageId}`, field)
    if (keep) chats.get(chat)?.push(message) ?? chats.set(chat, [message])
    awaited.get(chat)?.()
    return resultOf(message, Number(chat))
  }

  /** Links are no ids; an id is good for what it was given for. */
  function checkFileId(file: unknown, field: string): void {
    if (typeof file !== 'string' || file.includes('://')) return
    const known = files.get(file)
    if (!known) throw new Refused(400, 'Bad Request: wrong file identifier/HTTP URL specified')
    if (known !== field) throw new Refused(400, `Bad Request: can't use file of type ${known} as ${field}`)
  }

  const methods: Record<string, (params: Params) => unknown> = {
    getMe: () => ({
      id: Number(token.split(':')[0]),
      is_bot: true,
      first_name: 'Komšija',
      username: FAKE_USERNAME,
    }),
    getUpdates(params) {
      if (webhook.url) throw conflict(WEBHOOK_ACTIVE)
      return updates.read(params)
    },
    getWebhookInfo: () => ({ url: webhook.url, pending_update_count: updates.pending }),
    setWebhook({ url = '', secret_token = '' }) {
      Object.assign(webhook, { url, secret: secret_token })
      if (url) updates.refuseReader('terminated by setWebhook request')
      return true
    },
    deleteWebhook({ drop_pending_updates }) {
      webhook.url = ''
      if (drop_pending_updates) updates.drop()
      return true
    },
    getFile({ file_id }) {
      const file = sentFiles.get(String(file_id))
      if (!file) throw new Refused(400, 'Bad Request: invalid file_id')
      return { file_id, file_unique_id: 'u', file_path: file.path, file_size: file.size }
    },
    answerCallbackQuery({ callback_query_id }) {
      if (presses.delete(String(callback_query_id))) return true
      throw new Refused(
        400,
        'Bad Request: query is too old and response timeout expired or query ID is invalid',
      )
    },
    setMyCommands: ({ language_code = '', commands: list }) => !!commands.set(String(language_code), list),
  }

  /** Numbers an update; the press of a button can be answered once. */
  function number(fields: Params): Update {
    const { id } = (fields.callback_query ?? {}) as { id?: string }
    if (id !== undefined) presses.add(id)
    return updates.number(fields)
  }

  return {
    async execute(method: string, params: Params): Promise<unknown> {
      checkCall(method, params)
      if (/^send(?!ChatAction)/.test(method)) return send(method, params)
      return methods[method]?.(params) ?? true
    },
    end: updates.endReader,
    view: {
      webhook,
      sentFiles,
      /** Command lists by language code; '' is the list for all others. */
      commands,
      /** What arrived in a chat, oldest first. */
      sent: (chat: number | string) => chats.get(String(chat)) ?? [],
      /** Resolves when the next message arrives in a chat. */
      nextMessageTo: (chat: number | string) =>
        new Promise<void>(resolve => awaited.set(String(chat), resolve)),
      /** From now on no id of a file is worth anything. */
      forgetFiles: () => files.clear(),
      block: (chat: number | string) => void blocked.add(String(chat)),
      unblock: (chat: number | string) => void blocked.delete(String(chat)),
      /** Updates that were not confirmed yet. */
      pending: () => updates.pending,
      /** Puts an update into the queue for getUpdates and gives it a number. */
      push(fields: Params): Update {
        const update = number(fields)
        updates.push(update)
        return update
      },
      /** Delivers an update as Telegram does to a webhook. */
      postUpdate(url: string, secret: string | undefined, fields: Params): Promise<Response> {
        const header = secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }
        const headers = { 'content-type': 'application/json', ...header }
        return fetch(url, { method: 'POST', headers, body: JSON.stringify(number(fields)) })
      },
    },
  }
}

const FIELDS: Record<string, string> = { sendPhoto: 'photo', sendVideo: 'video', sendDocument: 'document' }

/** The message as the bot gets it back, as far as it looks at it. */
function resultOf({ method, message_id, text }: SentMessage, chat: number): Params {
  const file = { file_id: `file-${message_id}`, file_unique_id: `u${message_id}` }
  const media: Record<string, Params> = {
    sendPhoto: { photo: [{ ...file, file_id: 'small' }, file] },
    sendVideo: { video: file },
    sendDocument: { document: file },
  }
  const type = chat < 0 ? 'group' : 'private'
  return {
    message_id,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chat, type },
    text,
    ...media[method],
  }
}
