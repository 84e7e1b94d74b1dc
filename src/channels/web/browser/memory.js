// What the person wrote, kept in this browser only: to show it beside the answers after a reload, and
// not to lose what couldn't be sent yet.

/**
 * `before` is the message of the bot that came next: it holds the place. A message whose neighbour
 * the server no longer has is forgotten here as well.
 * @typedef {{id: string, label: string, body: {text: string} | {token: string} | {start: string},
 *   state: 'waiting' | 'sent' | 'refused', at: number, before?: number, problem?: string}} Own
 */

const KEY = 'komsija'
const KEPT = 100
/** What waited longer than a day is no longer meant. */
const WAITING_MS = 24 * 3600 * 1000

/** @type {Own[] | undefined} */
let withoutStorage

/** @returns {Own[]} */
export function recall() {
  if (withoutStorage) return withoutStorage
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]')
  } catch {
    return []
  }
}

/**
 * Tabs share the memory, hence every change starts from what is stored now.
 * @param {(own: Own[]) => Own[]} change
 */
function update(change) {
  const own = change(recall()).slice(-KEPT)
  try {
    localStorage.setItem(KEY, JSON.stringify(own))
  } catch {
    // Storage is full or forbidden: the memory lasts as long as the page.
    withoutStorage = own
  }
}

/** @param {Own} message */
export function remember(message) {
  update(own => [...own, message])
}

/**
 * @param {string} id
 * @param {Partial<Own>} changes
 */
export function amend(id, changes) {
  update(own => own.map(message => (message.id === id ? { ...message, ...changes } : message)))
}

/**
 * The bot has said something: what was written before stands above it from now on.
 * @param {number} seq
 */
export function anchor(seq) {
  update(own => own.map(message => (message.before === undefined ? { ...message, before: seq } : message)))
}

/**
 * Forgets what has no place on the page any more.
 * @param {(message: Own) => boolean} hasPlace
 */
export function forgetUnless(hasPlace) {
  update(own => own.filter(hasPlace))
}

/** The oldest message that is still to be sent. */
export function nextWaiting() {
  return recall().find(isWaiting)
}

/** @param {Own} message */
export function isWaiting({ state, at }) {
  return state === 'waiting' && Date.now() - at < WAITING_MS
}

/**
 * Another tab of this browser has written or heard something.
 * @param {() => void} react
 */
export function onChangeElsewhere(react) {
  addEventListener('storage', ({ key }) => key === KEY && react())
}
