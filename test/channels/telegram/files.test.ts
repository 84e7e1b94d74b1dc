// The outgoing contract for stored files, with a real registry: what is uploaded, how often, and what is
// done when that fails.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Channel, SendResult } from '../../../src/channels/channel.ts'
import { createFileIds, forgetLostFiles } from '../../../src/channels/shared/file-ids.ts'
import { createTelegramChannel } from '../../../src/channels/telegram/index.ts'
import type { Block } from '../../../src/core/model/message.ts'
import type { MediaInfo } from '../../../src/platform/media/info.ts'
import { createMedia, type Media } from '../../../src/platform/media/media.ts'
import { type NewFile, writeMedia } from '../../../src/platform/media/rows.ts'
import { testDatabase } from '../../support/database.ts'
import { BROKEN_MEDIA, CLIP_FOLDER, filesInMemory, PIXEL } from '../../support/media.ts'
import { FAKE_TOKEN, startFakeBotApi } from './fake-bot-api.ts'
import type { Params } from './fake-rules.ts'
import { type Harness, type HarnessOptions, startHarness } from './harness.ts'

const CHAT = '7'
const CLIP_BYTES = readFileSync(path.join(CLIP_FOLDER.folder, 'clip.mp4')).length

let database: Awaited<ReturnType<typeof testDatabase>>
let media: Media
beforeAll(async () => {
  database = await testDatabase()
  media = await createMedia({ database, folders: [CLIP_FOLDER] })
})
afterAll(() => database.drop())

let harness: Harness
beforeEach(async () => {
  await database.sql`DELETE FROM channel_file`
})
afterEach(() => harness?.end())

/** A channel as after a start: it remembers nothing but what the database holds. */
async function start(options: HarnessOptions = {}): Promise<Harness> {
  harness = await startHarness({ media, fileIds: createFileIds(database.sql, 'telegram'), ...options })
  return harness
}

/** Another instance, or the same one after a restart; on another Telegram if one is named. */
function anotherChannel({ url, token }: { url: string; token: string } = harness.fake): Channel {
  return createTelegramChannel({
    token,
    mode: 'polling',
    apiRoot: url,
    commands: { sr: [], bs: [], en: [] },
    media,
    fileIds: createFileIds(database.sql, 'telegram'),
    lead: () => ({ stop: async () => undefined }),
    log: harness.log,
  })
}

const CLIP: Extract<Block, { kind: 'video' }> = {
  kind: 'video',
  text: 'Snimak o gradu',
  mediaId: 'clip',
  url: 'http://localhost:3000/media/clip/clip.mp4',
  posterUrl: '',
  seconds: 6,
  bytes: 26609,
  captionsUrl: '',
  title: 'Šta odlučuje grad',
}
const picture = (mediaId: string, url = 'http://localhost:3000/g.png'): Block => ({
  kind: 'image',
  text: 'Grafikon',
  mediaId,
  url,
  alt: 'Stubići',
})
const file = (mediaId: string, name: string, url = `http://localhost:3000/${name}`): Block => ({
  kind: 'file',
  text: name,
  mediaId,
  url,
  name,
  bytes: 3,
})

let count = 0
const send = (block: Block, channel = harness.channel, chat = CHAT): Promise<SendResult> =>
  channel.send({ externalId: chat }, { id: String(++count), blocks: [block], buttons: [] })
const arrived = (chat = CHAT): Params[] =>
  harness.fake.sent(chat).map(({ message_id: _id, chat_id: _chat, ...rest }) => rest)
/** Bytes of the requests that sent something, oldest first. */
const traffic = () =>
  harness.fake.calls.filter(({ method }) => /^send/.test(method)).map(({ bytes }) => bytes)
const uploads = () => harness.fake.calls.filter(({ params }) => typeof params.video === 'object').length

async function keep(more: Partial<NewFile> = {}): Promise<MediaInfo> {
  return writeMedia(database.sql, {
    name: 'g.png',
    mime: 'image/png',
    bytes: PIXEL,
    now: new Date(),
    ...more,
  })
}

