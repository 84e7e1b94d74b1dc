// What is kept about somebody as two files with the same data: one to read, one for programs. To read it is a
// page of its own, because every phone opens HTML with what it has: it says its own character set (a text file
// without one shows broken letters on many), reflows at any width, has headings for screen readers and needs no
// other program (a PDF does). It has no script and loads nothing.
import type { Conversation } from '../../core/model/conversation.ts'
import type { KeptRows, NewFile } from '../../core/model/effect.ts'
import type { Context } from '../../core/model/topic.ts'
import { tagOf } from '../../core/text/script.ts'
import { toCyrillic } from '../../core/text/transliterate.ts'
import { dayIn } from '../../core/time/day.ts'
import type { PersonalTable, Words } from '../../people/index.ts'
import { type Html, html, unsafe } from '../../platform/html/html.ts'
import { dayText } from '../answers/index.ts'
import { STYLE } from './data-style.ts'

const NAME = 'moji-podaci'
/** More rows than this are folded away: a month of messages must not bury the rest. */
const OPEN_MAX = 10

/** The file to read and the file for programs. */
export function dataFiles(
  tables: readonly PersonalTable[],
  rows: KeptRows,
  state: Conversation,
  context: Context,
): NewFile[] {
  const exportedAt = new Date(context.now)
  const page = readablePage(tables, rows, wordsFor(state, context), exportedAt)
  const json = JSON.stringify({ exportedAt, ...rows }, null, 2)
  return [
    { name: `${NAME}.html`, mime: 'text/html', text: page },
    { name: `${NAME}.json`, mime: 'application/json', text: `${json}\n` },
  ]
}

function wordsFor({ language, script }: Conversation, { content, sentences }: Context): Words {
  const { protectedWords, timeZone } = content.city
  const cyrillic = language === 'sr' && script === 'cyrl'
  const write = (text: string) => (cyrillic ? toCyrillic(text, protectedWords) : text)
  const t = sentences(language)
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })
  const day = (iso: string) => dayText(iso, language)
  return {
    language,
    tag: tagOf({ language, script }),
    content,
    write,
    t: (key, values) => write(t(key, values)),
    day,
    moment: at => `${day(dayIn(timeZone, at.getTime()))}, ${clock.format(at)}`,
  }
}

type Section = { id: string; title: string; rows: [label: string, value: string][][] }

function readablePage(
  tables: readonly PersonalTable[],
  rows: KeptRows,
  words: Words,
  exportedAt: Date,
): string {
  const { t, write, content, language } = words
  // The registry has what refers to another first; to read, the other way round is better.
  const sections = tables.toReversed().map(table => sectionOf(table, rows[table.table] ?? [], words))
  const kept = sections.filter(hasRows).sort((a, b) => Number(isLong(a)) - Number(isLong(b)))
  const none = sections.filter(section => !hasRows(section))
  return html`<!doctype html>
<html lang="${words.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('data.title')}</title>
<style>${unsafe(STYLE)}</style>
</head>
<body>
<main>
<header>
<p class="from">${t('web.bot')} · ${write(content.city.name[language])}</p>
<h1>${t('data.title')}</h1>
<p>${t('data.lead', { moment: words.moment(exportedAt) })}</p>
</header>
${contents(kept, t('data.contents'))}
${kept.map(viewSection)}
${none.length > 0 && viewNone(none, t('data.nothing'))}
<footer><p>${t('data.rights')}</p></footer>
</main>
</body>
</html>
`.toString()
}

function sectionOf({ table, title, columns }: PersonalTable, rows: KeptRows[string], words: Words): Section {
  const lines = (row: KeptRows[string][number]) =>
    Object.entries(columns).map(([name, { label, say }]): [string, string] => [
      words.t(label),
      say(row[name], words, row),
    ])
  return {
    id: table,
    title: words.t(title),
    rows: rows.map(row => lines(row).filter(([, value]) => value)),
  }
}

function hasRows({ rows }: Section): boolean {
  return rows.length > 0
}

function isLong({ rows }: Section): boolean {
  return rows.length > OPEN_MAX
}

function contents(sections: readonly Section[], label: string): Html {
  return html`<nav aria-label="${label}"><ul>${sections.map(
    ({ id, title, rows }) => html`<li><a href="#${id}"><span>${title}</span> <b>${rows.length}</b></a></li>`,
  )}</ul></nav>`
}

function viewSection(section: Section): Html {
  const { id, title, rows } = section
  const list = html`<ol>${rows.map(row => html`<li>${viewRow(row)}</li>`)}</ol>`
  const heading = html`<h2 id="${id}">${title}</h2>`
  if (!isLong(section)) return html`<section>${heading}${list}</section>`
  return html`<section><details><summary>${heading}<b>${rows.length}</b></summary>${list}</details></section>`
}

function viewRow(lines: Section['rows'][number]): Html {
  return html`<dl>${lines.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

function viewNone(sections: readonly Section[], heading: string): Html {
  return html`<section class="none"><h2>${heading}</h2><ul>${sections.map(
    ({ title }) => html`<li>${title}</li>`,
  )}</ul></section>`
}
