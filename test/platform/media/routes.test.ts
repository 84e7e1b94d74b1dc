// Files as browsers and platforms ask for them.
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttpServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/log.ts'
import { type MediaInfo, urlOf } from '../../../src/platform/media/info.ts'
import { createMedia, type Media } from '../../../src/platform/media/media.ts'
import { rangeOf } from '../../../src/platform/media/range.ts'
import { addMediaRoutes } from '../../../src/platform/media/routes.ts'
import { type NewFile, ROW_BYTES_MAX, writeMedia } from '../../../src/platform/media/rows.ts'
import { testDatabase } from '../../support/database.ts'
import { BROKEN_MEDIA, CLIP_FOLDER } from '../../support/media.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let media: Media
let app: FastifyInstance
let url: string
const logged: string[] = []
beforeAll(async () => {
  database = await testDatabase()
  media = await createMedia({ database, folders: [CLIP_FOLDER] })
  const log = createLog('debug', { write: line => logged.push(line) })
  const health = async () => ({ ready: true, checks: {} })
  app = await createHttpServer({ log, trustProxy: false, health })
  addMediaRoutes(app, media)
  await app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const store = (more: Partial<NewFile> = {}): Promise<MediaInfo> =>
  writeMedia(database.sql, {
    name: 'a.txt',
    mime: 'text/plain',
    bytes: Buffer.from('0123456789'),
    now: new Date(),
    ...more,
  })
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(url + path, { method, headers, redirect: 'manual' })
const getFile = async (more: Partial<NewFile>, headers: Record<string, string> = {}) =>
  get(urlOf(await store(more)), headers)
const header = (response: Response, name: string) => response.headers.get(name)
const clip = async (id = 'clip') => (await media.find(id)) as MediaInfo

describe('a file', () => {
  test('is given to whoever has the address, as what it is', async () => {
    const response = await getFile({ name: 'moji podaci – š.json', mime: 'application/json' })
    expect(await response.text()).toBe('0123456789')
    expect(header(response, 'content-type')).toMatch('application/json')
    expect(header(response, 'content-length')).toBe('10')
    expect(header(response, 'content-disposition')).toBe(
      `attachment; filename="moji podaci _ _.json"; filename*=UTF-8''moji%20podaci%20%E2%80%93%20%C5%A1.json`,
    )
    expect(header(response, 'x-content-type-options')).toBe('nosniff')
  })

  test.each([
    ['image/png', 'inline', 'image/png'],
    ['video/mp4', 'inline', 'video/mp4'],
    ['text/vtt', 'inline', 'text/vtt; charset=utf-8'],
    ['text/csv', 'attachment', 'text/csv; charset=utf-8'],
    ['text/plain; charset=utf-8', 'attachment', 'text/plain; charset=utf-8'],
    ['application/pdf', 'attachment', 'application/pdf'],
    ['text/html', 'attachment', 'text/html; charset=utf-8'],
    ['image/svg+xml', 'attachment', 'image/svg+xml'],
  ])('%s is %s', async (mime, how, type) => {
    const response = await getFile({ mime })
    expect(header(response, 'content-disposition')).toMatch(new RegExp(`^${how};`))
    expect(header(response, 'content-type')).toBe(type)
    expect(header(response, 'content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
  })

  test('is gone when it has expired or never was', async () => {
    expect((await getFile({ expiresAt: new Date(Date.now() - 1000) })).status).toBe(404)
    expect((await get('/media/none/a.json')).status).toBe(404)
    expect((await get('/media/clip-0123/clip.mp4')).status).toBe(404)
  })

  test('that can’t be read is an error that nobody keeps', async () => {
    const broken = await createHttpServer({
      log: createLog('silent'),
      trustProxy: false,
      health: async () => ({ ready: true, checks: {} }),
    })
    addMediaRoutes(broken, { find: media.find, read: BROKEN_MEDIA.read })
    const response = await broken.inject(urlOf(await clip()))
    expect(response.statusCode).toBe(500)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.headers['content-length']).toBe(String(Buffer.byteLength(response.body)))
    await broken.close()
  })

  test('of no bytes is whole', async () => {
    const response = await getFile({ bytes: Buffer.alloc(0) })
    expect([response.status, header(response, 'content-length'), await response.text()]).toEqual([
      200,
      '0',
      '',
    ])
  })

  test('is described without its bytes', async () => {
    const response = await get(urlOf(await clip()), {}, 'HEAD')
    expect(response.status).toBe(200)
    expect(header(response, 'content-length')).toBe(String((await clip()).bytes))
    expect(header(response, 'content-type')).toBe('video/mp4')
    expect(header(response, 'accept-ranges')).toBe('bytes')
    expect(await response.text()).toBe('')
  })

  test('has the hash as its tag, and is not sent to whoever has it', async () => {
    const info = await clip()
    const etag = `"${info.sha256}"`
    expect(header(await get(urlOf(info)), 'etag')).toBe(etag)
    for (const known of [etag, `"x", W/${etag}`, '*']) {
      const response = await get(urlOf(info), { 'if-none-match': known })
      expect(response.status).toBe(304)
      expect(header(response, 'cache-control')).toContain('immutable')
      expect(await response.text()).toBe('')
    }
    expect((await get(urlOf(info), { 'if-none-match': '"x"' })).status).toBe(200)
  })
})

describe('caches', () => {
  const caching = async (more: Partial<NewFile>) => header(await getFile(more), 'cache-control')

  test('keep a file of the content and a picture for everybody for ever', async () => {
    expect(header(await get(urlOf(await clip())), 'cache-control')).toBe(
      'public, max-age=31536000, immutable',
    )
    expect(await caching({})).toBe('public, max-age=31536000, immutable')
  })

  test('keep a person’s file, and one for a while, only for a moment and in their own browser', async () => {
    const [person] = await database.sql<{ id: string }>`INSERT INTO person DEFAULT VALUES RETURNING id`
    expect(await caching({ personId: person?.id })).toBe('private, max-age=60')
    expect(await caching({ expiresAt: new Date(Date.now() + 3_600_000) })).toBe('private, max-age=60')
    expect(await caching({ expiresAt: new Date(Date.now() + 9500) })).toMatch(/^private, max-age=[89]$/)
  })

  test('don’t keep that an older version leads to today’s', async () => {
    for (const id of ['clip', 'clip-0123456789ab']) {
      const response = await get(`/media/${id}/clip.mp4`)
      expect(response.status).toBe(302)
      expect(header(response, 'location')).toBe(urlOf(await clip()))
      expect(header(response, 'cache-control')).toBe('no-cache')
    }
  })
})

describe('a part', () => {
  test.each(['of a row', 'of a file of the content'])('%s is sent when it is asked for', async where => {
    const info = where === 'of a row' ? await store() : await clip('captions')
    const whole = await (await get(urlOf(info))).text()
    const response = await get(urlOf(info), { range: 'bytes=2-4' })
    expect(response.status).toBe(206)
    expect(header(response, 'content-range')).toBe(`bytes 2-4/${info.bytes}`)
    expect(header(response, 'content-length')).toBe('3')
    expect(await response.text()).toBe(whole.slice(2, 5))
    const end = await get(urlOf(info), { range: 'bytes=-4' })
    expect(await end.text()).toBe(whole.slice(-4))
  })

  test('that doesn’t exist is refused with the size', async () => {
    const response = await getFile({}, { range: 'bytes=10-' })
    expect(response.status).toBe(416)
    expect(header(response, 'content-range')).toBe('bytes */10')
    expect(header(response, 'cache-control')).toBe('no-store')
    expect(header(response, 'content-length')).toBe('0')
  })

  test('is the whole for whoever holds a part of something else', async () => {
    const info = await store()
    const part = async (ifRange: string) =>
      (await get(urlOf(info), { range: 'bytes=2-4', 'if-range': ifRange })).status
    expect(await part(`"${info.sha256}"`)).toBe(206)
    expect(await part(`W/"${info.sha256}"`)).toBe(200)
    expect(await part('"another"')).toBe(200)
    expect(await part('Wed, 25 Nov 2026 10:00:00 GMT')).toBe(200)
  })

  test('is described without its bytes', async () => {
    const response = await get(urlOf(await store()), { range: 'bytes=2-4' }, 'HEAD')
    expect([response.status, header(response, 'content-length')]).toEqual([206, '3'])
  })

  test.each([
    [undefined, undefined],
    ['bytes=0-', { from: 0, to: 9 }],
    ['bytes=5-100', { from: 5, to: 9 }],
    ['bytes=-3', { from: 7, to: 9 }],
    ['bytes=-30', { from: 0, to: 9 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=5-4', 'unsatisfiable'],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['lines=0-1', undefined],
  ])('%s', (range, expected) => {
    expect(rangeOf(range, 10)).toEqual(expected)
  })
})

describe('a large file', () => {
  const bytes = Buffer.alloc(ROW_BYTES_MAX, 'abcdefg')

  test('arrives whole, to twenty at a time', async () => {
    const path = urlOf(await store({ bytes }))
    const ranges = Array.from(
      { length: 20 },
      (_, index) => `bytes=${index * 400_000}-${index * 400_000 + 999_999}`,
    )
    const parts = await Promise.all(
      ranges.map(async range => Buffer.from(await (await get(path, { range })).arrayBuffer())),
    )
    for (const [index, part] of parts.entries()) {
      expect(part.equals(bytes.subarray(index * 400_000, index * 400_000 + 1_000_000))).toBe(true)
    }
    expect(Buffer.from(await (await get(path)).arrayBuffer()).equals(bytes)).toBe(true)
  })

  test('that goes under way breaks off, and nobody takes it for whole', async () => {
    const info = await store({ bytes })
    const request = http.get(url + urlOf(info))
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    await database.sql`DELETE FROM media WHERE id = ${info.id}`
    const received = async () => {
      for await (const _piece of response);
    }
    await expect(received()).rejects.toThrow('aborted')
    expect(logged.join('')).not.toContain(info.id)
  })
})
