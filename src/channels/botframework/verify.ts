// Whether a request comes from Microsoft's connector. The signature is checked by Microsoft's package
// against Microsoft's published keys. The package would also let in tokens of the Emulator, of other bots
// and of hosting services: those are not bound to a service URL, and the issuers it takes for the
// Emulator's grow with whatever callers write into unsigned tokens. They are turned away before.
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder'

/** `unknown`: Microsoft's keys could not be read just now. */
export type Verdict = 'genuine' | 'refused' | 'unknown'

export type Claimed = { channelId: string; serviceUrl: string }
type Authentication = Pick<ConfigurationBotFrameworkAuthentication, 'authenticateRequest'>
type Activity = Parameters<Authentication['authenticateRequest']>[0]

const BEARER = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/

/** Whether a header has the form of a token at all, which needs no body to see. */
export function isBearer(header: string | undefined): header is string {
  return header !== undefined && BEARER.test(header)
}

/** Whether the token in `Authorization` is the issuer's, for this bot, and for this service URL. */
export async function verify(
  authentication: Authentication,
  issuer: string,
  { channelId, serviceUrl }: Claimed,
  header: string | undefined,
): Promise<Verdict> {
  if (!isBearer(header) || claimedIssuer(header) !== issuer) return 'refused'
  try {
    await authentication.authenticateRequest({ channelId, serviceUrl } as Activity, header)
    return 'genuine'
  } catch (error) {
    return isOutage(error) ? 'unknown' : 'refused'
  }
}

function claimedIssuer(header: string): unknown {
  try {
    const [, payload = ''] = BEARER.exec(header) ?? []
    return JSON.parse(Buffer.from(payload, 'base64url').toString())?.iss
  } catch {
    return undefined
  }
}

/** The keys are fetched while a token is checked. */
function isOutage(error: unknown): boolean {
  const { name, statusCode } = error as { name?: string; statusCode?: number }
  return name === 'FetchError' || statusCode === 500
}
