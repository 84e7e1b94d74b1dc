// Carries the connector client's requests. The client would repeat a request up to three times on its own
// and follow wherever it is redirected; here one send is one request, to where it was meant to go.
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { lost, NotDelivered, refusal } from './outcome.ts'

type ConnectorClientOptions = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]
>
type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>
type Request = Parameters<HttpClient['sendRequest']>[0]
type Response = Awaited<ReturnType<HttpClient['sendRequest']>>

/** A request that isn't answered in this time (ms) may have been carried out or not. */
const TIMEOUT_MS = 15_000

/** Resolves for successes only; everything else is thrown as `NotDelivered`, which nobody repeats. */
export const singleAttempts: HttpClient = {
  async sendRequest(request) {
    const { status, headers, body } = await perform(request)
    if (status < 200 || status >= 300) {
      throw new NotDelivered(refusal(status, headers.get('retry-after'), body))
    }
    return { request, status, headers: noHeaders(request), bodyAsText: body } satisfies Partial<Response>
  },
}

async function perform({ url, method, headers, body }: Request) {
  try {
    const response = await fetch(url, {
      method,
      headers: headers.rawHeaders(),
      body: typeof body === 'string' ? body : undefined,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: response.status, headers: response.headers, body: await response.text() }
  } catch (error) {
    throw new NotDelivered(lost(error))
  }
}

/** The client needs none of the answer's headers; without them it reads the body as JSON. */
function noHeaders({ headers }: Request): Response['headers'] {
  const none = headers.clone()
  for (const name of none.headerNames()) none.remove(name)
  return none
}
