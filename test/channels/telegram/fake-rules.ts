// What the Bot API refuses, with the words it uses. Lengths are UTF-16 units after white space at the
// ends is removed, as Telegram counts.
export type Params = Record<string, unknown>

export class Refused extends Error {
  readonly status: number
  readonly description: string
  readonly parameters: Params | undefined
  constructor(status: number, description: string, parameters?: Params) {
    super(description)
    this.status = status
    this.description = description
    this.parameters = parameters
  }
}

const bad = (description: string) => new Refused(400, `Bad Request: ${description}`)

const RULES: Record<string, (params: Params) => void> = {
  getMe: () => undefined,
  getFile: params => need(params, 'file_id'),
  getWebhookInfo: () => undefined,
  deleteWebhook: () => undefined,
  deleteMyCommands: () => undefined,
  getUpdates: checkPolling,
  setWebhook: checkWebhook,
  setMyCommands: checkCommands,
  setMyDescription: params => checkLength(params.description ?? '', 0, 512, 'description'),
  answerCallbackQuery(params) {
    need(params, 'callback_query_id')
    checkLength(params.text ?? '', 0, 200, 'MESSAGE')
  },
  sendChatAction: params => need(params, 'chat_id', 'action'),
  sendMessage(params) {
    need(params, 'chat_id')
    if (!String(params.text ?? '').trim()) throw bad('message text is empty')
    checkText(params.text, params.entities, 4096, 'message is too long')
    checkKeyboard(params.reply_markup)
  },
  sendPhoto: params => checkMedia(params, 'photo'),
  sendVideo: params => checkMedia(params, 'video'),
  sendDocument: params => checkMedia(params, 'document'),
  sendLocation: checkPlace,
  sendVenue(params) {
    checkPlace(params)
    need(params, 'title', 'address')
  },
}

/** Throws `Refused` where the Bot API would answer with an error. */
export function checkCall(method: string, params: Params): void {
  const rule = RULES[method]
  if (!rule) throw new Refused(404, 'Not Found: method not found')
  rule(params)
}

function need(params: Params, ...names: string[]): void {
  for (const name of names) {
    if (params[name] === undefined || params[name] === '') throw bad(`parameter "${name}" is required`)
  }
}

function checkLength(value: unknown, min: number, max: number, what: string): void {
  const { length } = String(value)
  if (length < min || length > max) throw bad(`${what} must be ${min}–${max} characters`)
}

function checkText(value: unknown, entities: unknown, max: number, complaint: string): void {
  const text = String(value ?? '')
  if (!text.isWellFormed()) throw bad('strings must be encoded in UTF-8')
  if (text.trim().length > max) throw bad(complaint)
  if (entities === undefined) return
  if (!Array.isArray(entities)) throw bad('expected an Array of MessageEntity')
  for (const entity of entities) checkEntity(entity, text)
}

const STYLES = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code', 'pre', 'blockquote']

function checkEntity({ type, offset, length, url }: Params, text: string): void {
  const from = Number(offset)
  const to = from + Number(length)
  const whole = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to > from && to <= text.length
  if (!whole || splitsPair(text, from) || splitsPair(text, to)) throw bad('ENTITY_BOUNDS_INVALID')
  if (type === 'text_link') checkLink(url, link => `entity URL '${link}' is invalid`)
  else if (!STYLES.includes(String(type))) throw bad("can't parse MessageEntity: Unsupported type specified")
}

function splitsPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1)) && at > 0
}

function checkLink(value: unknown, complaint: (link: string) => string): void {
  const link = String(value ?? '')
  const url = URL.parse(link)
  if (url && !['http:', 'https:', 'tg:', 'ton:'].includes(url.protocol)) {
    throw bad(`${complaint(link)}: Unsupported URL protocol`)
  }
  const ascii = /^[\x21-\x7e]+$/.test(link)
  if (!url || !ascii || !url.hostname.includes('.')) throw bad(`${complaint(link)}: Wrong HTTP URL`)
}

const ROW_MAX = 8
const BUTTONS_MAX = 100
/** Bytes of the whole keyboard. */
const MARKUP_MAX = 10_240

