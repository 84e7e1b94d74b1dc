// The number that stands beside a choice is the one that presses it when it is typed, on every channel.
import { expect, test } from 'vitest'
import { render as renderActivities } from '../../../src/channels/botframework/index.ts'
import { choicesOf, partsOf, spreadButtons } from '../../../src/channels/shared/parts.ts'
import { render as renderTelegram, TELEGRAM_CAPABILITIES } from '../../../src/channels/telegram/index.ts'
import { renderText } from '../../../src/channels/terminal/render-text.ts'
import { render as renderViber } from '../../../src/channels/viber/index.ts'
import { type Block, type Outbound, pollOptions } from '../../../src/core/model/message.ts'

const LONG = 'Uređenje kompletnog gradskog parka sa novim klupama i igralištem'
const poll: Block = {
  kind: 'poll',
  text: 'Šta prvo?',
  id: '1',
  question: 'Šta prvo?',
  options: [
    { token: 'p:1:1', label: 'Rasveta' },
    { token: 'p:1:2', label: LONG },
  ],
  multi: false,
  closesAt: '',
}
const message: Outbound = {
  blocks: [{ kind: 'text', text: 'Anketa' }, poll],
  buttons: [
    { label: 'Sve', href: 'https://grad.example' },
    { label: 'Meni', token: 'm:menu' },
  ],
}

test('a terminal shows the options of a poll with their numbers, and goes on counting', () => {
  const text = renderText(message, { styled: false })
  expect(text).toContain('1. Rasveta')
  expect(text).toContain(`2. ${LONG}`)
  expect(text).toContain('3. Meni')
})

test.each([
  ['Telegram', () => renderTelegram(message, TELEGRAM_CAPABILITIES)],
  ['Viber', () => renderViber(message)],
  ['Skype', () => renderActivities(message, 'skype')],
  ['a channel without buttons', () => renderActivities(message, 'email')],
])('%s lists a long option under the number that presses it', (_channel, render) => {
  expect(JSON.stringify(render())).toContain(`2. ${LONG}`)
})

test('two polls of one message are counted on', () => {
  const [, first, second] = partsOf({
    blocks: [{ kind: 'text', text: 'a' }, poll, poll],
    buttons: [],
  }).flatMap(choicesOf)
  expect([first?.number, second?.number]).toEqual([2, 3])
  expect(pollOptions([poll, poll])).toHaveLength(4)
})

test('options that need a second keyboard keep their numbers', () => {
  const [part] = partsOf({ blocks: [poll], buttons: [] })
  if (!part) throw new Error('no part')
  expect(
    spreadButtons(part, 1)
      .flatMap(choicesOf)
      .map(({ number }) => number),
  ).toEqual([1, 2])
})
