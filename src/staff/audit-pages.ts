// The audit log as a page.
import { html } from '../platform/html/html.ts'
import { type AuditRow, auditRows } from './audit.ts'
import type { Answer, StaffPage, Visit } from './page.ts'
import type { ConsoleOptions } from './shell.ts'
import { table } from './table.ts'
import { time } from './words.ts'

const PAGE_SIZE = 100

export function auditPages({ database }: ConsoleOptions): StaffPage[] {
  return [
    {
      method: 'GET',
      path: '/console/audit',
      section: 'audit',
      roles: ['monitor'],
      async handle(visit): Promise<Answer> {
        const { actor, target } = visit.query
        const before = /^\d{1,18}$/.exec(visit.query.before ?? '')?.[0]
        const filter = { ...(actor && { actor }), ...(target && { target }) }
        const rows = await auditRows(database, { ...filter, before, limit: PAGE_SIZE })
        const title = visit.t('console.section.audit')
        return { kind: 'page', title, body: view(visit, rows, filter), wide: true }
      },
    },
  ]
}

function view(visit: Visit, rows: readonly AuditRow[], filter: { actor?: string; target?: string }) {
  const { t } = visit
  const last = rows.length === PAGE_SIZE ? rows.at(-1) : undefined
  const older = last && `/console/audit?${new URLSearchParams({ ...filter, before: last.id })}`
  const filtered = filter.actor ?? filter.target
  const columns = (['at', 'actor', 'action', 'target', 'details'] as const).map(name => ({
    title: t(`console.audit.${name}`),
  }))
  return html`<p>${t('console.audit.text')}</p>
${filtered && html`<p>${filtered} · <a href="/console/audit">${t('console.audit.all')}</a></p>`}
${
  rows.length > 0
    ? table(
        columns,
        rows.map(row => ({ cells: cellsOf(visit, row) })),
      )
    : html`<p class="quiet">${t('console.nothing')}</p>`
}
${older && html`<p><a class="button" href="${older}">${t('console.older')}</a></p>`}`
}

function cellsOf(visit: Visit, { at, actor, action, target, details }: AuditRow) {
  return [
    time(visit, at),
    filterLink('actor', actor),
    html`<code>${action}</code>`,
    filterLink('target', target),
    detailsOf(details),
  ]
}

function filterLink(name: 'actor' | 'target', value: string) {
  return html`<a href="/console/audit?${new URLSearchParams({ [name]: value }).toString()}">${value}</a>`
}

function detailsOf(details: object) {
  if ('from' in details && 'to' in details) {
    return html`<span class="detail">${worded(details.from)} › ${worded(details.to)}</span>`
  }
  return Object.entries(details).map(
    ([name, said]) => html`<span class="detail">${name}: ${worded(said)}</span> `,
  )
}

function worded(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
