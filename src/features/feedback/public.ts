// /proposals: what people proposed and an editor approved, with what the city says to it. Nobody is named.
import { textIn } from '../../core/model/poll.ts'
import type { Database } from '../../platform/db/database.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { urlOf } from '../../platform/media/info.ts'
import type { PublicAnswer, PublicPage, PublicVisit } from '../../site/index.ts'
import { CATEGORIES, isCategory } from './categories.ts'
import { categoryName } from './messages.ts'
import { type PublicProposal, publishedProposals } from './store.ts'
import { shownReference } from './tokens.ts'

const PAGE_SIZE = 30

export function proposalPages({ database }: { database: Database }): PublicPage[] {
  return [{ path: '/proposals', handle: visit => show(database, visit) }]
}

async function show({ sql }: Database, visit: PublicVisit): Promise<PublicAnswer> {
  const { t, query } = visit
  const category = isCategory(query.category ?? '') ? query.category : undefined
  const before = /^[1-9]\d{0,8}$/.test(query.before ?? '') ? Number(query.before) : undefined
  const found = await publishedProposals(sql, { category, before, limit: PAGE_SIZE + 1 })
  const body = view(visit, found.slice(0, PAGE_SIZE), { category, hasMore: found.length > PAGE_SIZE })
  return { kind: 'page', title: t('proposals.title'), description: t('proposals.lead'), body }
}

type Shown = { category: string | undefined; hasMore: boolean }

function view(visit: PublicVisit, proposals: readonly PublicProposal[], { category, hasMore }: Shown): Html {
  const { t } = visit
  const last = proposals.at(-1)
  const older = last && new URLSearchParams({ ...(category && { category }), before: String(last.id) })
  return html`
<main class="document">
  <h1>${t('proposals.title')}</h1>
  <p class="lead">${t('proposals.lead')}</p>
  <p><a class="choice strong" href="/?start=predlog">${t('proposals.write')}</a></p>
  <nav class="filter" aria-label="${t('proposals.subject')}">${filterLink(t('proposals.all'), '/proposals', category === undefined)}${CATEGORIES.map(
    id => filterLink(t(`feedback.category.${id}`), `/proposals?category=${id}`, id === category),
  )}</nav>
  ${proposals.length === 0 && html`<p>${t('proposals.none')}</p>`}
  ${proposals.map(proposal => proposalView(visit, proposal))}
  ${hasMore && older && html`<p><a href="/proposals?${older.toString()}">${t('proposals.older')}</a></p>`}
  <p><a class="back" href="/">${t('web.backToChat')}</a></p>
</main>`
}

function filterLink(label: string, href: string, isCurrent: boolean): Html {
  return html`<a href="${href}" ${isCurrent && html`aria-current="true"`}>${label}</a>`
}

/** People's own words stay as they wrote them. */
function proposalView(visit: PublicVisit, proposal: PublicProposal): Html {
  const { t, contentLanguage, inScript } = visit
  const { reference, category, text, language, state, answer, photoId, photoName } = proposal
  const said = answer && textIn(answer, contentLanguage)
  return html`<article class="proposal" id="${reference}"><h2>${categoryName(category, t)} <span class="small">${shownReference(reference)} · ${monthOf(proposal.month)}</span></h2>
<p lang="${language}">${text}</p>
${photoId && photoName && html`<p class="photo"><img src="${urlOf({ id: photoId, name: photoName })}" alt="${t('proposals.photoAlt')}" loading="lazy"></p>`}
<p class="small"><strong>${t(`feedback.state.${state}`)}</strong></p>
${said && html`<blockquote>${contentLanguage === 'sr' ? inScript(said) : said}</blockquote>`}</article>`
}

/** 11/2026: the day would say more about who wrote it than anybody needs. */
function monthOf(iso: string): string {
  return `${Number(iso.slice(5, 7))}/${iso.slice(0, 4)}`
}
