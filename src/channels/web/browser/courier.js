// Brings messages to the server: in order, one at a time, the same id until it is accepted.

/** @import {Own} from './memory.js' */
import { amend, nextWaiting } from './memory.js'

const TIMEOUT_MS = 15_000
const PAUSE_MAX_MS = 15_000

/**
 * @param {{url: string, onSent: (own: Own) => void, onRefused: (own: Own, problem: string) => void,
 *   onOffline: (offline: boolean) => void}} options
 */
export function createCourier({ url, onSent, onRefused, onOffline }) {
  let running = false
  /** @type {() => void} */
  let hurry = () => undefined
  addEventListener('online', () => hurry())

  /** @param {number} ms */
  function pause(ms) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      hurry = () => {
        clearTimeout(timer)
        resolve(undefined)
      }
    })
  }

  /** @param {Own} own */
  async function deliver(own) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, PAUSE_MAX_MS)) {
      const answer = await post(url, own)
      onOffline(answer === undefined)
      if (answer) return answer
      await pause(wait)
    }
  }

  async function run() {
    for (let own = nextWaiting(); own; own = nextWaiting()) {
      const { accepted, problem } = await deliver(own)
      amend(own.id, accepted ? { state: 'sent' } : { state: 'refused', problem })
      if (accepted) onSent(own)
      else onRefused(own, problem)
    }
  }

  return {
    /** Sends what waits, now. */
    go() {
      hurry()
      if (running) return
      running = true
      run().finally(() => {
        running = false
      })
    },
  }
}

/**
 * What the server says to a message; undefined when it can't be reached or is in trouble.
 * @param {string} url
 * @param {Own} own
 */
async function post(url, { id, body }) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, ...body }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (response.ok) return { accepted: true, problem: '' }
    if (response.status >= 500 || response.status === 429 || response.status === 408) return undefined
    const problem = await response.json().catch(() => ({}))
    return { accepted: false, problem: String(problem.detail ?? '') }
  } catch {
    return undefined
  }
}
