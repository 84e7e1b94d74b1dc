// The page of the settings: what each is now, and the form to change it.
import type { SettingKey, Settings } from '../../core/model/settings.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Draft } from '../draft.ts'
import type { Visit } from '../page.ts'
import { problemNote } from '../problem-note.ts'
import type { SettingsSection } from './section.ts'

/** A form that came back: something is wrong, somebody was faster, or it is looked at first. */
export type Opened = { key: SettingKey; draft: Draft; preview?: Html; overtaken?: boolean }

export function settingsView(
  visit: Visit,
  sections: readonly SettingsSection[],
  settings: Settings,
  opened?: Opened,
): Html {
  const { t, account } = visit
  const mayChange = account.role === 'admin'
  return html`${!mayChange && html`<p class="hint">${t('console.settings.readOnly')}</p>`}
<div class="with-contents"><nav class="contents" aria-label="${t('console.settings.contents')}"><ul>${sections.map(
    ({ key }) => html`<li><a href="#${key}">${t(`console.settings.${key}.title`)}</a></li>`,
  )}</ul></nav>
<div>${sections.map(section =>
    card(visit, section, settings, mayChange, opened?.key === section.key ? opened : undefined),
  )}</div></div>`
}

function card(
  visit: Visit,
  section: SettingsSection,
  settings: Settings,
  mayChange: boolean,
  opened: Opened | undefined,
): Html {
  const { t, query } = visit
  const { key } = section
  const saved = query.saved === key && !opened
  return html`<section class="card" id="${key}"><h2>${t(`console.settings.${key}.title`)}</h2>
${saved && html`<p class="done" role="status">${t('console.settings.saved')}</p>`}
<p class="hint">${t(`console.settings.${key}.text`)}</p>
${section.words(visit, settings)}
${mayChange && form(visit, section, settings, opened)}</section>`
}

function form(visit: Visit, section: SettingsSection, settings: Settings, opened?: Opened): Html {
  const { t, csrf } = visit
  const { key } = section
  const kept = opened ? 'dirty' : ''
  return html`<details ${opened && html`open`}><summary>${t('console.settings.change')}</summary>
${opened && message(visit, opened)}
<form method="post" action="/console/settings/${key}#${key}" class="stack" data-keep="${kept}" novalidate>${csrf}
<input type="hidden" name="base" value="${section.base(settings)}">
${section.form(visit, settings, opened?.draft)}
<div class="row"><button class="primary" name="do" value="save">${t('console.save')}</button>
${section.hasPreview && html`<button name="do" value="preview">${t('console.settings.preview')}</button>`}
${section.canEnd(settings) && html`<button class="danger" name="do" value="end">${t('console.settings.end')}</button>`}</div>
</form></details>`
}

function message({ t }: Visit, { draft, preview, overtaken }: Opened): Html | undefined {
  if (overtaken) return problemNote(t('console.settings.overtaken'))
  if (draft.isWrong) {
    const count = Object.keys(draft.problems).length
    return problemNote(t('console.form.problems', { count }))
  }
  return html`<p class="warning" role="status">${t('console.settings.notYet')}</p>${preview}`
}
