// How many people there are and how they are spread; never a list of people.
import type { SentenceKey } from '../core/model/sentence-key.ts'
import { GROUP_MIN, type Group, hideSmall } from '../core/small-groups.ts'
import { channelName } from '../core/text/channel-name.ts'
import { countPeople, type PeopleCount, type Spread, spreadPeople } from '../people/index.ts'
import { type Html, html } from '../platform/html/html.ts'
import type { Answer, StaffPage, Visit } from './page.ts'
import { EVERYONE } from './roles.ts'
import type { ConsoleOptions } from './shell.ts'
import { table } from './table.ts'
import { number, percent } from './words.ts'

export function peoplePages({ database, knowledge }: ConsoleOptions): StaffPage[] {
  return [
    {
      method: 'GET',
      path: '/console/people',
      section: 'people',
      roles: EVERYONE,
      async handle(visit): Promise<Answer> {
        const [count, spread] = await Promise.all([countPeople(database.sql), spreadPeople(database.sql)])
        const names = namesFor(visit, knowledge().content)
        return {
          kind: 'page',
          title: visit.t('console.section.people'),
          body: view(visit, count, spread, names),
        }
      },
    },
  ]
}

type Content = ReturnType<ConsoleOptions['knowledge']>['content']
type Names = Record<'channel' | Spread['kind'], (id: string) => string>

function namesFor({ t, contentLanguage, inScript }: Visit, { communities, newsTopics }: Content): Names {
  const known = new Map<string, SentenceKey>([
    ['sr-latn', 'console.form.in.sr'],
    ['sr-cyrl', 'console.form.in.cyrillic'],
    ['bs', 'console.form.in.bs'],
    ['en', 'console.form.in.en'],
  ])
  const community = new Map(communities.map(({ id, name }) => [id, inScript(name)]))
  const topic = new Map(newsTopics.map(({ id, labels }) => [id, inScript(labels[contentLanguage])]))
  return {
    channel: id => channelName(id, t),
    language(id) {
      const key = known.get(id)
      return key ? t(key) : id
    },
    community: id =>
      id ? community.get(id) || t('console.people.otherCommunity') : t('console.people.noCommunity'),
    topic: id => topic.get(id) ?? id,
  }
}

function view(visit: Visit, count: PeopleCount, spread: readonly Spread[], names: Names): Html {
  const { t } = visit
  const { people, recipients, reachable, byChannel } = count
  const of = (kind: Spread['kind']) =>
    spread.filter(group => group.kind === kind).map(({ id, people }) => ({ id, count: people }))
  const channels = Object.entries(byChannel).map(([id, count]) => ({ id, count }))
  return html`<p class="hint">${t('console.people.text', { min: GROUP_MIN })}</p>
<div class="tiles">${(
    [
      ['people', people],
      ['recipients', recipients],
      ['reachable', reachable],
      ['unreachable', people - reachable],
    ] as const
  ).map(
    ([key, value]) =>
      html`<dl class="tile"><dt>${t(`console.people.${key}`)}</dt><dd>${number(visit, value)}</dd></dl>`,
  )}</div>
<div class="halves">${spreadCard(visit, 'console.people.byChannel', channels, names.channel, people)}
${spreadCard(visit, 'console.people.byLanguage', of('language'), names.language, people)}
${spreadCard(visit, 'console.people.byCommunity', of('community'), names.community, people)}
${spreadCard(visit, 'console.people.byTopic', of('topic'), names.topic, people)}</div>`
}

function spreadCard(
  visit: Visit,
  title: SentenceKey,
  groups: readonly Group[],
  name: (id: string) => string,
  people: number,
): Html {
  const { t } = visit
  const columns = [
    { title: t('console.people.group') },
    { title: t('console.people.people'), kind: 'number' as const },
    { title: t('console.people.share'), kind: 'number' as const },
  ]
  const hidden = t('console.people.hidden')
  const rows = hideSmall(groups).map(({ id, count }) => ({
    cells: [
      name(id),
      count === null ? html`<span class="quiet">${hidden}</span>` : number(visit, count),
      count === null || people === 0 ? '–' : percent(visit, count / people),
    ],
  }))
  return html`<section class="card"><h2>${t(title)}</h2>${
    rows.length > 0 ? table(columns, rows) : html`<p class="quiet">${t('console.nothing')}</p>`
  }</section>`
}
