// The answers' part of the overview: how well questions are answered, and which answers run out.
import type { Content, Entry } from '../../core/model/content.ts'
import { addDays, dayIn } from '../../core/time/day.ts'
import type { Sql } from '../../platform/db/database.ts'
import { DAYS, type OverviewBlock, type OverviewPart, type OverviewReader } from '../../staff/index.ts'
import { mostAsked, type Ratings, ratings, type UsageDay, usageByDay } from './figures.ts'

const MOST_ASKED = 8

export function questionsOverview(sql: Sql, content: () => Content): OverviewPart {
  return {
    id: 'questions',
    async load(reader) {
      const [days, rated, asked] = await Promise.all([
        usageByDay(sql, DAYS),
        ratings(sql, DAYS),
        mostAsked(sql, DAYS, MOST_ASKED),
      ])
      return {
        title: reader.t('console.overview.questions.title'),
        figures: [...questionFigures(reader, days), ratingFigure(reader, rated)],
        charts: [daysChart(reader, days), askedChart(reader, content(), asked)].filter(
          ({ labels }) => labels.length > 0,
        ),
      }
    },
  }
}

type Kind = 'answered' | 'suggested' | 'missed'
const KINDS: readonly Kind[] = ['answered', 'suggested', 'missed']

function questionFigures({ t }: OverviewReader, days: readonly UsageDay[]) {
  const today = days.at(-1)
  const asked = (day: UsageDay | undefined) => KINDS.reduce((sum, kind) => sum + (day?.[kind] ?? 0), 0)
  const over = (count: (day: UsageDay) => number) => days.reduce((sum, day) => sum + count(day), 0)
  return [
    {
      id: 'asked',
      label: t('console.overview.questions.asked'),
      value: asked(today),
      period: over(asked),
      headline: true,
    },
    ...KINDS.map(kind => ({
      id: kind,
      label: t(`console.overview.questions.${kind}`),
      value: today?.[kind] ?? 0,
      period: over(day => day[kind]),
      headline: kind === 'missed',
    })),
  ]
}

function ratingFigure({ t }: OverviewReader, { yes, no }: Ratings) {
  const label = t('console.overview.questions.helped', { count: yes + no })
  return { id: 'helped', label, value: yes + no > 0 ? yes / (yes + no) : null, unit: 'share' as const }
}

function daysChart({ t }: OverviewReader, days: readonly UsageDay[]) {
  return {
    id: 'days',
    title: t('console.overview.questions.byDay'),
    kind: 'line' as const,
    labels: days.map(({ day }) => day),
    series: KINDS.map(kind => ({
      id: kind,
      name: t(`console.overview.questions.${kind}`),
      values: days.map(day => day[kind]),
    })),
  }
}

function askedChart(
  { t, contentLanguage, inScript }: OverviewReader,
  { entries }: Content,
  asked: readonly { entryId: string; count: number }[],
) {
  const titles = new Map(entries.map(({ id, texts }) => [id, inScript(texts[contentLanguage].title)]))
  const name = t('console.overview.questions.times')
  return {
    id: 'asked',
    title: t('console.overview.questions.mostAsked'),
    kind: 'bars' as const,
    labels: asked.map(({ entryId }) => titles.get(entryId) ?? entryId),
    series: [{ id: 'times', name, values: asked.map(({ count }) => count) }],
  }
}

const SHOWN_MAX = 10

/** Answers whose time for review has come, or comes within a month. */
export function reviewOverview(content: () => Content): OverviewPart {
  return {
    id: 'review',
    load: async reader => reviewBlock(reader, content()),
  }
}

function reviewBlock(reader: OverviewReader, { entries }: Content): OverviewBlock {
  const { t, timeZone, now } = reader
  const today = dayIn(timeZone, now.getTime())
  const soon = addDays(today, DAYS)
  const served = entries.filter(({ status }) => status === 'published')
  const due = served
    .filter(({ reviewBy }) => reviewBy <= soon)
    .toSorted((a, b) => a.reviewBy.localeCompare(b.reviewBy))
  const late = due.filter(({ reviewBy }) => reviewBy < today).length
  const drafts = entries.length - served.length
  return {
    title: t('console.overview.review.title'),
    text: t('console.overview.review.text'),
    figures: [
      { id: 'late', label: t('console.overview.review.late'), value: late, tone: late ? 'bad' : 'good' },
      { id: 'soon', label: t('console.overview.review.soon'), value: due.length - late },
      { id: 'drafts', label: t('console.overview.review.drafts'), value: drafts },
    ],
    tables: [dueTable(reader, due.slice(0, SHOWN_MAX), today)],
  }
}

function dueTable({ t, contentLanguage, inScript }: OverviewReader, due: readonly Entry[], today: string) {
  return {
    id: 'due',
    title: t('console.overview.review.list'),
    columns: [
      { id: 'entry', title: t('console.overview.review.answer') },
      { id: 'reviewBy', title: t('console.overview.review.by') },
      { id: 'owner', title: t('console.overview.review.owner') },
    ],
    rows: due.map(({ texts, reviewBy, owner }) => [
      inScript(texts[contentLanguage].title),
      { day: reviewBy, ...(reviewBy < today && { tone: 'bad' as const }) },
      owner,
    ]),
    empty: t('console.overview.review.none'),
  }
}
