// What Telegram is told about the bot when it starts, and the patience with which it is told.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Language } from '../../core/model/content.ts'
import type { Log } from '../../platform/log.ts'

export type CommandLists = Record<Language, { command: string; description: string }[]>

/** Language codes of the phone (ISO 639-1) and the list they see; all others see the Serbian one. */
const LISTS: readonly (readonly [code: string | undefined, language: Language])[] = [
  [undefined, 'sr'],
  ['bs', 'bs'],
  ['hr', 'bs'],
  ['en', 'en'],
]

/** Fills the command menu. Best effort: without it the bot works as well. */
export async function publishCommands(api: Api, commands: CommandLists, log: Log): Promise<void> {
  try {
    for (const [code, language] of LISTS) {
      await api.setMyCommands(commands[language], code ? { language_code: code as never } : {})
    }
  } catch (error) {
    log.warn(problemOf(error), 'telegram: the command menu was not updated')
  }
}

/** The bot's name without @, as people in groups write it. Undefined when the token is refused or `signal` aborts. */
export async function askUsername(api: Api, log: Log, signal: AbortSignal): Promise<string | undefined> {
  const backoff = createBackoff()
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return (await api.getMe(signal as never)).username
    } catch (error) {
      if (signal.aborted) return undefined
      if (attempt === 0) log.warn(problemOf(error), 'telegram: the name of the bot is not known yet')
      if (error instanceof GrammyError && error.error_code < 429) return undefined
      await backoff.pause(signal, error)
    }
  }
  return undefined
}

const PAUSE_FIRST_MS = 1000
const PAUSE_MAX_MS = 30_000

/** A pause that doubles with every call up to half a minute; Telegram's own wish comes first. */
export function createBackoff(): {
  pause(signal: AbortSignal, error: unknown): Promise<void>
  reset(): void
} {
  let next = PAUSE_FIRST_MS
  return {
    async pause(signal, error) {
      const wished = error instanceof GrammyError ? error.parameters.retry_after : undefined
      const ms = wished === undefined ? next : wished * 1000
      next = Math.min(next * 2, PAUSE_MAX_MS)
      // Aborted means: stop waiting.
      await sleep(ms, undefined, { signal }).catch(() => undefined)
    },
    reset() {
      next = PAUSE_FIRST_MS
    },
  }
}

/** The part of an error that a log may hold: never the request, whose address is the token. */
export function problemOf(error: unknown): { code?: number; description?: string; err?: unknown } {
  if (!(error instanceof GrammyError)) return { err: error }
  return { code: error.error_code, description: error.description }
}
