// grammY's client without automatic repeats: whether to repeat is decided by the outbox alone.
import { Api } from 'grammy'
import { createTransport } from './transport.ts'

export type ClientOptions = {
  token: string
  /** Such as https://api.telegram.org; a slash at the end is ignored. */
  apiRoot: string
}

/** A message that isn't answered in this time (s) may have arrived or not. */
const CALL_TIMEOUT_S = 10
/** How long (s) Telegram holds a request for updates open; https://core.telegram.org/bots/api#getupdates */
export const POLL_S = 25
/** grammY's own limit comes later than the transport's, which knows more. */
const SLACK_S = 5

/** Every call is made once; `poll` waits long enough for a held request, `api` gives up sooner. */
export function createClient({ token, apiRoot }: ClientOptions): { api: Api; poll: Api } {
  const client = (seconds: number) => {
    const options = { apiRoot: apiRoot.replace(/\/+$/, ''), timeoutSeconds: seconds + SLACK_S }
    return new Api(token, { ...options, fetch: createTransport(seconds * 1000) as never })
  }
  return { api: client(CALL_TIMEOUT_S), poll: client(POLL_S + CALL_TIMEOUT_S) }
}
