import { describe, expect, it } from 'vitest'
import type { Outbound } from '../../../src/core/model/message.ts'
import { toLatin } from '../../../src/core/text/transliterate.ts'
import {
  compose,
  findAttachments,
  inLatin,
  type Sources,
} from '../../../src/features/announcements/compose.ts'
import type { MediaInfo } from '../../../src/platform/media/info.ts'

const text = (said: string): Outbound => ({ blocks: [{ kind: 'text', text: said }], buttons: [] })
const PICTURE: MediaInfo = { id: 'p', name: 'plakat.png', mime: 'image/png', bytes: 9, sha256: '' }
const files: Record<string, MediaInfo> = {
  p: PICTURE,
  pdf: { ...PICTURE, id: 'pdf', name: 'program.pdf', mime: 'application/pdf' },
  mine: { ...PICTURE, id: 'mine', personId: 'somebody' },
  short: { ...PICTURE, id: 'short', expiresAt: new Date() },
}
const sources: Sources = {
  sql: () => Promise.reject(new Error('not asked')),
  media: { find: async id => files[id] },
  publicUrl: 'https://grad.example',
  plugs: {
    poll: async (_sql, id) =>
      id === 'b'
        ? language => ({
            blocks: [],
            buttons: [{ label: language === 'en' ? 'Vote' : 'Glasaj', token: 'p:b' }],
          })
        : undefined,
  },
}

describe('an announcement', () => {
  it('is there in both scripts and every language, Serbian where one is missing', () => {
    expect(compose({ sr: 'Njegoš' }, [], [])).toEqual({
      'sr-latn': text('Njegoš'),
      'sr-cyrl': text('Његош'),
      bs: text('Njegoš'),
      en: text('Njegoš'),
    })
    const all = compose({ sr: 'Lepo', bs: 'Lijepo', en: 'Nice' }, [], [])
    expect([all.bs, all.en]).toEqual([text('Lijepo'), text('Nice')])
  })

  it('keeps protected words and links as they are', () => {
    const said = compose({ sr: 'Komšija na https://grad.rs i Viberu' }, [], ['Viber'])
    expect(said['sr-cyrl']).toEqual(text('Комшија на https://grad.rs и Viberu'))
  })

  it('carries what is attached, in the language of the text above it', async () => {
    const attachments = await findAttachments(sources, { pollId: 'b' })
    if ('missing' in attachments) return expect.unreachable()
    const said = compose({ sr: 'Glasajte', en: 'Vote now' }, attachments, [])
    expect(said['sr-cyrl'].buttons).toEqual([{ label: 'Гласај', token: 'p:b' }])
    expect(said.en.buttons).toEqual([{ label: 'Vote', token: 'p:b' }])
    expect(said.bs.buttons).toEqual([{ label: 'Glasaj', token: 'p:b' }])
  })

  it('gives a picture its text as the words below it, and a file its own place', async () => {
    const url = 'https://grad.example/media/p/plakat.png'
    const [picture, file] = await Promise.all(
      [{ mediaId: 'p' }, { mediaId: 'pdf' }].map(async attached => {
        const found = await findAttachments(sources, attached)
        return 'missing' in found ? undefined : compose({ sr: 'Dođite' }, found, [])
      }),
    )
    expect(picture?.['sr-cyrl'].blocks).toEqual([
      { kind: 'image', text: 'Дођите', mediaId: 'p', url, alt: 'Дођите' },
    ])
    expect(file?.['sr-latn'].blocks.map(({ kind }) => kind)).toEqual(['text', 'file'])
  })

  it('names what it can’t carry: unknown things, files of people, files that go soon', async () => {
    const attached = { mediaId: 'mine', pollId: 'x', workshopId: 'w', clipId: 'c' }
    expect(await findAttachments(sources, attached)).toEqual({
      missing: ['mediaId', 'workshopId', 'clipId', 'pollId'],
    })
    expect(await findAttachments(sources, { mediaId: 'short' })).toEqual({ missing: ['mediaId'] })
  })

  it('may be a whole message', () => {
    const message: Outbound = { blocks: [{ kind: 'card', text: 'k', title: 'Naslov' }], buttons: [] }
    expect(compose({ sr: message }, [], [])['sr-cyrl'].blocks[0]).toMatchObject({ title: 'Наслов' })
  })
})

it('Serbian is kept in Latin script, however it was typed', () => {
  expect(inLatin('Љубав, Џак и НЈЕГОШ, ЊЕГОШ')).toBe('Ljubav, Džak i NJEGOŠ, NJEGOŠ')
  expect(inLatin('Ђак у школи')).toBe('Đak u školi')
  expect(inLatin('Već latinica')).toBe('Već latinica')
  expect(toLatin('Љ')).toBe('Lj')
  expect(toLatin('ЉУБИЧАСТО Њ')).toBe('LJUBIČASTO Nj')
})
