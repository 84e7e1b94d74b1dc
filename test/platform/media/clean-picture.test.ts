import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cleanPicture, PHOTO_BYTES_MAX } from '../../../src/platform/media/clean-picture.ts'

/** 40 × 20: the left half red, the right half blue. */
const halves = () =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: '#0000ff' } }).composite([
    { input: { create: { width: 20, height: 20, channels: 3, background: '#ff0000' } }, left: 0, top: 0 },
  ])

const SECRETS = ['Canon', 'Mirsad', 'GPS']
const withNotes = (orientation: number) =>
  halves()
    .jpeg({ quality: 100 })
    .withExif({
      IFD0: { Make: 'Canon', Artist: 'Mirsad Begović', Orientation: String(orientation) },
      IFD3: { GPSLatitude: '43/1 8/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Mirsad</x:xmpmeta>')
    .toBuffer()

describe('a photo', () => {
  test('loses every note inside: place, device, names', async () => {
    const photo = await withNotes(1)
    expect(photo.toString('latin1')).toContain('Mirsad')
    const cleaned = await cleanPicture(photo)
    if (cleaned.status !== 'clean') throw new Error(cleaned.reason)
    const { exif, xmp, icc, iptc, orientation } = await sharp(cleaned.bytes).metadata()
    expect([exif, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined])
    expect(icc).toBeUndefined()
    for (const secret of SECRETS) expect(cleaned.bytes.toString('latin1')).not.toContain(secret)
  })

  test('is turned the way its note said, before the note goes', async () => {
    const cleaned = await cleanPicture(await withNotes(6))
    if (cleaned.status !== 'clean') throw new Error(cleaned.reason)
    const { data, info } = await sharp(cleaned.bytes).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([20, 40])
    // A quarter turn to the right brings the red half to the top.
    expect(data[0]).toBeGreaterThan(200)
    expect(data[data.length - 3]).toBeLessThan(60)
  })

  test.each(['png', 'webp', 'avif'] as const)('may be a %s', async format => {
    const cleaned = await cleanPicture(await halves().toFormat(format).toBuffer())
    expect(cleaned).toMatchObject({ status: 'clean', mime: 'image/jpeg' })
  })

  test('is made smaller where it is larger than anybody needs', async () => {
    const large = await sharp({ create: { width: 5000, height: 3000, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer()
    const cleaned = await cleanPicture(large)
    if (cleaned.status !== 'clean') throw new Error(cleaned.reason)
    expect(await sharp(cleaned.bytes).metadata()).toMatchObject({ width: 2048, height: 1229 })
  })
})

describe('what is refused', () => {
  test.each([
    ['a text', Buffer.from('rm -rf /')],
    ['nothing', Buffer.alloc(0)],
    [
      'a drawing that can load others',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
    ],
    ['a damaged photo', Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')],
    [
      'a HEIC whose codec is not on board',
      Buffer.from('000000186674797068656963000000006d69663168656963', 'hex'),
    ],
  ])('%s', async (_name, bytes) => {
    expect(await cleanPicture(bytes)).toEqual({ status: 'refused', reason: 'unreadable' })
  })

  test('more bytes than agreed', async () => {
    expect(await cleanPicture(Buffer.alloc(PHOTO_BYTES_MAX + 1))).toEqual({
      status: 'refused',
      reason: 'too-large',
    })
  })

  test('a picture that unfolds into more than memory should hold', async () => {
    const bomb = await sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(bomb.length).toBeLessThan(PHOTO_BYTES_MAX)
    expect(await cleanPicture(bomb)).toEqual({ status: 'refused', reason: 'unreadable' })
  })
})
