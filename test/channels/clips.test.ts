// A clip of the content as each channel sends it: what the platform is asked for, the first and the second time.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Sendable } from '../../src/channels/channel.ts'
import { createFileIds } from '../../src/channels/shared/file-ids.ts'
import { clipFolder } from '../../src/content/clips.ts'
import { loadContent } from '../../src/content/load.ts'
import type { Clip, Content } from '../../src/core/model/content.ts'
import { watchMessage } from '../../src/features/clips/messages.ts'
import { createMedia, type Media } from '../../src/platform/media/media.ts'
import { CONTENT_DIR, PUBLIC_URL } from '../support/bot.ts'
import { testDatabase } from '../support/database.ts'
import { CONVERSATION, startHarness as startBotFramework } from './botframework/harness.ts'
import { startHarness as startTelegram } from './telegram/harness.ts'
import { startHarness as startViber, USER } from './viber/harness.ts'

let content: Content
let database: Awaited<ReturnType<typeof testDatabase>>
let media: Media
let clip: Clip
beforeAll(async () => {
  content = (await loadContent(CONTENT_DIR)).content
  database = await testDatabase()
  const { clips } = content
  media = await createMedia({ database, folders: [clipFolder(CONTENT_DIR, clips)] })
  clip = clips.find(({ editions }) => editions['sr-Latn']) as Clip
})
afterAll(() => database.drop())

let end: (() => Promise<void>) | undefined
afterEach(() => end?.())

const video = () => clip.editions['sr-Cyrl']?.video
const reader = { language: 'sr', script: 'cyrl' } as const
const message = (id: string, publicUrl = PUBLIC_URL): Sendable => ({
  ...watchMessage(clip, reader, {
    content,
    sentences: () => key => key,
    publicUrl,
    now: Date.now(),
    own: {},
  }),
  id,
})

test('Telegram gets the bytes without a public address, and from then on only their id', async () => {
  const harness = await startTelegram({ media, fileIds: createFileIds(database.sql, 'telegram') })
  end = harness.end
  const here = 'http://localhost:3000'
  expect(await harness.channel.send({ externalId: '7' }, message('1', here))).toMatchObject({
    status: 'sent',
  })
  expect(await harness.channel.send({ externalId: '8' }, message('2', here))).toMatchObject({
    status: 'sent',
  })
  const sends = harness.fake.calls.filter(({ method }) => method === 'sendVideo')
  expect(sends).toHaveLength(2)
  expect(sends[0]?.params).toMatchObject({ video: { bytes: video()?.bytes }, width: 720, height: 1280 })
  expect(sends[1]?.params.video).toBe('file-1')
  expect(sends[0]?.bytes).toBeGreaterThan(video()?.bytes ?? 0)
  expect(sends[1]?.bytes).toBeLessThan(2000)
  // The next start knows the id, too.
  const rows = await database.sql`SELECT media_id, file_id FROM channel_file`
  expect(rows).toEqual([{ media_id: video()?.mediaId, file_id: 'file-1' }])
})

test('Viber is told the exact size and an https address that ends in .mp4', async () => {
  const harness = await startViber({ media, publicUrl: PUBLIC_URL })
  end = harness.end
  harness.fake.addUser(USER)
  expect(await harness.channel.send({ externalId: USER }, message('1'))).toMatchObject({ status: 'sent' })
  const sent = harness.fake.sent(USER).find(({ type }) => type === 'video')
  expect(sent).toMatchObject({
    media: `${PUBLIC_URL}/media/${video()?.mediaId}/sr-Cyrl.mp4`,
    size: video()?.bytes,
    duration: Math.ceil(clip.editions['sr-Cyrl']?.seconds ?? 0),
    thumbnail: expect.stringMatching(/^https:.*\.jpg$/),
  })
})

test('where no video is shown, its link is given', async () => {
  const harness = await startBotFramework()
  end = harness.end
  expect(await harness.send(message('1'), 'msteams')).toMatchObject({ status: 'sent' })
  expect(JSON.stringify(harness.fake.sent(CONVERSATION))).toContain(
    `${PUBLIC_URL}/media/${video()?.mediaId}/sr-Cyrl.mp4`,
  )
})
