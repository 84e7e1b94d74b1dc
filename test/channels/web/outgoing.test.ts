// What the bot says → the stream.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Outbound } from '../../../src/core/model/message.ts'
import { cookieOf, openStream, post, textsOf } from './client.ts'
import { addOutboxRow, type Chat, startChat, text } from './harness.ts'

let chat: Chat
beforeAll(async () => {
  chat = await startChat({ answer: () => undefined })
})
afterAll(() => chat.stop())

/** A browser that has written once: its cookie and address. */
async function newcomer(at = chat): Promise<{ cookie: string; address: string }> {
  const cookie = cookieOf(await post(at.url, { text: 'dobar dan' }))
  return { cookie, address: at.received.at(-1)?.address ?? '' }
}

const EVERY_KIND: Outbound = {
  blocks: [
    { kind: 'text', text: 'Zdravo, svete', spans: [{ from: 0, to: 6, style: 'bold' }] },
    { kind: 'card', text: 'k', title: 'Kartica', body: 'Telo', buttons: [{ label: 'Da', token: 'a' }] },
    { kind: 'list', text: 'l', items: [{ title: 'Prvo', token: 'b' }] },
    { kind: 'image', text: 'i', mediaId: 'x', url: '/media/x/a.png', alt: 'Slika' },
    { kind: 'file', text: 'f', mediaId: 'y', url: '/media/y/a.json', name: 'a.json', bytes: 12 },
    { kind: 'location', text: 'm', lat: 43.1, lon: 20.5, label: 'Trg' },
  ],
  buttons: [
    { label: 'Da', token: 'y:x' },
    { label: 'Sajt', href: 'https://www.novipazar.rs' },
  ],
}

test('a message comes as it was said, under its place', async () => {
  const { cookie, address } = await newcomer()
  const stream = await openStream(chat.url, { cookie })
  await chat.say(address, EVERY_KIND)
  const [frame] = await stream.until(1)
  expect(stream.response.headers.get('content-type')).toMatch('text/event-stream')
  expect(frame?.data).toEqual({
    seq: Number(frame?.id),
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    ...EVERY_KIND,
  })
  stream.close()
})

test('sent before anyone listened, it waits', async () => {
  const { cookie, address } = await newcomer()
  await chat.say(address, 'rano')
  const stream = await openStream(chat.url, { cookie })
  expect(textsOf(await stream.until(1))).toEqual(['rano'])
  stream.close()
})

test('a channel that sends the same row again shows it once', async () => {
  const { cookie, address } = await newcomer()
  const id = await addOutboxRow(chat.database, address, text('jednom'))
  const first = await chat.channel.send({ externalId: address }, { ...text('jednom'), id })
  const second = await chat.channel.send({ externalId: address }, { ...text('jednom'), id })
  expect(second).toEqual(first)
  await chat.say(address, 'drugo')
  const stream = await openStream(chat.url, { cookie })
  expect(textsOf(await stream.until(2))).toEqual(['jednom', 'drugo'])
  stream.close()
})

test('a row that was erased in the meantime is not sent', async () => {
  const { address } = await newcomer()
  const id = await addOutboxRow(chat.database, address, text('ništa'))
  await chat.database.sql`DELETE FROM outbox WHERE id = ${id}`
  const result = await chat.channel.send({ externalId: address }, { ...text('ništa'), id })
  expect(result).toMatchObject({ status: 'failed', reason: 'rejected' })
})

test('nobody sees the messages of another chat', async () => {
  const mine = await newcomer()
  const other = await newcomer()
  const stream = await openStream(chat.url, { cookie: other.cookie })
  await chat.say(mine.address, 'moje')
  await chat.say(other.address, 'tuđe')
  expect(textsOf(await stream.until(1))).toEqual(['tuđe'])
  stream.close()
})

test('every tab gets every message', async () => {
  const { cookie, address } = await newcomer()
  const tabs = await Promise.all([1, 2, 3].map(() => openStream(chat.url, { cookie })))
  await chat.say(address, 'svima')
  for (const tab of tabs) expect(textsOf(await tab.until(1))).toEqual(['svima'])
  for (const tab of tabs) tab.close()
})

test('listening says nothing to the bot, and a browser may listen before it writes', async () => {
  const before = chat.received.length
  const stream = await openStream(chat.url)
  const cookie = cookieOf(stream.response)
  expect(chat.received).toHaveLength(before)
  await post(chat.url, { text: 'sada' }, { cookie })
  await chat.say(chat.received.at(-1)?.address ?? '', 'odgovor')
  expect(textsOf(await stream.until(1))).toEqual(['odgovor'])
  stream.close()
})