describe('a stored file', () => {
  test('is uploaded the first time, with all that is known of it', async () => {
    await start()
    expect(await send(CLIP)).toEqual({ status: 'sent', externalIds: ['1'] })
    expect(arrived()).toEqual([
      {
        method: 'sendVideo',
        video: { upload: 'clip.mp4', bytes: CLIP_BYTES },
        thumbnail: { upload: 'clip.jpg', bytes: 4167 },
        duration: 6,
        width: 144,
        height: 256,
        supports_streaming: true,
        caption: 'Šta odlučuje grad',
        caption_entities: [{ type: 'bold', offset: 0, length: 17 }],
      },
    ])
    expect(traffic()[0]).toBeGreaterThan(CLIP_BYTES + 4167)
  })

  test('is sent by its id from then on', async () => {
    await start()
    await send(CLIP)
    await send(CLIP, harness.channel, '8')
    expect(arrived('8')).toMatchObject([{ method: 'sendVideo', video: 'file-1' }])
    expect(arrived('8')[0]).not.toHaveProperty('thumbnail')
    expect(traffic()[1]).toBeLessThan(500)
  })

  test('is sent by its id after a restart', async () => {
    await start()
    await send(CLIP)
    await send(CLIP, anotherChannel())
    expect(traffic()[1]).toBeLessThan(500)
    expect(uploads()).toBe(1)
  })

  test('is sent by its id with a new token of the same bot, and uploaded by another bot', async () => {
    await start()
    await send(CLIP)
    const [botId] = FAKE_TOKEN.split(':')
    const renewed = await startFakeBotApi({ token: `${botId}:AAnewnewnewnewnewnewnewnewnewnewnew` })
    const other = await startFakeBotApi({ token: '987654321:AAHotherotherotherotherotherotherother' })
    for (const fake of [renewed, other]) await send(CLIP, anotherChannel(fake))
    expect(renewed.callsOf('sendVideo')[0]).toMatchObject({ video: 'file-1' })
    expect(other.callsOf('sendVideo')).toMatchObject([{ video: { upload: 'clip.mp4' } }])
    await renewed.stop()
    await other.stop()
  })

  test('whose id Telegram refuses is uploaded again in its place', async () => {
    await start()
    await send(CLIP)
    harness.fake.forgetFiles()
    await send(CLIP)
    await send(CLIP)
    expect(arrived().map(({ video }) => typeof video)).toEqual(['object', 'object', 'string'])
    expect(harness.fake.callsOf('sendVideo')).toHaveLength(4)
    await send(CLIP, anotherChannel())
    expect(uploads()).toBe(2)
  })

  test('is not uploaded again for a refusal that is about something else', async () => {
    await start()
    await send(CLIP)
    harness.fake.script('sendVideo', { status: 400, description: 'Bad Request: not enough rights' })
    await send(CLIP)
    await send(CLIP)
    expect(arrived().map(({ method }) => method)).toEqual(['sendVideo', 'sendMessage', 'sendVideo'])
    expect(uploads()).toBe(1)
  })

  test('is uploaded once when many are sent it at the same time', async () => {
    await start()
    const chats = Array.from({ length: 30 }, (_, index) => String(100 + index))
    const results = await Promise.all(chats.map(chat => send(CLIP, harness.channel, chat)))
    expect(results.every(({ status }) => status === 'sent')).toBe(true)
    expect(uploads()).toBe(1)
    expect(chats.every(chat => arrived(chat).length === 1)).toBe(true)
  })

  test('is uploaded at most once by each of two instances', async () => {
    await start()
    const channels = [harness.channel, anotherChannel()]
    const chats = Array.from({ length: 20 }, (_, index) => String(100 + index))
    await Promise.all(chats.map((chat, index) => send(CLIP, channels[index % 2], chat)))
    expect(uploads()).toBeLessThanOrEqual(2)
    expect(chats.every(chat => arrived(chat).length === 1)).toBe(true)
    expect(await database.sql`SELECT 1 FROM channel_file`).toHaveLength(1)
  })

  test('is tried by everybody who waited when its first upload failed', async () => {
    await start()
    harness.fake.script('sendVideo', 'lost-before')
    const results = await Promise.all(['101', '102', '103'].map(chat => send(CLIP, harness.channel, chat)))
    expect(results.map(({ status }) => status).sort()).toEqual(['sent', 'sent', 'uncertain'])
  })

  test('that is sent as a picture and as a document is uploaded for each', async () => {
    await start()
    const { id } = await keep()
    await send(picture(id))
    await send(file(id, 'g.png'))
    await send(picture(id))
    await send(file(id, 'g.png'))
    expect(arrived().map(({ photo, document }) => photo ?? document)).toEqual([
      { upload: 'g.png', bytes: PIXEL.length },
      { upload: 'g.png', bytes: PIXEL.length },
      'file-1',
      'file-2',
    ])
  })

  test('that changed under its name is uploaded again', async () => {
    await start()
    await send(CLIP)
    const changed = filesInMemory({
      clip: { id: 'clip-other', content: Buffer.from('other'), name: 'clip.mp4' },
    })
    const instance = await startHarness({ media: changed, fileIds: createFileIds(database.sql, 'telegram') })
    await send(CLIP, instance.channel)
    expect(instance.fake.callsOf('sendVideo')).toMatchObject([{ video: { upload: 'clip.mp4', bytes: 5 } }])
    await instance.end()
  })

  test('of a person is uploaded each time, and nothing of it is kept', async () => {
    await start()
    const [person] = await database.sql<{ id: string }>`INSERT INTO person DEFAULT VALUES RETURNING id`
    const { id } = await keep({ personId: person?.id ?? '' })
    await send(picture(id))
    await send(picture(id))
    expect(arrived().map(({ photo }) => typeof photo)).toEqual(['object', 'object'])
    expect(await database.sql`SELECT 1 FROM channel_file`).toHaveLength(0)
  })

  test('that the link of a message would lead to is uploaded rather than loaded by Telegram', async () => {
    await start()
    const { id } = await keep()
    await send(picture(id, 'https://grad.example/g.png'))
    expect(arrived()).toMatchObject([{ photo: { upload: 'g.png' } }])
  })

  test('of a type that Telegram loads from no link is uploaded', async () => {
    await start({ media: filesInMemory({ m4: { content: PIXEL, name: 'podaci.json' } }) })
    await send(file('m4', 'podaci.json', 'https://grad.example/podaci.json'))
    expect(arrived()).toEqual([
      { method: 'sendDocument', document: { upload: 'podaci.json', bytes: PIXEL.length } },
    ])
  })
})

