// The token that goes with every request to a connector, from the app's id and password (OAuth 2.0 client
// credentials). Microsoft's own client for this has no time limit and talks to https only, which no test
// double speaks; it is used for managed identities alone.
import { z } from 'zod'
import { failed, NotDelivered } from './outcome.ts'

export type TokenOptions = {
  appId: string
  password: string
  /** Such as https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token */
  tokenUrl: string
  /** Such as https://api.botframework.com */
  scope: string
}

export interface TokenSource {
  /** A token that is valid for some minutes at least. Rejects with `NotDelivered`. */
  token(): Promise<string>
  /** The token was refused: the next one is fetched anew. */
  forget(): void
}

const TIMEOUT_MS = 10_000
/** A token is replaced this long before it expires. */
const MARGIN_MS = 5 * 60_000

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().catch(0) })
type Grant = { token: string; until: number }

export function createTokenSource(options: TokenOptions): TokenSource {
  let grant: Grant | undefined
  let asking: Promise<Grant> | undefined

  async function ask(): Promise<Grant> {
    asking ??= requestToken(options).finally(() => {
      asking = undefined
    })
    grant = await asking
    return grant
  }

  return {
    async token() {
      return grant && grant.until > Date.now() ? grant.token : (await ask()).token
    },
    forget() {
      grant = undefined
    },
  }
}

async function requestToken({ appId, password, tokenUrl, scope }: TokenOptions): Promise<Grant> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: password,
    scope: `${scope}/.default`,
  })
  const answer = await post(tokenUrl, body)
  if (!answer) throw new NotDelivered(failed('not-sent', 'the token service was not reached'))
  const { status, granted } = answer
  if (granted)
    return { token: granted.access_token, until: Date.now() + granted.expires_in * 1000 - MARGIN_MS }
  const reason = status === 429 || status >= 500 ? 'not-sent' : 'misconfigured'
  throw new NotDelivered(failed(reason, `the token service answered ${status}`))
}

async function post(url: string, body: URLSearchParams) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const granted = response.ok ? Granted.safeParse(await response.json()).data : undefined
    return { status: response.status, granted }
  } catch {
    return undefined
  }
}
