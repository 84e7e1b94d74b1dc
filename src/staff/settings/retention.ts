// How long things are kept; enforced every night, and stated by the notice on personal data.
import { type Kept, RETENTION_DAYS, RETENTION_LIMITS } from '../../core/model/retention.ts'
import { html } from '../../platform/html/html.ts'
import { section } from './section.ts'

const KINDS = Object.keys(RETENTION_DAYS) as Kept[]

export const retentionSection = section({
  key: 'retentionDays',
  readers: ['editor', 'events', 'inbox', 'monitor'],
  words: ({ t }, days) =>
    html`<dl class="facts">${KINDS.map(
      kind =>
        html`<div><dt>${t(`console.settings.retentionDays.kinds.${kind}.name`)}</dt><dd>${t('console.settings.retentionDays.words', { count: days[kind] })}</dd></div>`,
    )}</dl>`,
  typed: days => Object.fromEntries(KINDS.map(kind => [kind, String(days[kind])])),
  fields: ({ visit, input }) =>
    html`${KINDS.map(kind => {
      const { least, most } = RETENTION_LIMITS[kind]
      const limits = visit.t('console.settings.retentionDays.limits', { least, most })
      return input(kind, visit.t(`console.settings.retentionDays.kinds.${kind}.name`), {
        type: 'number',
        required: true,
        hint: `${visit.t(`console.settings.retentionDays.kinds.${kind}.text`)} ${limits}`,
        more: html`min="${least}" max="${most}" inputmode="numeric"`,
      })
    })}`,
  read: (draft, _visit, before) => {
    const read = KINDS.map(kind => {
      const { least: min, most: max } = RETENTION_LIMITS[kind]
      return [kind, draft.number(kind, { min, max })] as const
    })
    return { ...before, ...Object.fromEntries(read) }
  },
})
