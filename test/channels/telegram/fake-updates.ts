// The queue behind getUpdates: held requests, confirmation by offset, one reader at a time.
import { Refused } from './fake-rules.ts'

export type Update = Record<string, unknown> & { update_id: number }
type Request = { offset?: number; limit?: number; timeout?: number; allowed_updates?: string[] }
type Held = { answer(updates: Update[]): void; refuse(error: Refused): void; limit: number }

const OTHER = 'terminated by other getUpdates request; make sure that only one bot instance is running'

export const conflict = (why: string) => new Refused(409, `Conflict: ${why}`)

export function createUpdates() {
  let queue: Update[] = []
  let allowed: string[] = []
  let held: Held | undefined
  let nextId = 1000

  function answerHeld(): void {
    if (queue.length) held?.answer(queue.slice(0, held.limit))
  }

  function hold(limit: number, timeoutMs: number): Promise<Update[]> {
    return new Promise((resolve, reject) => {
      const release = () => {
        clearTimeout(timer)
        held = undefined
      }
      const answer = (updates: Update[]) => {
        release()
        resolve(updates)
      }
      const refuse = (error: Refused) => {
        release()
        reject(error)
      }
      const timer = setTimeout(answer, timeoutMs, [])
      held = { answer, refuse, limit }
      answerHeld()
    })
  }

  return {
    /** Gives an update its number. */
    number: (fields: Record<string, unknown>): Update => ({ update_id: nextId++, ...fields }),
    /** Queues it; kinds that the reader didn't ask for are dropped. */
    push(update: Update): void {
      const kind = Object.keys(update).find(key => key !== 'update_id') ?? ''
      if (!allowed.length || allowed.includes(kind)) queue.push(update)
      answerHeld()
    },
    /** Resolves when there is something to read, at the latest after `timeout` seconds. */
    read({ offset = 0, limit = 100, timeout = 0, allowed_updates }: Request): Promise<Update[]> {
      allowed = allowed_updates ?? allowed
      queue = queue.filter(({ update_id }) => update_id >= offset)
      held?.refuse(conflict(OTHER))
      return hold(limit, timeout * 1000)
    },
    refuseReader: (why: string) => held?.refuse(conflict(why)),
    endReader: () => held?.answer([]),
    drop() {
      queue = []
    },
    get pending() {
      return queue.length
    },
  }
}
