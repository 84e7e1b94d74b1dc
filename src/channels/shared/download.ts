// Fetches a file that somebody sent, from the platform that holds it. Where it is comes from outside, so every
// address is judged before it is asked, redirects included, and no more is read than was agreed.
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FetchedFile } from '../channel.ts'

export type Download = {
  url: string
  /** Whether this address is one of the platform's own. */
  isAllowed(url: URL): boolean
  maxBytes: number
  /** For the first host alone. */
  headers?: Record<string, string>
}

const TIMEOUT_MS = 20_000
const REDIRECTS_MAX = 3

/** The file, or why there is none. Never rejects. */
export async function download(options: Download): Promise<FetchedFile> {
  try {
    return await follow(options, options.url, AbortSignal.timeout(TIMEOUT_MS))
  } catch {
    return { status: 'not-now' }
  }
}

async function follow(
  options: Download,
  address: string,
  signal: AbortSignal,
  redirects = 0,
): Promise<FetchedFile> {
  const url = URL.parse(address)
  if (!url || url.username || url.password || !options.isAllowed(url))
    return { status: 'refused', reason: 'foreign' }
  const own = url.origin === URL.parse(options.url)?.origin
  const headers = own ? options.headers : undefined
  const response = await fetch(url, { redirect: 'manual', signal, ...(headers && { headers }) })
  const { status } = response
  const location = response.headers.get('location')
  if (status >= 300 && status < 400 && location) {
    await response.body?.cancel()
    if (redirects >= REDIRECTS_MAX) return { status: 'refused', reason: 'gone' }
    return follow(options, new URL(location, url).href, signal, redirects + 1)
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    const isOver = status >= 400 && status < 500 && status !== 408 && status !== 429
    return isOver ? { status: 'refused', reason: 'gone' } : { status: 'not-now' }
  }
  return readAtMost(response, options.maxBytes)
}

async function readAtMost(response: Response, maxBytes: number): Promise<FetchedFile> {
  const tooLarge = { status: 'refused', reason: 'too-large' } as const
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel()
    return tooLarge
  }
  const chunks: Buffer[] = []
  let bytes = 0
  const stream = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
  for await (const chunk of stream) {
    bytes += (chunk as Buffer).length
    if (bytes > maxBytes) {
      stream.destroy()
      await finished(stream).catch(() => undefined)
      return tooLarge
    }
    chunks.push(chunk as Buffer)
  }
  return { status: 'fetched', bytes: Buffer.concat(chunks) }
}
