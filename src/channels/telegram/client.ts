// grammY's client without automatic repeats: whether to repeat is decided by the outbox alone.
import { Api } from 'grammy'
import { createTransport } from './transport.ts'

export type ClientOptions = {
  token: string
  /** Such as https://api.telegram.org; a slash at the end is ignored. */
  apiRoot: string
}

export type Clients = {
  api: Api
  /** Waits long enough for a request for updates that Telegram holds open. */
  poll: Api
  /** Waits long enough for what Telegram does with a large file. */
  uploads: Api
}

/** A message that isn't answered in this time (s) may have arrived or not. */
const CALL_TIMEOUT_S = 10
/** How long (s) Telegram holds a request for updates open; https://core.telegram.org/bots/api#getupdates */
export const POLL_S = 25
/** After the last byte of a file. */
const UPLOAD_TIMEOUT_S = 60
/** With the largest file over a slow line. */
const UPLOAD_MAX_S = 900
/** grammY's own limit comes later than the transport's, which knows more. */
const SLACK_S = 5

/** Every call is made once. */
export function createClients({ token, apiRoot }: ClientOptions): Clients {
  const client = (seconds: number, timeoutSeconds = seconds + SLACK_S) => {
    const options = { apiRoot: apiRoot.replace(/\/+$/, ''), timeoutSeconds }
    return new Api(token, { ...options, fetch: createTransport(seconds * 1000) as never })
  }
  return {
    api: client(CALL_TIMEOUT_S),
    poll: client(POLL_S + CALL_TIMEOUT_S),
    uploads: client(UPLOAD_TIMEOUT_S, UPLOAD_MAX_S),
  }
}
