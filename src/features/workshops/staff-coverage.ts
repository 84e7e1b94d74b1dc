// Which local communities have been reached: a picture, and the same as a table.
import { type Html, html } from '../../platform/html/html.ts'
import { number, type Visit } from '../../staff/index.ts'
import type { Coverage, Reached } from './coverage.ts'
import { communityLabel } from './staff-form.ts'

const COLUMNS = 7
const TILE = 92
const GAP = 8

export function coverageView(visit: Visit, coverage: Coverage, goal: number | undefined): Html {
  const { t } = visit
  const { reached, communities, planned, held, people } = coverage
  return html`<p class="lead"><strong>${t('console.workshops.reached', { reached, all: communities.length })}</strong>
${goal !== undefined && ` ${t('console.workshops.goal', { goal })}`}</p>
${goal !== undefined && html`<progress max="${goal}" value="${Math.min(reached, goal)}" aria-label="${t('console.workshops.reached', { reached, all: communities.length })}"></progress>`}
<p>${t('console.workshops.coverageText', { planned, held, people })}</p>
<figure class="card coverage">${tileMap(visit, coverage)}<figcaption class="legend"><span class="held">${t('console.workshops.legend.held')}</span> <span class="planned">${t('console.workshops.legend.planned')}</span> <span>${t('console.workshops.legend.none')}</span></figcaption></figure>
<div class="table-scroll"><table><thead><tr><th scope="col">${t('console.workshops.community')}</th><th scope="col" class="number">${t('console.workshops.legend.planned')}</th>
<th scope="col" class="number">${t('console.workshops.legend.held')}</th><th scope="col" class="number">${t('console.workshops.legend.people')}</th></tr></thead>
<tbody>${communities.map(one => tableRow(visit, one))}</tbody></table></div>
<p class="hint">${t('console.workshops.coverageHint')}</p>`
}

function tableRow(visit: Visit, { community, planned, held, people }: Reached): Html {
  const { id, name } = community
  const label = communityLabel(id, visit.inScript(name))
  const cell = (value: number) => html`<td class="number">${number(visit, value)}</td>`
  return html`<tr><th scope="row"><a href="/console/workshops?when=past&community=${id}">${label}</a></th>${cell(planned)}${cell(held)}${cell(people)}</tr>`
}

/** One tile per community; the colours are those of the page. */
function tileMap({ t }: Visit, { communities, reached }: Coverage): Html {
  const width = COLUMNS * (TILE + GAP) - GAP
  const height = Math.ceil(communities.length / COLUMNS) * (TILE + GAP) - GAP
  const label = t('console.workshops.reached', { reached, all: communities.length })
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${communities.map(tile)}</svg>`
}

function tile({ community, planned, held, people }: Reached, index: number): Html {
  const x = (index % COLUMNS) * (TILE + GAP)
  const y = Math.floor(index / COLUMNS) * (TILE + GAP)
  const state = held ? 'held' : planned ? 'planned' : 'none'
  const middle = x + TILE / 2
  return html`<g class="${state}"><rect x="${x}" y="${y}" width="${TILE}" height="${TILE}" rx="10"/>
<text x="${middle}" y="${y + 42}" class="name">${community.id.replace(/^mz-/, '')}</text>
<text x="${middle}" y="${y + 68}">${held ? `${held} · ${people}` : planned || '–'}</text></g>`
}
