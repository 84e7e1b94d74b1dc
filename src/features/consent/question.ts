// Nothing of what people do when they take part (votes, answers of surveys, proposals, registrations, weekly
// clips, progress in learning) is kept before they agreed to it. A topic asks like this, in the place where
// the first such thing begins:
//
//   loads: () => [{ kind: 'consents' }],
//   handle(state, input, context) {
//     if (needsConsent(context, 'participation'))
//       return reply(state, consentQuestion(context, state.language, 'v:12:yes'))
//     return { state, messages: [], effects: [{ kind: 'vote', poll: '12', option: 'yes' }] }
//   }
//
// Who agrees goes on as if `v:12:yes` had been pressed: nothing has to be remembered. A consent can be taken
// back at any time, so every press asks again, and so does whatever goes on by itself (weekly clips), each time.
// The table in which it is kept has `expire` in the registry of personal tables.
import type { Language } from '../../core/model/content.ts'
import type { Effect, Purpose } from '../../core/model/effect.ts'
import type { Button, Outbound } from '../../core/model/message.ts'
import { TOKEN_MAX } from '../../core/model/message.ts'
import type { Context, Translate } from '../../core/model/topic.ts'
import { textBlock } from '../../core/text/rich.ts'

/** Names the wording of the question; change it with the sentences `consent.question` and `consent.age`. */
export const PARTICIPATION_VERSION = '2026-11'
/** Begins the press of whoever agrees; what they wished follows. */
export const AGREE = 'ok:'
/** Also of whoever is too young: they are told the same, so that what is kept of the chat tells nobody's age. */
export const NO = 'consent:no'
export const TAKE_BACK = 'consent:back'
/** The longest token that can be wished: with `ok:` in front it must still be one. */
export const WISHED_TOKEN_MAX = TOKEN_MAX - AGREE.length

/** The effect of agreeing. */
export const AGREEING: Effect = {
  kind: 'give-consent',
  purpose: 'participation',
  version: PARTICIPATION_VERSION,
}

/** Whether the person must be asked first. The topic loads `{ kind: 'consents' }`, or everybody is asked. */
export function needsConsent({ data }: Context, purpose: Purpose): boolean {
  return !data.consents?.includes(purpose)
}

/**
 * Asks whether what the person is about to do may be kept, and whether they are old enough to say so alone.
 * `wishedToken` (at most WISHED_TOKEN_MAX characters) is pressed for them once they agree.
 */
export function consentQuestion(context: Context, language: Language, wishedToken: string): Outbound {
  const t = context.sentences(language)
  const days = context.settings.retentionDays.participation
  return {
    blocks: [textBlock(t('consent.question', { days }), '', t('consent.age'))],
    buttons: [
      { label: t('consent.agree'), token: `${AGREE}${wishedToken}` },
      { label: t('consent.young'), token: NO },
      { label: t('consent.no'), token: NO },
    ],
  }
}

/** The way back, for messages of topics that load `{ kind: 'consents' }`; empty if there is nothing to take back. */
export function takeBackButtons(context: Context, t: Translate): Button[] {
  return needsConsent(context, 'participation') ? [] : [{ label: t('consent.takeBack'), token: TAKE_BACK }]
}
