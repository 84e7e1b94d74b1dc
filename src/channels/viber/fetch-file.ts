// Fetches pictures that people sent. Their addresses come with the message, which anybody's app may have made:
// only Viber's own hosts are asked, or those of the interface that the operator named instead of Viber's.
// https://creators.viber.com/docs/bots-api/resources/messages
import type { Channel } from '../channel.ts'
import { download } from '../shared/download.ts'

/** `apiRoot`: where messages go to. */
export function createFileFetcher(apiRoot: string): NonNullable<Channel['fetchFile']> {
  const own = new URL(apiRoot).origin
  const isAllowed = ({ origin, protocol, hostname, port }: URL) =>
    origin === own || (protocol === 'https:' && port === '' && hostname.endsWith('.viber.com'))
  return (url, maxBytes) => download({ url, maxBytes, isAllowed })
}
