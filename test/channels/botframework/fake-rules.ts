// What the connector refuses, written from the activity schema (https://aka.ms/botSpecs-activitySchema),
// the card references and the limits of the services behind it. Shares no code with the channel.
type Json = Record<string, unknown>

const BYTES_MAX: Record<string, number> = { msteams: 28 * 1024 }
const BYTES_DEFAULT = 256 * 1024
const TEXT_MAX: Record<string, number> = {
  facebook: 2000,
  telegram: 4096,
  line: 5000,
  groupme: 1000,
  sms: 1600,
}
const SUGGESTED_MAX: Record<string, number> = {
  facebook: 10,
  skype: 10,
  line: 13,
  telegram: 100,
  kik: 20,
  webchat: 100,
  directline: 100,
  emulator: 100,
}
const CARDS = new Set(['msteams', 'webchat', 'directline', 'emulator', 'skype'])
const ACTION_TYPES = new Set(['openUrl', 'imBack', 'postBack', 'messageBack', 'call', 'playVideo'])
const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null
const asArray = (value: unknown): Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [{}])

/** Why the connector of this channel refuses the activity, or undefined. `bytes`: of the request's body. */
export function problemOf(activity: unknown, channelId: string, bytes: number): string | undefined {
  if (bytes > (BYTES_MAX[channelId] ?? BYTES_DEFAULT)) return 'MessageSizeTooBig'
  if (!isObject(activity)) return 'BadSyntax'
  if (!isText(activity.type)) return 'missing type'
  for (const field of ['from', 'conversation']) {
    const account = activity[field]
    if (!isObject(account) || !isText(account.id)) return `missing ${field}.id`
  }
  return activity.type === 'message' ? messageProblem(activity, channelId) : undefined
}

function messageProblem(activity: Json, channelId: string): string | undefined {
  const { text, attachments, suggestedActions, textFormat = 'markdown' } = activity
  if (text !== undefined && !isText(text)) return 'empty text'
  if (text === undefined && !attachments) return 'a message without content'
  if (!['plain', 'markdown', 'xml'].includes(String(textFormat))) return 'unknown textFormat'
  if (isText(text) && text.length > (TEXT_MAX[channelId] ?? 28_000)) return 'the text is too long'
  if (isText(text) && !text.isWellFormed()) return 'half a character'
  const suggested = isObject(suggestedActions) ? asArray(suggestedActions.actions) : []
  if (suggestedActions && !suggested.length) return 'suggestions without actions'
  if (suggested.length > (SUGGESTED_MAX[channelId] ?? 0)) return 'too many suggestions'
  return (
    suggested.map(action => actionProblem(action, channelId)).find(Boolean) ??
    asArray(attachments)
      .map(attachment => attachmentProblem(attachment, channelId))
      .find(Boolean)
  )
}

function actionProblem({ type, title, value }: Json, channelId: string): string | undefined {
  if (!ACTION_TYPES.has(String(type))) return `unknown action ${type}`
  if (!isText(title) || !isText(value)) return 'an action without title or value'
  if (type === 'openUrl' && !isLink(value)) return 'an action that opens no link'
  if (channelId === 'facebook' && title.length > 20) return 'the title is too long'
  return undefined
}

function isLink(value: unknown): boolean {
  return isText(value) && /^https?:\/\/[\x21-\x7e]+$/.test(value)
}

function attachmentProblem({ contentType, content }: Json, channelId: string): string | undefined {
  if (!isText(contentType)) return 'an attachment without type'
  if (!isObject(content)) return 'a card without content'
  if (!CARDS.has(channelId)) return 'this channel shows no cards'
  switch (contentType) {
    case 'application/vnd.microsoft.card.hero':
      return heroProblem(content, channelId)
    case 'application/vnd.microsoft.card.video':
      if (channelId === 'msteams') return 'Teams shows no video cards'
      if (content.image !== undefined && !asArray([content.image]).every(({ url }) => isLink(url))) {
        return 'a still without a link'
      }
      return asArray(content.media).every(({ url }) => isLink(url)) && asArray(content.media).length
        ? undefined
        : 'a video card without video'
    case 'application/vnd.microsoft.card.adaptive':
      return adaptiveProblem(content, channelId)
    default:
      return `unknown attachment ${contentType}`
  }
}

function heroProblem({ buttons, images }: Json, channelId: string): string | undefined {
  if (channelId === 'msteams' && asArray(buttons).length > 6) return 'too many buttons'
  if (!asArray(images).every(({ url }) => isLink(url))) return 'a picture without link'
  if (!asArray(buttons).length && !asArray(images).length) return 'an empty card'
  return asArray(buttons)
    .map(action => actionProblem(action, channelId))
    .find(Boolean)
}

function adaptiveProblem({ type, version, body }: Json, channelId: string): string | undefined {
  if (type !== 'AdaptiveCard' || !/^1\.[0-5]$/.test(String(version))) return 'unsupported card version'
  if (!asArray(body).length) return 'an empty card'
  for (const element of asArray(body)) {
    if (element.type === 'Image') {
      if (!isLink(element.url)) return 'a picture without link'
      if (channelId === 'msteams' && !String(element.url).startsWith('https:'))
        return 'a picture without https'
    } else if (element.type === 'ActionSet') {
      const actions = asArray(element.actions)
      if (!actions.length || actions.length > 6) return 'too many or no actions'
      const problem = actions.map(adaptiveActionProblem).find(Boolean)
      if (problem) return problem
    } else return `unknown element ${element.type}`
  }
  return undefined
}

function adaptiveActionProblem({ type, title, url, data }: Json): string | undefined {
  if (!isText(title)) return 'an action without title'
  if (type === 'Action.OpenUrl') return isLink(url) ? undefined : 'an action that opens no link'
  if (type !== 'Action.Submit') return `unknown action ${type}`
  return isObject(data) ? undefined : 'an action that submits nothing'
}