function checkKeyboard(markup: unknown): void {
  if (markup === undefined) return
  const rows = (markup as Params).inline_keyboard
  if (!Array.isArray(rows)) throw bad('object expected as reply markup')
  if (rows.some(row => !Array.isArray(row) || row.length === 0)) throw bad('inline keyboard row is empty')
  if (rows.some(row => row.length > ROW_MAX)) throw bad('too many buttons in a row')
  const buttons: Params[] = rows.flat()
  if (buttons.length > BUTTONS_MAX || Buffer.byteLength(JSON.stringify(markup)) > MARKUP_MAX) {
    throw bad('reply markup is too long')
  }
  for (const button of buttons) checkButton(button)
}

function checkButton({ text, url, callback_data: data }: Params): void {
  if (!String(text ?? '').trim()) throw bad('inline keyboard button text must be non-empty')
  if (url !== undefined) checkLink(url, link => `inline keyboard button URL '${link}' is invalid`)
  else if (data === undefined) throw bad('text buttons are unallowed in the inline keyboard')
  else if (!/^.{1,64}$/s.test(Buffer.from(String(data)).toString('latin1'))) throw bad('BUTTON_DATA_INVALID')
}

function checkMedia(params: Params, field: string): void {
  need(params, 'chat_id')
  const file = params[field]
  if (file === undefined) throw bad(`there is no ${field} in the request`)
  if (typeof file === 'string') checkRemoteFile(file, field)
  else checkUpload(file, field === 'photo' ? 10 << 20 : 50 << 20)
  if (params.thumbnail !== undefined) checkUpload(params.thumbnail, 200_000)
  checkText(params.caption, params.caption_entities, 1024, 'message caption is too long')
  checkKeyboard(params.reply_markup)
}

/** Bytes come with the request: stills can't be named by link or id. */
function checkUpload(file: unknown, max: number): void {
  const { bytes } = (file ?? {}) as Params
  if (typeof bytes !== 'number') throw bad('file must be uploaded')
  if (bytes === 0) throw bad('file must be non-empty')
  if (bytes > max) throw new Refused(413, 'Request Entity Too Large')
}

/** A link is loaded by Telegram's servers; anything else is the id of a file they know. */
function checkRemoteFile(file: string, field: string): void {
  if (!/^\w+:\/\//.test(file)) {
    if (!/^file-\d+$/.test(file)) throw bad('wrong file identifier/HTTP URL specified')
    return
  }
  const { hostname, pathname } = new URL(file)
  if (!hostname.includes('.') || /^(127|10|192\.168)\./.test(hostname))
    throw bad('failed to get HTTP URL content')
  if (field === 'document' && !/\.(gif|pdf|zip)$/i.test(pathname))
    throw bad('wrong type of the web page content')
}

function checkPlace(params: Params): void {
  need(params, 'chat_id', 'latitude', 'longitude')
  const inside = Math.abs(Number(params.latitude)) <= 90 && Math.abs(Number(params.longitude)) <= 180
  if (!inside) throw bad('wrong location specified')
  checkKeyboard(params.reply_markup)
}

function checkPolling({ limit = 100, timeout = 0, offset = 0 }: Params): void {
  for (const value of [limit, timeout, offset]) {
    if (!Number.isInteger(Number(value))) throw bad('expected an Integer')
  }
}

function checkWebhook({ url, secret_token: secret = '' }: Params): void {
  if (url && !String(url).startsWith('https://')) {
    throw bad('bad webhook: An HTTPS URL must be provided for webhook')
  }
  if (String(secret).length > 256) throw bad('secret token is too long')
  if (!/^[\w-]*$/.test(String(secret))) throw bad('secret token contains unallowed characters')
}

function checkCommands({ commands, language_code: code }: Params): void {
  if (!Array.isArray(commands)) throw bad('expected an Array of BotCommand')
  if (commands.length > 100) throw bad('BOT_COMMANDS_TOO_MUCH')
  if (code !== undefined && !/^[a-z]{2}$/.test(String(code))) throw bad('LANGUAGE_CODE_INVALID')
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(String(command))) throw bad('BOT_COMMAND_INVALID')
    checkLength(description ?? '', 1, 256, 'BOT_COMMAND_DESCRIPTION')
  }
}