describe('going on after a break', () => {
  test.each([
    ['by its header', (seq: string) => ({ headers: { 'last-event-id': seq }, query: '' })],
    ['by the page', (seq: string) => ({ headers: {}, query: `?last=${seq}` })],
    [
      'by its header rather than the page',
      (seq: string) => ({ headers: { 'last-event-id': seq }, query: '?last=0' }),
    ],
  ])('%s, without gap or repeat', async (_name, resume) => {
    const { cookie, address } = await newcomer()
    for (const word of ['jedan', 'dva', 'tri', 'četiri']) await chat.say(address, word)
    const whole = await openStream(chat.url, { cookie })
    const [, second] = await whole.until(4)
    whole.close()
    const { headers, query } = resume(second?.id ?? '')
    const rest = await openStream(chat.url, { cookie, ...headers }, query)
    expect(textsOf(await rest.until(2))).toEqual(['tri', 'četiri'])
    rest.close()
  })

  test.each(['x', '-5', '1e99', ''])('a place that makes no sense (%s) shows everything', async place => {
    const { cookie, address } = await newcomer()
    await chat.say(address, 'sve')
    const stream = await openStream(chat.url, { cookie, 'last-event-id': place })
    expect(textsOf(await stream.until(1))).toEqual(['sve'])
    stream.close()
  })

  test('more than one page of missed messages comes whole and in order', async () => {
    const { cookie, address } = await newcomer()
    const words = Array.from({ length: 250 }, (_, index) => `poruka ${index}`)
    for (const word of words) await chat.say(address, word)
    const stream = await openStream(chat.url, { cookie })
    expect(textsOf(await stream.until(250))).toEqual(words)
    stream.close()
  })
})

describe('places', () => {
  test('follow one another', async () => {
    const { cookie, address } = await newcomer()
    for (const word of ['a', 'b', 'c']) await chat.say(address, word)
    const stream = await openStream(chat.url, { cookie })
    const seqs = (await stream.until(3)).map(frame => frame.data.seq)
    expect(seqs.map(seq => seq - (seqs[0] ?? 0))).toEqual([0, 1, 2])
    stream.close()
  })

  test('are not given again after everything was erased: the open page hears the receipt and what follows', async () => {
    const { cookie, address } = await newcomer()
    for (const word of ['a', 'b', 'c', 'd', 'e']) await chat.say(address, word)
    const stream = await openStream(chat.url, { cookie })
    await stream.until(5)
    await chat.database.sql`
      DELETE FROM outbox USING address a WHERE a.id = address_id AND a.external_id = ${address}`
    await chat.say(address, 'potvrda')
    await stream.until(6)
    await chat.database.sql`
      DELETE FROM person USING address a WHERE a.person_id = person.id AND a.external_id = ${address}`
    await chat.say(address, 'ponovo')
    expect(textsOf(await stream.until(7)).slice(5)).toEqual(['potvrda', 'ponovo'])
    stream.close()
  })

  test('lost with the rows that a restored backup doesn’t have are no reason to be silent', async () => {
    const { cookie, address } = await newcomer()
    await chat.say(address, 'pre')
    const stream = await openStream(chat.url, { cookie, 'last-event-id': '2000000000' })
    await chat.say(address, 'posle')
    expect(textsOf(await stream.until(1))).toEqual(['posle'])
    stream.close()
  })
})

describe('several instances', () => {
  test('what one sends, the streams of the other show', async () => {
    const other = await startChat({ database: chat.database })
    const { cookie, address } = await newcomer()
    const stream = await openStream(other.url, { cookie })
    await chat.say(address, 'odavde')
    expect(textsOf(await stream.until(1))).toEqual(['odavde'])
    stream.close()
    await other.stop()
  })

  test('a lost connection to the database loses no message', async () => {
    const { cookie, address } = await newcomer()
    const stream = await openStream(chat.url, { cookie })
    const cut = () => chat.database.sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'komsija listens%'`
    for (let round = 0; round < 5; round++) {
      await cut()
      await chat.say(address, `poruka ${round}`)
    }
    expect(textsOf(await stream.until(5))).toEqual([0, 1, 2, 3, 4].map(round => `poruka ${round}`))
    stream.close()
  })
})

test('a stop ends every stream at once', async () => {
  const short = await startChat()
  const streams = await Promise.all([1, 2].map(() => openStream(short.url)))
  const from = Date.now()
  await short.stop()
  await Promise.all(streams.map(stream => stream.ended))
  expect(Date.now() - from).toBeLessThan(1500)
})
