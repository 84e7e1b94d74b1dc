// A word to those who began a survey and have not finished it: once each, and staff never see who they are.
import type { Poll } from '../../core/model/poll.ts'
import { inEveryLanguage } from '../../core/text/in-every-language.ts'
import { mayDisturb } from '../../core/time/quiet.ts'
import { Refused } from '../../staff/index.ts'
import {
  type By,
  type DeedProblem,
  momentIn,
  onPoll,
  type Speaker,
  type Teller,
  tellByOutbox,
} from '../polls/index.ts'
import { reminderMessage } from './messages.ts'

/** Reminds them; refused at night, on days of silence, and for a survey that isn't open. */
export function remind(teller: Teller, by: By, surveyId: number): Promise<undefined | Refused<DeedProblem>> {
  const { content } = teller.knowledge()
  if (!mayDisturb(teller.settings(), content.city.timeZone, by.now.getTime()))
    return Promise.resolve(new Refused<DeedProblem>('state'))
  return onPoll(by, surveyId, ['open'], async (sql, note, survey) => {
    const tell = teller.tell ?? tellByOutbox
    await tell(sql, { pollId: surveyId, unfinished: true }, said(teller, survey))
    await sql`
      UPDATE survey_progress SET reminded_at = now()
      WHERE poll_id = ${surveyId} AND person_id IS NOT NULL AND NOT finished AND reminded_at IS NULL`
    // Not even how many there were.
    await note({ action: 'survey.remind', target: `poll ${surveyId}` })
    return undefined
  })
}

function said({ knowledge, settings, publicUrl }: Teller, survey: Poll) {
  const { content, sentences } = knowledge()
  const speaker: Speaker = { content, sentences, settings: settings(), publicUrl }
  return inEveryLanguage(language => {
    const until = survey.closesAt ? momentIn(survey.closesAt, language, speaker) : ''
    return reminderMessage(survey, language, until, speaker)
  }, content.city.protectedWords)
}
