import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadCommunities } from '../../src/content/communities.ts'
import { loadContent } from '../../src/content/load.ts'
import { loadNewsTopics } from '../../src/content/news-topics.ts'
import { type Issue, parseYaml } from '../../src/content/yaml-file.ts'
import type { Community, Content } from '../../src/core/model/content.ts'
import type { Knowledge } from '../../src/core/step.ts'
import { topics } from '../../src/features/index.ts'
import { buttonsOf, CONTENT_DIR, startBot, textOf } from '../support/bot.ts'
import { echoKnowledge } from '../support/echo.ts'

let content: Content
beforeAll(async () => {
  ;({ content } = await loadContent(CONTENT_DIR))
})

let bot: Awaited<ReturnType<typeof startBot>>
const startWith = async (communities: Community[] = content.communities) => {
  const knowledge: Knowledge = { ...echoKnowledge(topics), content: { ...content, communities } }
  bot = await startBot({ knowledge })
}
beforeEach(() => startWith())
afterEach(() => bot.stop())

const press = (token: string) => bot.tell('a', { kind: 'press', token })
const tokensOf = (said: Awaited<ReturnType<typeof press>>) =>
  buttonsOf(said).map(button => ('token' in button ? button.token : button.href))
const kept = () => bot.database.sql`SELECT kind, value FROM person_choice ORDER BY kind, value`

describe('choosing', () => {
  it('is offered with the subscription', async () => {
    const said = await bot.tell('a', { kind: 'text', text: '/prijava' })
    expect(tokensOf(said)).toEqual(['ch:t', 'ch:c', 'sub:no'])
    expect(tokensOf(await bot.tell('a', { kind: 'text', text: '/prijava' }))).toContain('ch:t')
  })

  it('topics adds and removes, and pressing twice changes nothing', async () => {
    const [first] = buttonsOf(await press('ch:t'))
    expect(first).toMatchObject({ label: 'Radionice', token: 'ch:t:workshops:1' })
    for (let turn = 0; turn < 2; turn++) {
      const [chosen] = buttonsOf(await press('ch:t:workshops:1'))
      expect(chosen).toMatchObject({ label: '✓ Radionice', token: 'ch:t:workshops:0' })
    }
    await press('ch:t:youth:1')
    expect(await kept()).toEqual([
      { kind: 'topic', value: 'workshops' },
      { kind: 'topic', value: 'youth' },
    ])
    for (let turn = 0; turn < 2; turn++) await press('ch:t:workshops:0')
    expect(await kept()).toEqual([{ kind: 'topic', value: 'youth' }])
  })

  it('a community replaces the earlier one', async () => {
    await press('ch:t:polls:1')
    expect(textOf(await press('ch:c:mz-01'))).toContain('choices.chosen')
    expect(buttonsOf(await press('ch:c'))[0]).toMatchObject({ label: '✓ Parice' })
    await press('ch:c:other')
    await press('ch:c:other')
    expect(await kept()).toEqual([
      { kind: 'community', value: 'other' },
      { kind: 'topic', value: 'polls' },
    ])
  })

  it('shows confirmed names only, page by page, and always the way out', async () => {
    expect(tokensOf(await press('ch:c'))).toEqual(['ch:c:mz-01', 'ch:c:other'])
    await bot.stop()
    await startWith(content.communities.map(({ id }) => ({ id, name: `Naziv ${id}`, confirmed: true })))
    const pages = [await press('ch:c'), await press('ch:c:1'), await press('ch:c:3'), await press('ch:c:9')]
    const [first, second, last, none] = pages.map(tokensOf)
    expect(first).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map(number => `ch:c:mz-0${number}`),
      'ch:c:other',
      'ch:c:1',
    ])
    expect(second?.[0]).toBe('ch:c:mz-08')
    expect(last).toEqual(['ch:c:mz-22', 'ch:c:mz-23', 'ch:c:mz-24', 'ch:c:mz-25', 'ch:c:mz-26', 'ch:c:other'])
    expect(none).toEqual(['ch:c:other'])
  })

  it.each(['ch:t:nonsense:1', 'ch:c:mz-02', 'ch:c:mz-99', 'ch:', 'ch:t:polls', 'ch:x:polls:1'])(
    'keeps nothing for the old button %s',
    async token => {
      expect(textOf(await press(token))).toContain('welcome.oldButton')
      expect(await kept()).toEqual([])
    },
  )

  it('goes with everything else when a person is erased', async () => {
    await press('ch:t:polls:1')
    await press('erase:yes')
    expect(await kept()).toEqual([])
  })
})

