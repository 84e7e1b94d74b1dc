// Tables. On a phone those with many columns become a list of cards: each cell then carries its title.
import { type Html, html, type Value } from '../platform/html/html.ts'

export type Column = {
  title: string
  /** Numbers stand right, under one another; actions have no visible title. */
  kind?: '' | 'number' | 'actions'
}

export type Row = { cells: readonly Value[]; className?: string }

/** More columns don't fit a phone. */
const COLUMNS_MAX = 3

/** The first cell of each row names the row. Roles are spelled out: a browser forgets them when it draws cards. */
export function table(columns: readonly Column[], rows: readonly Row[]): Html {
  const stacks = columns.length > COLUMNS_MAX ? 'stacks' : ''
  return html`<div class="table-scroll" tabindex="0"><table class="${stacks}" role="table"><thead role="rowgroup"><tr role="row">${columns.map(headOf)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    ({ cells, className = '' }) =>
      html`<tr role="row" class="${className}">${cells.map((cell, index) => cellOf(columns[index], cell, index))}</tr>`,
  )}</tbody></table></div>`
}

function headOf({ title, kind = '' }: Column): Html {
  const words = kind === 'actions' ? html`<span class="visually-hidden">${title}</span>` : title
  return html`<th role="columnheader" scope="col" class="${kind}">${words}</th>`
}

function cellOf(column: Column | undefined, cell: Value, index: number): Html {
  const { title = '', kind = '' } = column ?? {}
  if (index === 0) return html`<th role="rowheader" scope="row" class="${kind}">${cell}</th>`
  const label = kind !== 'actions' && html`data-title="${title}"`
  return html`<td role="cell" class="${kind}" ${label}><div>${cell}</div></td>`
}