describe('what can’t be uploaded', () => {
  const said = () => arrived().map(({ text }) => text)

  test('because it is gone is told in words', async () => {
    await start()
    await send(picture('none'))
    expect(said()).toEqual(['Grafikon\nhttp://localhost:3000/g.png'])
  })

  test('because it has expired is told in words', async () => {
    await start()
    const { id } = await keep({ expiresAt: new Date(Date.now() - 1000) })
    await send(picture(id))
    expect(said()).toEqual(['Grafikon\nhttp://localhost:3000/g.png'])
  })

  test('because it is gone is loaded from its link if there is one', async () => {
    await start()
    await send(picture('none', 'https://grad.example/g.png'))
    expect(arrived()).toMatchObject([{ method: 'sendPhoto', photo: 'https://grad.example/g.png' }])
  })

  test.each<[why: string, block: Block, known: Partial<MediaInfo>]>([
    ['a picture of more than 10 MB', picture('m'), { bytes: 10 * 1024 * 1024 + 1 }],
    ['a picture of more than 10,000 points along its sides', picture('m'), { width: 9000, height: 1001 }],
    ['a video of more than 50 MB', { ...CLIP, mediaId: 'm' }, { bytes: 50 * 1024 * 1024 + 1 }],
    ['a document of more than 50 MB', file('m', 'z.csv'), { bytes: 50 * 1024 * 1024 + 1 }],
  ])('%s is told in words, without a try', async (_why, block, known) => {
    await start({ media: filesInMemory({ m: { content: PIXEL, ...known } }) })
    expect(await send(block)).toMatchObject({ status: 'sent' })
    expect(harness.fake.calls.map(({ method }) => method)).toEqual(['sendMessage'])
    expect(said()[0]).toContain(block.text)
  })

  test('a video of more than 20 MB is not loaded by its link', async () => {
    await start()
    const url = 'https://grad.example/k.mp4'
    await send({ ...CLIP, mediaId: 'none', url, bytes: 20 * 1024 * 1024 + 1 })
    expect(said()).toEqual([`Snimak o gradu\n${url}`])
  })

  test('because Telegram takes no such file is told in words', async () => {
    await start()
    const { id } = await keep()
    harness.fake.script('sendPhoto', { status: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' })
    await send(picture(id))
    expect(said()).toEqual(['Grafikon\nhttp://localhost:3000/g.png'])
  })

  test('because the store does not answer is sent later', async () => {
    await start({ media: BROKEN_MEDIA })
    expect(await send(CLIP)).toMatchObject({ status: 'failed', reason: 'not-sent' })
    expect(harness.fake.calls).toEqual([])
  })

  test('because the file breaks off under way is sent later, whatever the connection says', async () => {
    const broken: Media = {
      ...media,
      async *read(info) {
        yield Buffer.alloc(1000)
        throw new Error(`tajna poruka ${info.id}`)
      },
    }
    await start({ media: broken })
    expect(await send(CLIP)).toMatchObject({ status: 'failed', reason: 'not-sent' })
    expect(arrived()).toEqual([])
  })

  test.each<[why: string, still: Partial<MediaInfo>]>([
    ['no JPEG', { mime: 'image/png' }],
    ['too large', { bytes: 200_001 }],
    ['too wide', { width: 321 }],
    ['of unknown size', { width: undefined, height: undefined }],
  ])('a still that is %s is left out', async (_why, still) => {
    const jpeg = { content: PIXEL, mime: 'image/jpeg', width: 320, height: 180, ...still }
    await start({ media: filesInMemory({ clip: { content: PIXEL, thumbnailId: 's' }, s: jpeg }) })
    await send(CLIP)
    expect(arrived()[0]).not.toHaveProperty('thumbnail')
    expect(arrived()[0]).toMatchObject({ video: { bytes: PIXEL.length } })
  })
})

test('ids of files that no longer exist go', async () => {
  await start()
  const [stays, goes] = [await keep(), await keep()]
  for (const block of [CLIP, picture(stays.id), picture(goes.id)]) await send(block)
  await database.sql`DELETE FROM media WHERE id = ${goes.id}`
  await forgetLostFiles(database.sql, media.listedIds)
  const left = await database.sql<{ id: string }>`SELECT media_id AS id FROM channel_file`
  expect(left.map(({ id }) => id).sort()).toEqual([media.listedIds[0], stays.id].sort())
  await forgetLostFiles(database.sql, [])
  expect(await database.sql`SELECT 1 FROM channel_file`).toHaveLength(1)
})
