// A message as every channel shows it.
import path from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { wordsFor } from '../../../src/channels/web/words.ts'
import { loadLocales } from '../../../src/content/locales.ts'
import type { Outbound } from '../../../src/core/model/message.ts'
import { inCyrillic } from '../../../src/core/text/transliterate-message.ts'
import { EXAMPLES, exampleMessage } from '../../../src/staff/preview/examples.ts'
import { type Looker, messagePreviews, previewsOf } from '../../../src/staff/preview/message-previews.ts'
import { readMessage } from '../../../src/staff/preview/message-shape.ts'
import type { Preview } from '../../../src/staff/preview/preview.ts'
import { anyMessage } from '../../channels/shared/arbitrary.ts'
import { CONTENT_DIR, PUBLIC_URL } from '../../support/bot.ts'

let looker: Looker
beforeAll(async () => {
  const { translator } = await loadLocales(path.join(CONTENT_DIR, 'locales'))
  looker = {
    t: translator('sr'),
    language: 'sr-Latn',
    timeZone: 'Europe/Belgrade',
    publicUrl: PUBLIC_URL,
    translator,
  }
})

const previews = (message: Outbound) => previewsOf(message, wordsFor('sr-Latn', looker.t, looker))
const on = (message: Outbound, channel: Preview['channel']): Preview => {
  const found = previews(message).find(preview => preview.channel === channel)
  if (!found) throw new Error(`no preview for ${channel}`)
  return found
}
const example = (name: (typeof EXAMPLES)[number]) => exampleMessage(name, looker.t, PUBLIC_URL)
const losses = (message: Outbound, channel: Preview['channel']) =>
  Object.fromEntries(on(message, channel).losses.map(({ code, count }) => [code, count]))
const limits = (message: Outbound, channel: Preview['channel']) =>
  Object.fromEntries(on(message, channel).limits.map(({ what, used }) => [what, used]))

describe.each(EXAMPLES)('the example %s', name => {
  it('is shown by all four channels in both scripts, and measured', () => {
    for (const message of [example(name), inCyrillic(example(name), [])]) {
      expect(previews(message).map(({ channel }) => channel)).toEqual([
        'telegram',
        'viber',
        'botframework',
        'web',
      ])
      for (const { body, limits } of previews(message)) {
        expect(String(body)).not.toBe('')
        expect(limits.length).toBeGreaterThan(2)
      }
    }
  })

  it('is what its JSON says', () => {
    expect(readMessage(JSON.stringify(example(name)))).toEqual(example(name))
  })

  it('can’t be pressed, opened or loaded', () => {
    const markup = String(messagePreviews(example(name), looker))
    expect(markup).not.toMatch(/<(?:button|a|video|img|input|script)[\s>]/)
    expect(markup).not.toMatch(/ id="/)
  })
})

describe('what gets lost', () => {
  it('is nothing of a short text but its style, where a channel has none', () => {
    expect(losses(example('text'), 'telegram')).toEqual({})
    expect(losses(example('text'), 'web')).toEqual({})
    expect(losses(example('text'), 'viber')).toEqual({ styles: 1, links: 1 })
  })

  it('is told of texts that are split', () => {
    expect(losses(example('long'), 'telegram')).toMatchObject({
      split: limits(example('long'), 'telegram').messages,
    })
    expect(limits(example('long'), 'botframework').messages).toBeGreaterThan(1)
  })

  it('is told of buttons that don’t fit and labels that are cut', () => {
    const message = example('buttons')
    expect(losses(message, 'botframework')).toMatchObject({ listed: 10 })
    expect(losses(message, 'telegram')).toMatchObject({ shortened: 10 })
    expect(losses(message, 'web')).toEqual({})
  })

  it('is told of media that a channel can’t show', () => {
    expect(losses(example('video'), 'botframework')).toMatchObject({ media: 1 })
    expect(losses(example('video'), 'telegram')).toEqual({})
    expect(losses(example('location'), 'botframework').media).toBeUndefined()
    const local = exampleMessage('image', looker.t, 'http://localhost:3000')
    expect(losses(local, 'viber')).toMatchObject({ media: 1 })
  })

  it('never is anything that the message doesn’t have', () => {
    fc.assert(
      fc.property(anyMessage, message => {
        for (const { losses, limits } of previews(message)) {
          expect(losses.every(({ count }) => count > 0)).toBe(true)
          const over = limits.filter(({ used, allowed }) => allowed !== undefined && used > allowed)
          expect(over).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('what was pasted', () => {
  it('may be a plain text', () => {
    expect(readMessage('Dobar dan\r\nsvima')).toEqual({
      blocks: [{ kind: 'text', text: 'Dobar dan\nsvima' }],
      buttons: [],
    })
  })

  it.each([
    ['{', 'JSON'],
    ['{"blocks":[{"kind":"song"}]}', 'blocks.0.kind'],
    ['{"blocks":[{"kind":"image","text":"a"}]}', 'blocks.0.mediaId'],
    [`{"blocks":[],"buttons":[{"label":"a","token":"${'x'.repeat(25)}"}]}`, 'buttons.0.token'],
  ])('and is no message: %s', (pasted, at) => {
    expect(readMessage(pasted)).toEqual({ problem: at })
  })

  it('can do nothing to the page', () => {
    const message = readMessage('<script>alert(1)</script><b onclick="x">')
    if ('problem' in message) throw new Error('no message')
    const markup = String(messagePreviews(message, looker))
    expect(markup).not.toMatch(/<script|<b /)
    expect(markup).toContain('&lt;script&gt;')
  })
})
