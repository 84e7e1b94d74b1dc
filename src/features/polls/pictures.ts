// The chart of a closed poll, as pages and chats show it.
import type { Language } from '../../core/model/content.ts'
import { type Poll, type Question, textIn } from '../../core/model/poll.ts'
import type { Translate } from '../../core/model/topic.ts'
import type { PageLanguage } from '../../core/text/page-language.ts'
import { contentLanguage, PAGE_LANGUAGES, phrases } from '../../core/text/page-language.ts'
import { toCyrillic } from '../../core/text/transliterate.ts'
import { pngOf } from '../../platform/charts/png.ts'
import { barChart } from '../../platform/charts/svg.ts'
import type { Sql } from '../../platform/db/database.ts'
import { writeMedia } from '../../platform/media/rows.ts'
import type { Published } from './protect.ts'
import { type PollResults, resultsOf } from './results.ts'
import { shareText } from './shares.ts'

export type Artist = { sentences(language: Language): Translate; protectedWords: readonly string[] }

/** Serbian texts of staff in the script of a page. */
function writerFor(language: PageLanguage, protectedWords: readonly string[]): (text: string) => string {
  return language === 'sr-Cyrl' ? text => toCyrillic(text, protectedWords) : text => text
}

/** As wide as a phone, where most people see it. */
export const CHART_WIDTH = 480
/** Pixels of the picture in a chat for one of the chart. */
const ZOOM = 3

/** One question's published numbers as bars; `undefined` where there is nothing to draw. */
export function chartOf(
  question: Question,
  { n, options }: Pick<Published, 'n' | 'options'>,
  page: PageLanguage,
  artist: Artist,
): string | undefined {
  if (question.options.length === 0) return undefined
  const language = contentLanguage(page)
  const t = phrases(page, artist.sentences, artist.protectedWords)
  const write = writerFor(page, artist.protectedWords)
  const bars = question.options.map(({ id, label }) => {
    const value = options[id] ?? null
    const note = value === null ? {} : { note: `${value} (${shareText(value, n, language)})` }
    return { label: write(textIn(label, language)), value, ...note }
  })
  const hidden = t('polls.hidden')
  const people = t('polls.people', { count: n })
  const footer = bars.some(({ value }) => value === null) ? `${people} ${t('polls.hiddenWhy')}` : people
  return barChart({ title: write(textIn(question.text, language)), bars, hidden, footer, width: CHART_WIDTH })
}

/**
 * Draws the chart of a closed quick poll in every language and keeps it, once; polls without options have none.
 * Resolves to the results.
 */
export async function keepPictures(sql: Sql, poll: Poll, artist: Artist, now: Date): Promise<PollResults> {
  const results = await resultsOf(sql, poll)
  const [question, ...others] = poll.questions
  const numbers = results.questions[0]?.whole
  if (!question || others.length > 0 || !numbers) return results
  const known = await sql`SELECT 1 FROM poll_picture WHERE poll_id = ${poll.id}`
  if (known.length > 0) return results
  for (const language of PAGE_LANGUAGES) {
    const svg = chartOf(question, numbers, language, artist)
    if (!svg) continue
    const bytes = pngOf(svg, ZOOM)
    const info = await writeMedia(sql, { name: `rezultat-${poll.id}.png`, mime: 'image/png', bytes, now })
    await sql`INSERT INTO poll_picture (poll_id, language, media_id) VALUES (${poll.id}, ${language}, ${info.id})`
  }
  return results
}
