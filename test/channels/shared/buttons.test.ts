import { describe, expect, test } from 'vitest'
import { numberChoices, placeButtons, shorten } from '../../../src/channels/shared/buttons.ts'
import type { Button } from '../../../src/core/model/message.ts'

const LIMITS = { labelMax: 12, buttonsMax: 3, accepts: () => true }
const press = (label: string, token = label): Button => ({ label, token })
const place = (buttons: Button[], limits = {}) => {
  const { shown, listed } = placeButtons(numberChoices(buttons), { ...LIMITS, ...limits })
  return { shown: shown.map(({ label }) => label), listed: listed.text }
}

describe('placing buttons', () => {
  test('says nothing about buttons that are shown in full', () => {
    expect(place([press('Da'), press('Ne')])).toEqual({ shown: ['Da', 'Ne'], listed: '' })
  })

  test('numbers count the buttons that can be pressed, as a person would type them', () => {
    const buttons = [press('Da'), { label: 'Sajt', href: 'https://a.rs' }, press('Kako se plaća porez?')]
    expect(place(buttons)).toEqual({
      shown: ['Da', 'Sajt', '2. Kako se…'],
      listed: '2. Kako se plaća porez?',
    })
  })

  test('lists what doesn’t fit and what the platform doesn’t take', () => {
    const buttons = ['a', 'b', 'c', 'd', 'e'].map(label => press(label))
    const accepts = (button: Button) => button.label !== 'a'
    expect(place(buttons, { accepts })).toEqual({ shown: ['b', 'c', 'd'], listed: '1. a\n5. e' })
  })

  test('a button without a label shows its number', () => {
    expect(place([press(' '), { label: '', href: 'https://a.rs' }])).toEqual({
      shown: ['1', '•'],
      listed: '',
    })
  })
})

test.each([
  ['kratko', 12, 'kratko'],
  ['tačno dvanae', 12, 'tačno dvanae'],
  ['reč i još jedna', 12, 'reč i još…'],
  ['dugačkareč bez', 8, 'dugačka…'],
  ['aaaaaa😀😀', 8, 'aaaaaa…'],
])('shortens %j to %i', (text, max, short) => {
  expect(shorten(text, max)).toBe(short)
})
