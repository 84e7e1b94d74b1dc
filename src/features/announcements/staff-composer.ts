// The page of a draft: gathers what the composer shows.
import type { Html } from '../../platform/html/html.ts'
import { html } from '../../platform/html/html.ts'
import type { Answer, Visit } from '../../staff/index.ts'
import { lintTexts } from './lint.ts'
import type { Announcement } from './model.ts'
import { ownChat } from './own-chat.ts'
import { renderedFor } from './plan.ts'
import { composerForm, type Offer, problemText } from './staff-composer-view.ts'
import type { AnnouncementDesk } from './staff-desk.ts'
import { type Draft, messageOf, type Problem } from './staff-draft.ts'
import { type Look, lookView } from './staff-look-view.ts'
import { sendCards } from './staff-send-view.ts'
import { reachOf, sameTextAs } from './warnings.ts'

export type Composing = { draft: Draft; announcement?: Announcement; problem?: Problem }

/** The form, what can be done with what is saved, and what it would look like. */
export async function composerPage(
  desk: AnnouncementDesk,
  visit: Visit,
  { draft, announcement, problem }: Composing,
): Promise<Answer> {
  const { t } = visit
  const offer = await offerOf(desk)
  const look = await lookPart(desk, visit, draft)
  const cards = announcement ? await cardsOf(desk, visit, announcement) : firstSave(visit)
  const body = html`<p><a href="/console/announcements">${t('console.announcements.back')}</a></p>
${problemText(visit, problem)}<div class="columns even">${composerForm(visit, desk, { draft, offer })}
<div id="look" class="look" aria-live="off">${look}</div><div>${cards}</div></div>`
  const title = t(announcement ? 'console.announcements.one' : 'console.announcements.new')
  return { kind: 'page', title, body, wide: true, status: problem ? 422 : 200 }
}

async function offerOf({ plugs, database: { sql } }: AnnouncementDesk): Promise<Offer> {
  return {
    workshops: (await plugs.workshops?.(sql)) ?? [],
    polls: (await plugs.polls?.(sql)) ?? [],
    clips: (await plugs.clips?.(sql)) ?? [],
  }
}

async function cardsOf(desk: AnnouncementDesk, visit: Visit, announcement: Announcement): Promise<Html> {
  const chat = await ownChat(desk.database.sql, visit.account)
  return sendCards(visit, { announcement, chat, approvalAbove: desk.settings().approvalAbove })
}

function firstSave({ t }: Visit): Html {
  return html`<p class="hint">${t('console.announcements.picture.first')}</p>`
}

/** How many people it would reach, what to look at once more, and its looks. */
export async function lookPart(desk: AnnouncementDesk, visit: Visit, draft: Draft): Promise<Html> {
  const looker = { publicUrl: desk.publicUrl, translator: desk.knowledge().sentences }
  return lookView(visit, await lookOf(desk, visit, draft), looker)
}

async function lookOf(desk: AnnouncementDesk, { now }: Visit, draft: Draft): Promise<Look> {
  const { id, texts, audience, attached, look } = draft
  const message = messageOf(draft)
  const rendered = message && (await renderedFor(desk, { message, attached }))
  return {
    reach: await reachOf(desk, audience, now),
    lints: lintTexts(texts),
    sameText: message ? await sameTextAs(desk, { message, except: id, now }) : [],
    message: rendered?.[look],
  }
}
