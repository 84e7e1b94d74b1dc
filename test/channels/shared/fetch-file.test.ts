// Fetching what people sent: only from the platform's own hosts, never more than agreed.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFileFetcher as createMicrosoftFetcher } from '../../../src/channels/botframework/fetch-file.ts'
import { isServiceUrlAllowed, MICROSOFT_SERVICE_URLS } from '../../../src/channels/botframework/index.ts'
import { download } from '../../../src/channels/shared/download.ts'
import { createFileFetcher as createViberFetcher } from '../../../src/channels/viber/fetch-file.ts'
import { startHarness as startTelegram } from '../telegram/harness.ts'

const FILE = Buffer.alloc(1000, 7)
let server: Server
let url: string
let asked: { path: string; authorization?: string }[]
beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization })
    const [, what = '', where = ''] = /^\/(\w+)(?:\?to=(.*))?$/.exec(request.url ?? '') ?? []
    if (what === 'file') response.end(FILE)
    else if (what === 'stream') {
      response.write(FILE)
      response.end(FILE)
    } else if (what === 'loop') response.writeHead(302, { location: '/loop' }).end()
    else if (what === 'moved') response.writeHead(302, { location: decodeURIComponent(where) }).end()
    else response.writeHead(what === 'busy' ? 503 : 404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const own = ({ origin }: URL) => origin === url
const get = (path: string, maxBytes = 5000) => download({ url: url + path, isAllowed: own, maxBytes })

describe('a download', () => {
  test('is the file as it is', async () => {
    expect(await get('/file')).toEqual({ status: 'fetched', bytes: FILE })
    expect(await get('/moved?to=%2Ffile')).toEqual({ status: 'fetched', bytes: FILE })
  })

  test('is never more than agreed, whether or not its size is told', async () => {
    expect(await get('/file', 999)).toEqual({ status: 'refused', reason: 'too-large' })
    expect(await get('/stream', 1500)).toEqual({ status: 'refused', reason: 'too-large' })
  })

  test.each([
    ['http://169.254.169.254/latest/meta-data'],
    ['file:///etc/passwd'],
    ['http://user:secret@127.0.0.1/file'],
    ['not an address'],
  ])('is refused where the platform has no files: %s', async address => {
    expect(await download({ url: address, isAllowed: own, maxBytes: 10 })).toEqual({
      status: 'refused',
      reason: 'foreign',
    })
    expect(await get(`/moved?to=${encodeURIComponent(address)}`)).toMatchObject({
      status: expect.stringMatching(/refused|not-now/),
    })
    expect(asked.every(({ path }) => !path.includes('file?'))).toBe(true)
  })

  test('ends after a few redirects, and tells what is gone from what is busy', async () => {
    expect(await get('/loop')).toEqual({ status: 'refused', reason: 'gone' })
    expect(await get('/nothing')).toEqual({ status: 'refused', reason: 'gone' })
    expect(await get('/busy')).toEqual({ status: 'not-now' })
    expect(await download({ url: 'http://127.0.0.1:1/x', isAllowed: () => true, maxBytes: 1 })).toEqual({
      status: 'not-now',
    })
  })

  test('takes a secret to its first host alone', async () => {
    const other = createServer((request, response) => {
      asked.push({ path: 'other', authorization: request.headers.authorization })
      response.end(FILE)
    })
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/file`
    const headers = { authorization: 'Bearer tajna' }
    const address = `${url}/moved?to=${encodeURIComponent(elsewhere)}`
    expect(await download({ url: address, isAllowed: () => true, maxBytes: 5000, headers })).toMatchObject({
      status: 'fetched',
    })
    expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer tajna', undefined])
    await new Promise(resolve => other.close(resolve))
  })
})

describe('Viber', () => {
  test.each([
    'http://dl-media.viber.com/1.jpg',
    'https://viber.com.evil.example/1.jpg',
    'https://evilviber.com/1.jpg',
    'https://dl-media.viber.com:8443/1.jpg',
    'https://10.0.0.1/1.jpg',
    'http://localhost/1.jpg',
  ])('is asked on its own hosts over https only, not at %s', async address => {
    const fetchFile = createViberFetcher('https://chatapi.viber.com/pa')
    expect(await fetchFile(address, 5000)).toEqual({ status: 'refused', reason: 'foreign' })
  })

  test('has another host where the operator names one', async () => {
    expect(await createViberFetcher(`${url}/pa`)(`${url}/file`, 5000)).toMatchObject({ status: 'fetched' })
  })
})

describe('Microsoft', () => {
  const fetcher = (isAllowed: (origin: string) => boolean) =>
    createMicrosoftFetcher({ isAllowed, authorization: async () => 'Bearer tajna' })

  test('is asked with our token', async () => {
    expect(await fetcher(origin => origin === url)(`${url}/file`, 5000)).toMatchObject({ status: 'fetched' })
    expect(asked).toEqual([{ path: '/file', authorization: 'Bearer tajna' }])
  })

  test.each([
    'https://evil.example/1',
    'https://botframework.com.evil.example/1',
    'data:image/png;base64,AA==',
  ])('alone hears our token, not %s', async address => {
    const allowed = (origin: string) =>
      isServiceUrlAllowed(origin, { allowList: MICROSOFT_SERVICE_URLS, loopback: false })
    expect(await fetcher(allowed)(address, 5000)).toEqual({ status: 'refused', reason: 'foreign' })
  })
})

describe('Telegram', () => {
  test('tells where the file is, for the bot’s token, which no log holds', async () => {
    const telegram = await startTelegram()
    telegram.fake.store('photo-1', FILE)
    expect(await telegram.channel.fetchFile?.('photo-1', 5000)).toEqual({ status: 'fetched', bytes: FILE })
    expect(await telegram.channel.fetchFile?.('photo-1', 999)).toEqual({
      status: 'refused',
      reason: 'too-large',
    })
    expect(await telegram.channel.fetchFile?.('photo-2', 999)).toEqual({ status: 'refused', reason: 'gone' })
    telegram.fake.store('evil', FILE, '../../etc/passwd')
    expect(await telegram.channel.fetchFile?.('evil', 5000)).toEqual({ status: 'refused', reason: 'gone' })
    telegram.fake.script('getFile', 'lost-before')
    expect(await telegram.channel.fetchFile?.('photo-1', 5000)).toEqual({ status: 'not-now' })
    await telegram.end()
  })
})
