// What a draft would be for its readers: how many they are, what to look at once more, what it looks like.
import type { Outbound } from '../../core/model/message.ts'
import { channelName } from '../../core/text/channel-name.ts'
import { type Html, html } from '../../platform/html/html.ts'
import { type Looker, messagePreviews, moment, number, type Visit } from '../../staff/index.ts'
import type { Lint } from './lint.ts'
import type { Reach, SameText } from './warnings.ts'

export type Look = {
  /** Absent: the workshop of the audience does not exist. */
  reach?: Reach
  lints: readonly Lint[]
  sameText: readonly SameText[]
  /** Absent: nothing is written yet, or something that is attached is gone. */
  message?: Outbound
}

/** The part beside the form. */
export function lookView(visit: Visit, look: Look, looker: Omit<Looker, keyof Visit>): Html {
  const { reach, message } = look
  return html`${reach && reachCard(visit, reach)}${warnings(visit, look)}${
    message && messagePreviews(message, { ...visit, ...looker })
  }`
}

function reachCard(visit: Visit, { recipients, byChannel, unreachable, viber }: Reach): Html {
  const { t } = visit
  const count = (value: number) => number(visit, value)
  return html`<section class="card"><h2>${t('console.announcements.reach.title')}</h2>
${
  recipients > 0
    ? html`<p class="reach">${t('console.announcements.reach.recipients', { count: count(recipients) })}</p>`
    : html`<p class="warning">${t('console.announcements.reach.nobody')}</p>`
}
<p class="badges">${Object.entries(byChannel).map(
    ([channel, people]) => html`<span class="badge">${channelName(channel, t)} ${count(people)}</span> `,
  )}</p>
${unreachable > 0 && html`<p class="hint">${t('console.announcements.reach.unreachable', { count: count(unreachable) })}</p>`}
${viber && html`<p class="hint">${t('console.announcements.reach.viber', { ...viber, cost: number(visit, viber.cost, 2) })}</p>`}
${viber && viber.beyond > 0 && html`<p class="warning">${t('console.announcements.reach.beyond', { count: count(viber.beyond) })}</p>`}</section>`
}

function warnings(visit: Visit, { lints, sameText }: Look): Html {
  const { t } = visit
  const said = [
    ...lints.map(({ code, language }) =>
      t(`console.announcements.lint.${code}`, {
        language: t(`console.announcements.audience.language.${language}`),
      }),
    ),
    ...sameText.map(({ at }) => t('console.announcements.sameText', { at: moment(visit, new Date(at)) })),
  ]
  return html`${said.map(text => html`<p class="warning">${text}</p>`)}`
}
