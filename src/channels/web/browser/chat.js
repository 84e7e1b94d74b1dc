// The chat page's script. The page works without it; with it messages appear by themselves, are sent
// without a reload and survive a lost connection.

/** @import {Own} from './memory.js' */
/** @import {PageData, Shown} from './view.js' */
import { createCourier } from './courier.js'
import { byId, toDom } from './dom.js'
import { createFeed } from './feed.js'
import { anchor, forgetUnless, isWaiting, onChangeElsewhere, recall, remember } from './memory.js'
import { createPhotoButton } from './photo.js'
import { createSuggestions } from './suggest.js'
import { dayOf, viewDay, viewMessage, viewOwn } from './view.js'

/** @type {PageData} */
const page = JSON.parse(document.body.dataset.page ?? '{}')
const { words } = page
const log = byId('log', HTMLElement)
const talk = byId('talk', HTMLElement)
const form = byId('composer', HTMLFormElement)
const input = byId('text', HTMLTextAreaElement)
const status = byId('status', HTMLElement)
const hint = byId('hint', HTMLElement)
const newer = byId('newer', HTMLButtonElement)
const typing = viewTyping()
const where = page.embedded ? '?embed=1' : ''
/** Three dots for longer than this would be a lie. */
const TYPING_MS = 8000
/** Whoever has scrolled up this far is reading: new messages don't pull them down. */
const READING_PX = 160
/** A question of two lines or so. */
const SHORT_PX = 100
/** Between the edge and what is shown from its beginning. */
const GAP_PX = 12

const feed = createFeed({
  url: `/chat/events${where}`,
  last: page.last,
  onMessage: hear,
  onOpen: () => say(''),
})
const courier = createCourier({
  url: `/chat/messages${where}${where ? '&' : '?'}lang=${page.lang}`,
  onSent(own) {
    mark(own, 'sent')
    feed.ensureOpen()
    if (recall().some(({ id, before }) => id === own.id && before === undefined)) showTyping()
  },
  onRefused(own, problem) {
    mark({ ...own, problem }, 'refused')
    say(problem || words.refused)
  },
  onOffline: offline => say(offline ? words.offline : ''),
})
const suggestions = createSuggestions({
  input,
  list: byId('suggestions', HTMLUListElement),
  lang: page.lang,
  announce(count) {
    hint.textContent = count > 0 ? words.suggestions.replace('#', String(count)) : ''
  },
  onChoose: ({ id, title }) => tell(title, { start: `faq-${id}` }),
})

createPhotoButton({
  input: byId('photo', HTMLInputElement),
  url: `/chat/photos${where}${where ? '&' : '?'}lang=${page.lang}`,
  onSending: () => say(words.photoSending),
  onSent(id, name) {
    say('')
    const label = `${words.photoName}: ${name}`
    const own = /** @type {const} */ ({ id, label, body: { text: label }, state: 'sent', at: Date.now() })
    remember(own)
    show(own)
    feed.ensureOpen()
    showTyping()
  },
  onRefused: problem => say(problem || words.photoFailed),
})

/**
 * A message of the bot.
 * @param {Shown} message
 */
function hear(message) {
  anchor(message.seq)
  const reading = isReading()
  openDay(message.at)
  const element = /** @type {HTMLElement} */ (toDom(viewMessage(message, words)))
  talk.append(element)
  typing.remove()
  if (reading) newer.hidden = false
  else bring(element)
}

/**
 * What the person does: shown at once, sent as soon as possible.
 * @param {string} label what stands in their bubble; empty: nothing to show
 * @param {Own['body']} body
 */
function tell(label, body) {
  const own = /** @type {const} */ ({
    id: crypto.randomUUID(),
    label,
    body,
    state: 'waiting',
    at: Date.now(),
  })
  remember(own)
  show(own)
  log.scrollTop = 0
  input.value = ''
  grow()
  suggestions.close()
  courier.go()
}

/** @param {Own} own */
function show(own) {
  if (!own.label || elementOf(own)) return
  const element = /** @type {HTMLElement} */ (toDom(viewOwn(own.label, words)))
  element.dataset.own = own.id
  const place = own.before === undefined ? null : document.getElementById(`m${own.before}`)
  if (!place) openDay(new Date(own.at).toISOString())
  if (place) place.before(element)
  else talk.append(element)
  mark(own, own.state)
}

