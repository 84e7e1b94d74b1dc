// Hears the bot: a stream that goes on where it broke off.

/** @import {Shown} from './view.js' */

const PAUSE_FIRST_MS = 1000
const PAUSE_MAX_MS = 20_000
/** A page nobody looks at for this long hangs up: browsers allow few connections, and phones are spared. */
const ASLEEP_MS = 30_000

/**
 * @param {{url: string, last: number, onMessage: (message: Shown) => void, onOpen: () => void}} options
 */
export function createFeed({ url, last, onMessage, onOpen }) {
  /** @type {EventSource | undefined} */
  let source
  let wait = PAUSE_FIRST_MS
  let wanted = false
  let hiddenAt = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let bedtime
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry

  function open() {
    clearTimeout(retry)
    source?.close()
    source = new EventSource(`${url}${url.includes('?') ? '&' : '?'}last=${last}`)
    source.onopen = () => {
      wait = PAUSE_FIRST_MS
      onOpen()
    }
    source.onmessage = ({ data }) => {
      /** @type {Shown} */
      const message = JSON.parse(data)
      if (message.seq <= last) return
      last = message.seq
      onMessage(message)
    }
    source.onerror = () => {
      // The browser repairs a broken connection itself, but gives up on a refused one.
      if (source?.readyState !== EventSource.CLOSED) return
      retry = setTimeout(open, wait)
      wait = Math.min(wait * 2, PAUSE_MAX_MS)
    }
  }

  function sleep() {
    clearTimeout(retry)
    source?.close()
    source = undefined
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(bedtime)
    if (document.hidden) {
      hiddenAt = Date.now()
      bedtime = setTimeout(sleep, ASLEEP_MS)
      // A phone may have slept through bedtime, with a connection that is dead without knowing it.
    } else if (wanted && (!source || Date.now() - hiddenAt > ASLEEP_MS)) open()
  })
  addEventListener('online', () => wanted && open())

  return {
    /** Opens the stream unless it is open or opening. */
    ensureOpen() {
      wanted = true
      if (!source) open()
    },
  }
}
