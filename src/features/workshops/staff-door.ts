// The page for the phone of whoever stands at the door: a code is typed or scanned, people without a registration
// are counted. Without a script, and on phones that read no codes, everything is typed; a code that the phone's
// own camera reads opens this page with it.
import { textIn } from '../../core/model/workshop.ts'
import { type Html, html } from '../../platform/html/html.ts'
import type { Answer, StaffPage, Visit } from '../../staff/index.ts'
import { addWalkInsAs, admitAs } from './deeds.ts'
import { type Arrival, TICKET_LENGTH } from './seats.ts'
import { actorOf, MAY_WRITE, onWorkshop, refusedPage, type StaffParts, speakerOf } from './staff-parts.ts'
import { walkInForm } from './staff-views.ts'
import { readWorkshop, type WorkshopRecord } from './store.ts'
import { whenWords } from './words.ts'

export function doorPages(parts: StaffParts): StaffPage[] {
  const shared = { section: 'workshops', roles: MAY_WRITE } as const
  return [
    {
      ...shared,
      method: 'GET',
      path: '/console/workshops/:id/door',
      camera: true,
      handle: visit => onWorkshop(parts, visit, async workshop => page(parts, visit, workshop)),
    },
    {
      ...shared,
      method: 'POST',
      path: '/console/workshops/:id/door',
      camera: true,
      handle: visit => onWorkshop(parts, visit, workshop => arrive(parts, visit, workshop)),
    },
    {
      ...shared,
      method: 'POST',
      path: '/console/workshops/:id/walk-ins',
      handle: visit => countWalkIns(parts, visit),
    },
  ]
}

async function arrive(parts: StaffParts, visit: Visit, workshop: WorkshopRecord): Promise<Answer> {
  const arrival = await admitAs(actorOf(parts, visit), workshop.id, visit.form.code ?? '')
  const after = (await readWorkshop(parts.database.sql, workshop.id)) ?? workshop
  if (visit.isPart) return { kind: 'part', body: doorView(visit, after, arrival) }
  return page(parts, visit, after, arrival)
}

async function countWalkIns(parts: StaffParts, visit: Visit): Promise<Answer> {
  return onWorkshop(parts, visit, async ({ id }) => {
    const count = Number(/^-?\d{1,3}$/.exec(visit.form.count ?? '')?.[0] ?? 0)
    const refused = await addWalkInsAs(actorOf(parts, visit), id, count)
    if (refused) return refusedPage(visit, refused.reason, `/console/workshops/${id}`)
    const back = visit.form.at === 'door' ? `/console/workshops/${id}/door` : `/console/workshops/${id}`
    return { kind: 'redirect', to: back, done: 'console.workshops.done.walkIns' }
  })
}

function page(parts: StaffParts, visit: Visit, workshop: WorkshopRecord, arrival?: Arrival): Answer {
  const { t, inScript } = visit
  const speaker = speakerOf(parts, visit)
  const title = inScript(textIn(workshop.title, speaker.language))
  const body = html`<p class="quiet"><a href="/console/workshops/${workshop.id}">${title}</a> · ${inScript(whenWords(workshop, speaker))}</p>
<section class="card" data-scan hidden><video data-scan-video playsinline muted></video>
<p class="row tools"><button type="button" class="primary" data-scan-start>${t('console.workshops.camera')}</button></p>
<p class="hint" role="status" data-scan-status data-blocked="${t('console.workshops.cameraBlocked')}"></p></section>
${doorView(visit, workshop, arrival)}
${walkInForm(visit, workshop, 'door')}
<p class="hint">${t('console.workshops.doorHint')} <code>${workshop.doorCode}</code></p>`
  return { kind: 'page', title: t('console.workshops.door'), body }
}

/** The part that changes with each arrival. */
function doorView(visit: Visit, workshop: WorkshopRecord, arrival?: Arrival): Html {
  const { t, csrf, query } = visit
  const { id, seats } = workshop
  const expected = seats.confirmed + seats.offered + seats.attended
  // After an arrival the field is empty for the next.
  const code = arrival ? '' : (query.code ?? '').slice(0, 20)
  return html`<section id="door" class="card door" aria-live="polite">${arrival && arrivalView(visit, arrival)}
<form method="post" action="/console/workshops/${id}/door" class="row" data-scan-form hx-post="/console/workshops/${id}/door" hx-target="#door" hx-swap="outerHTML">${csrf}
<label>${t('console.workshops.ticket')}<input name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" class="ticket" value="${code}" autofocus aria-describedby="ticket-hint"></label>
<button class="primary">${t('console.workshops.letIn')}</button></form>
<p class="hint" id="ticket-hint">${t('console.workshops.ticketHint', { length: TICKET_LENGTH })}</p>
<p><strong>${t('console.workshops.arrived', { attended: seats.attended, expected })}</strong></p></section>`
}

function arrivalView({ t }: Visit, arrival: Arrival): Html {
  if (arrival.kind === 'welcome' || arrival.kind === 'already') {
    const { registrationId: number, guests, kind } = arrival
    const look = kind === 'welcome' ? 'done' : 'warning'
    const seats = t('workshop.seats', { count: guests + 1 })
    return html`<p class="${look} arrival">${t(`console.workshops.arrival.${kind}`, { number })} <strong>${seats}</strong></p>`
  }
  return html`<p class="problem arrival">${t(`console.workshops.arrival.${arrival.kind}`)}</p>`
}
