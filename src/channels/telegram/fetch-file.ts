// Fetches pictures that people sent: Telegram tells where a file is for about an hour.
// https://core.telegram.org/bots/api#getfile
import { type Api, GrammyError } from 'grammy'
import type { Channel } from '../channel.ts'
import { download } from '../shared/download.ts'
import type { ClientOptions } from './client.ts'

/** A path that stays below the bot's own files. */
const FILE_PATH = /^(?!.*\.\.)[\w./-]{1,300}$/

export function createFileFetcher(
  { token, apiRoot }: ClientOptions,
  api: Pick<Api, 'getFile'>,
): NonNullable<Channel['fetchFile']> {
  const root = new URL(apiRoot)
  return async (ref, maxBytes) => {
    try {
      const { file_path: path = '', file_size: bytes = 0 } = await api.getFile(ref)
      if (bytes > maxBytes) return { status: 'refused', reason: 'too-large' }
      if (!FILE_PATH.test(path)) return { status: 'refused', reason: 'gone' }
      const url = `${apiRoot.replace(/\/+$/, '')}/file/bot${token}/${path}`
      return await download({ url, maxBytes, isAllowed: ({ origin }) => origin === root.origin })
    } catch (error) {
      const isRefused = error instanceof GrammyError && error.error_code === 400
      return isRefused ? { status: 'refused', reason: 'gone' } : { status: 'not-now' }
    }
  }
}