function readerOf(text: string | undefined) {
  const issues: Issue[] = []
  const nameOf = (file: string) => `content/${file}`
  return {
    issues,
    nameOf,
    textOf: async () => text,
    one: async (file: string, schema: Parameters<typeof parseYaml>[2]) => {
      if (text === undefined) return undefined
      const parsed = parseYaml(text, nameOf(file), schema)
      issues.push(...parsed.issues)
      return parsed
    },
  }
}
const said = (issues: Issue[]) => issues.map(({ file, line, message }) => `${file}:${line} ${message}`)

describe('communities.csv', () => {
  it('names 26 communities, of which the city has confirmed one', () => {
    expect(content.communities).toHaveLength(26)
    const confirmed = content.communities.filter(community => community.confirmed)
    expect(confirmed).toEqual([{ id: 'mz-01', name: 'Parice', confirmed: true }])
    expect(content.communities.filter(({ name }) => name)).toHaveLength(1)
  })

  it('may be missing', async () => {
    expect(await loadCommunities(readerOf(undefined))).toEqual([])
  })

  it('is read past its mistakes, each named with its line', async () => {
    const reader = readerOf(
      [
        '\uFEFFid,name,sure',
        'mz-01,Prva,true',
        'mz-02,,true',
        'mz-3,Treća,true',
        'mz-04,Četvrta,yes',
        'mz-05,Peta',
        'mz-01,Šesta,true',
        '',
        'mz-07,Prva,false',
        'mz-08,Осма,true',
        `mz-09,${'a'.repeat(41)},true`,
        'mz-10,,false',
      ].join('\r\n'),
    )
    const communities = await loadCommunities(reader)
    expect(communities.map(({ id }) => id)).toEqual(['mz-01', 'mz-10'])
    expect(said(reader.issues)).toEqual([
      'content/communities.csv:1 the first line must be id,name,confirmed',
      'content/communities.csv:3 a confirmed community needs its name',
      'content/communities.csv:4 mz-3 is no id like mz-01',
      'content/communities.csv:5 confirmed must be true or false',
      'content/communities.csv:6 a row has 3 cells',
      'content/communities.csv:7 ids must go up, each once',
      'content/communities.csv:9 Prva is listed twice',
      'content/communities.csv:10 the name must be in Latin script; Cyrillic is made from it',
      'content/communities.csv:11 the name has more than 40 characters',
    ])
  })
})

describe('topics.yaml', () => {
  it('labels every topic in every language', () => {
    expect(content.newsTopics.map(({ id }) => id)).toEqual([
      'workshops',
      'polls',
      'clips',
      'assembly',
      'plans',
      'youth',
    ])
  })

  it('may be missing', async () => {
    expect(await loadNewsTopics(readerOf(undefined) as Parameters<typeof loadNewsTopics>[0])).toEqual([])
  })

  it('is refused with file and line', async () => {
    const twice = readerOf(
      ['- {id: polls, sr: A, bs: A, en: A}', '- {id: polls, sr: B, bs: B, en: B}'].join('\n'),
    )
    const kept = await loadNewsTopics(twice as Parameters<typeof loadNewsTopics>[0])
    expect(kept).toHaveLength(1)
    expect(said(twice.issues)).toEqual(['content/topics.yaml:2 the id polls exists twice'])
    const broken = readerOf('- {id: Polls!, sr: A, bs: A}')
    expect(await loadNewsTopics(broken as Parameters<typeof loadNewsTopics>[0])).toEqual([])
    expect(said(broken.issues)).toEqual([
      'content/topics.yaml:1 0.id: must be at most 16 letters',
      'content/topics.yaml:1 0.en is missing',
    ])
  })
})
