// The message lab: any message as every channel shows it, in both scripts.
import type { Outbound } from '../../core/model/message.ts'
import { inCyrillic } from '../../core/text/transliterate-message.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Answer, StaffPage, Visit } from '../page.ts'
import { problemNote } from '../problem-note.ts'
import type { Role } from '../roles.ts'
import type { ConsoleOptions } from '../shell.ts'
import { EXAMPLES, type Example, exampleMessage } from './examples.ts'
import { messagePreviews } from './message-previews.ts'
import { readMessage } from './message-shape.ts'

const ROLES: readonly Role[] = ['editor', 'events', 'inbox']

export function labPages(options: ConsoleOptions): StaffPage[] {
  const page = (method: StaffPage['method'], handle: StaffPage['handle']): StaffPage => ({
    method,
    path: '/console/lab',
    section: 'answers',
    roles: ROLES,
    handle,
  })
  return [
    page('GET', async visit => show(options, visit, JSON.stringify(chosen(options, visit), null, 2))),
    page('POST', async visit => show(options, visit, visit.form.message ?? '')),
  ]
}

function chosen({ publicUrl, translator }: ConsoleOptions, { query, contentLanguage }: Visit): Outbound {
  return exampleMessage(exampleIn(query.example), translator(contentLanguage), publicUrl)
}

function exampleIn(name: string | undefined): Example {
  return EXAMPLES.find(example => example === name) ?? 'text'
}

function show(options: ConsoleOptions, visit: Visit, pasted: string): Answer {
  const message = readMessage(pasted)
  const wrong = 'problem' in message
  const body = html`${form(visit, pasted)}
${
  wrong
    ? problemNote(visit.t('console.lab.problem', { at: message.problem }))
    : scripts(options, visit, message)
}`
  return { kind: 'page', title: visit.t('console.lab.title'), body, wide: true, status: wrong ? 422 : 200 }
}

function form({ t, csrf, query }: Visit, pasted: string): Html {
  const current = exampleIn(query.example)
  return html`<p>${t('console.lab.lead')}</p>
<nav class="tabs" aria-label="${t('console.lab.examples')}">${EXAMPLES.map(
    example =>
      html`<a href="?example=${example}" ${example === current && html`aria-current="true"`}>${t(`console.lab.example.${example}`)}</a>`,
  )}</nav>
<form method="post" action="/console/lab" class="card">${csrf}
  <label>${t('console.lab.message')}<textarea name="message" rows="8" spellcheck="false" class="code">${pasted}</textarea></label>
  <p class="hint">${t('console.lab.hint')}</p>
  <button class="primary">${t('console.lab.show')}</button></form>`
}

function scripts(options: ConsoleOptions, visit: Visit, message: Outbound): Html {
  const looker = { ...options, ...visit }
  const cyrillic = inCyrillic(message, options.city.protectedWords)
  return html`<h2>${visit.t('console.lab.latin')}</h2>${messagePreviews(message, looker)}
<h2>${visit.t('console.lab.cyrillic')}</h2>${messagePreviews(cyrillic, looker)}`
}
