// Fetches pictures that people sent. The request carries our token, so only the hosts that answers may go to are
// asked. https://learn.microsoft.com/microsoftteams/platform/resources/bot-v3/bots-files
import type { Channel } from '../channel.ts'
import { download } from '../shared/download.ts'

export type FileFetcherOptions = {
  /** Whether answers may go to this origin. */
  isAllowed(origin: string): boolean
  authorization(): Promise<string | undefined>
}

export function createFileFetcher({
  isAllowed,
  authorization,
}: FileFetcherOptions): NonNullable<Channel['fetchFile']> {
  return async (url, maxBytes) => {
    const isOurs = ({ origin }: URL) => isAllowed(origin)
    const parsed = URL.parse(url)
    if (!parsed || !isOurs(parsed)) return { status: 'refused', reason: 'foreign' }
    try {
      const said = await authorization()
      return await download({
        url,
        maxBytes,
        isAllowed: isOurs,
        ...(said && { headers: { authorization: said } }),
      })
    } catch {
      // The token service did not answer.
      return { status: 'not-now' }
    }
  }
}
