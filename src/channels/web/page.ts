// The chat page, whole on the server: without a script it reads and sends as well, only not by itself.
import { randomUUID } from 'node:crypto'
import { type Html, html } from '../../platform/html/html.ts'
import { chatPath, type Frame, framed, ownLink } from '../../site/index.ts'
import { dayOf, type PageData, type ScriptWords, type Shown, viewDay, viewMessage } from './browser/view.js'
import { type BodyProblem, TEXT_MAX } from './events.ts'
import { markup } from './markup.ts'
import type { PhotoProblem } from './photos.ts'

/** What was wrong with a form that was sent. */
export type ChatProblem = BodyProblem | PhotoProblem

export type ChatPage = Frame & {
  words: ScriptWords
  /** The newest messages, oldest first. */
  history: Shown[]
  /** The browser has a chat, even if it is empty. */
  known: boolean
  /** The page stands inside another site's page. */
  embedded: boolean
  start?: { payload: string; title: string }
  problem?: ChatProblem
}

export function chatPage(page: ChatPage): string {
  const { t, city, history, known, words, start, embedded } = page
  const last = history.at(-1)?.seq ?? 0
  const data: PageData = { last, known, embedded, lang: page.language, words, ...(start ? { start } : {}) }
  const title = `${t('web.bot')} – ${t('web.tagline')} · ${city}`
  const body = html`
<main class="chat">
  <div id="log" class="log" role="log" tabindex="0" aria-label="${t('web.log')}">
    <div id="talk" class="talk">
      ${intro(page)}
      ${history.map((message, index) => withDay(message, history[index - 1], words))}
    </div>
  </div>
  <div class="dock">${composer(page)}</div>
</main>`
  const className = embedded ? 'chat-page embedded' : 'chat-page'
  return framed({ ...page, title, path: '/', body, script: 'chat.js', data, className })
}

function withDay(message: Shown, before: Shown | undefined, words: ScriptWords): Html[] {
  const view = markup(viewMessage(message, words))
  const newDay = !before || dayOf(before.at, words) !== dayOf(message.at, words)
  return newDay ? [markup(viewDay(message.at, words)), view] : [view]
}

const EXAMPLES = ['web.example1', 'web.example2', 'web.example3', 'web.example4'] as const

function intro({ t, start }: ChatPage): Html {
  return html`<section class="intro">
    <h1>${t('web.heading')}</h1>
    <p>${t('web.lead')}</p>
    ${start && html`<noscript>${openAnswer(start)}</noscript>`}
    <div class="choices" role="group" aria-label="${t('web.examples')}">${EXAMPLES.map(
      key =>
        html`<button class="choice" form="composer" formnovalidate name="command" value="${t(key)}">${t(key)}</button>`,
    )}</div>
  </section>`
}

/** A link may not act by itself without a script: the person confirms by a press. */
function openAnswer({ payload, title }: { payload: string; title: string }): Html {
  return html`<p><button class="choice strong" form="composer" name="start" value="${payload}">${title}</button></p>`
}

function composer(page: ChatPage): Html {
  const { t, problem, embedded } = page
  return html`
    <button id="newer" class="newer" type="button" hidden>${t('web.newer')} ↓</button>
    <p id="status" class="status" role="status">${problem && t(`web.problem.${problem}`)}</p>
    <p id="hint" class="visually-hidden" role="status"></p>
    <ul id="suggestions" class="suggestions" role="listbox" aria-label="${t('web.suggestionsLabel')}" hidden></ul>
    <form id="composer" class="composer" method="post" action="/chat/messages${embedded && '?embed=1'}">
      <input type="hidden" name="id" value="${randomUUID()}">
      <label for="text" class="visually-hidden">${t('web.input')}</label>
      <textarea id="text" name="text" rows="1" maxlength="${TEXT_MAX}" placeholder="${t('web.placeholder')}"
        enterkeyhint="send" autocomplete="off"></textarea>
      <label class="attach"><span class="visually-hidden">${t('web.photo')}</span><svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M4.5 8h3l1.5-2.2h6L16.5 8h3A1.5 1.5 0 0 1 21 9.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-8A1.5 1.5 0 0 1 4.5 8z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><circle cx="12" cy="13.3" r="3.3" fill="none" stroke="currentColor" stroke-width="2"/></svg>
        <input id="photo" type="file" name="photo" form="photo-form" accept="image/jpeg,image/png,image/webp,image/heic,image/heif"></label>
      <button class="send" aria-label="${t('web.send')}"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M4 12h14M12 5.5 18.5 12 12 18.5" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg></button>
    </form>
    <form id="photo-form" method="post" enctype="multipart/form-data" action="/chat/photos${embedded && '?embed=1'}"><noscript><button class="choice">${t('web.photo')}</button></noscript></form>
    <p class="fine">${t('web.noPersonalData')} <a ${ownLink('/privacy', page)}>${t('web.privacy')}</a>
      <noscript> · <a href="${chatPath(embedded)}">${t('web.refresh')}</a></noscript></p>`
}