/**
 * Draws the line above a day's first message.
 * @param {string} at ISO 8601
 */
function openDay(at) {
  const last = [.../** @type {NodeListOf<HTMLElement>} */ (talk.querySelectorAll('.day'))].at(-1)
  if (last?.dataset.day !== dayOf(at, words)) talk.append(toDom(viewDay(at, words)))
}

/**
 * @param {Own} own
 * @param {Own['state']} state
 */
function mark(own, state) {
  const element = elementOf(own)
  if (!element) return
  element.dataset.state = state
  const note = state === 'refused' ? own.problem || words.refused : ''
  element.querySelector('.note')?.remove()
  if (note) element.append(toDom({ tag: 'p', attributes: { class: 'note' }, children: [note] }))
}

/** @param {Own} own */
function elementOf({ id }) {
  return /** @type {HTMLElement | null} */ (talk.querySelector(`[data-own="${id}"]`))
}

/** @param {string} text */
function say(text) {
  if (status.textContent !== text) status.textContent = text
}

function viewTyping() {
  const element = document.createElement('div')
  element.className = 'message bot typing'
  element.setAttribute('aria-hidden', 'true')
  element.append(...[0, 1, 2].map(() => document.createElement('i')))
  return element
}

function showTyping() {
  talk.append(typing)
  bring(typing)
  setTimeout(() => typing.remove(), TYPING_MS)
}

/** The log is laid out from its end: 0 is the bottom, above it the offset is negative. */
function isReading() {
  return log.scrollTop < -READING_PX
}

/**
 * Long answers are shown from their beginning, with the question above them if there is room.
 * @param {HTMLElement} element
 */
function bring(element) {
  log.scrollTop = 0
  if (element.offsetHeight < log.clientHeight - SHORT_PX) return
  const question = element.previousElementSibling
  const together =
    question instanceof HTMLElement && question.matches('.own') && question.offsetHeight < SHORT_PX
  const top = (together ? question : element).getBoundingClientRect().top
  // Not `scrollIntoView`: that would scroll the page around an embedded chat as well.
  log.scrollTop += top - log.getBoundingClientRect().top - GAP_PX
}

function grow() {
  input.style.height = 'auto'
  input.style.height = `${input.scrollHeight}px`
}

form.addEventListener('submit', event => {
  event.preventDefault()
  const button = event.submitter instanceof HTMLButtonElement ? event.submitter : undefined
  const { name = '', value = '' } = button ?? {}
  const label = button?.querySelector('strong')?.textContent ?? button?.textContent?.trim() ?? ''
  if (name === 'token') return tell(label, { token: value })
  if (name === 'start') return tell(label, { start: value })
  const text = name === 'command' ? value : input.value
  if (text.trim()) tell(text.trim(), { text: text.trim() })
  input.focus({ preventScroll: true })
})

input.addEventListener('input', grow)
input.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  form.requestSubmit()
})

newer.addEventListener('click', () => {
  newer.hidden = true
  log.scrollTop = 0
})
log.addEventListener('scroll', () => {
  if (!isReading()) newer.hidden = true
})

// Whoever has a chat and changes the page's language wants the answers in it, too: the next page sends this.
document.querySelector('.languages')?.addEventListener('click', ({ target }) => {
  const link = target instanceof Element ? target.closest('a') : null
  const { token } = link?.dataset ?? {}
  if (!token || !(page.known || recall().length)) return
  const label = link?.querySelector('.long')?.textContent ?? ''
  remember({ id: crypto.randomUUID(), label, body: { token }, state: 'waiting', at: Date.now() })
})

// A page that the browser kept from before knows nothing of what came since.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())

onChangeElsewhere(() => {
  for (const own of recall()) {
    show(own)
    mark(own, own.state)
  }
})

forgetUnless(
  own =>
    isWaiting(own) ||
    (own.before === undefined ? page.known : Boolean(document.getElementById(`m${own.before}`))),
)
for (const own of recall()) show(own)
if (page.start) {
  const { payload, title } = page.start
  history.replaceState(null, '', `${location.pathname}${where}`)
  tell(title, { start: payload })
}
if (page.known) feed.ensureOpen()
courier.go()
