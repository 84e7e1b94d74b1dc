// The buttons of surveys: what each token means.
//   s:<survey>                      begin, or go on where one stands; :x take all answers back
//   s:<survey>:<question>           show that question again (its place, from 1)
//   s:<survey>:<question>:<option>  answer, :-<option> not any more, :ok done choosing, :skip say nothing
// Every press says what holds from now on, so pressing twice changes nothing.

export type Wish =
  | { kind: 'enter'; pollId: number }
  | { kind: 'withdraw'; pollId: number }
  | { kind: 'show' | 'done' | 'skip'; pollId: number; position: number }
  | { kind: 'choose'; pollId: number; position: number; option: string; on: boolean }

const ID = /^[1-9]\d{0,8}$/
const POSITION = /^[1-9]\d?$/
const OPTION = /^-?[a-z0-9]{1,6}$/

/** The wish a token stands for; undefined for tokens that aren't a survey's, or that no message ever had. */
export function wishOf(token: string): Wish | undefined {
  const [prefix, id = '', place, choice, ...rest] = token.split(':')
  if (prefix !== 's' || !ID.test(id) || rest.length) return undefined
  const pollId = Number(id)
  if (place === undefined) return { kind: 'enter', pollId }
  if (place === 'x' && choice === undefined) return { kind: 'withdraw', pollId }
  return POSITION.test(place) ? atQuestion(pollId, Number(place), choice) : undefined
}

function atQuestion(pollId: number, position: number, choice: string | undefined): Wish | undefined {
  switch (choice) {
    case undefined:
      return { kind: 'show', pollId, position }
    case 'ok':
      return { kind: 'done', pollId, position }
    case 'skip':
      return { kind: 'skip', pollId, position }
    default:
      if (!OPTION.test(choice)) return undefined
      return {
        kind: 'choose',
        pollId,
        position,
        option: choice.replace('-', ''),
        on: !choice.startsWith('-'),
      }
  }
}

/** The survey that a link opens: ?start=s-12. */
export function surveyOfPayload(payload: string | undefined): number | undefined {
  const id = payload?.startsWith('s-') ? payload.slice(2) : ''
  return ID.test(id) ? Number(id) : undefined
}

/** The token of a wish about one question. */
export function questionToken(pollId: number, position: number, choice?: string): string {
  return choice === undefined ? `s:${pollId}:${position}` : `s:${pollId}:${position}:${choice}`
}

/** Takes all answers back. */
export function withdrawToken(pollId: number): string {
  return `s:${pollId}:x`
}
