// The buttons of polls: what each token means. The inner token of a consent has at most 21 characters.
//   p                  the list
//   p:<poll>           show it
//   p:<poll>:<option>  choose, :-<option> not any more, :ok done choosing, :x take the vote back, :go write it
// Every press says what holds from now on, so pressing twice changes nothing.

export type Wish =
  | { kind: 'list' }
  | { kind: 'show' | 'begin' | 'done' | 'withdraw'; pollId: number }
  | { kind: 'choose'; pollId: number; option: string; on: boolean }

/** Ids of the database's integers. */
const ID = /^[1-9]\d{0,8}$/
const OPTION = /^-?[a-z0-9]{1,8}$/

/** The wish a token stands for; undefined for tokens that aren't a poll's, or that no message ever had. */
export function wishOf(token: string): Wish | undefined {
  const [prefix, id = '', choice, ...rest] = token.split(':')
  if (prefix !== 'p' || rest.length) return undefined
  if (token === 'p') return { kind: 'list' }
  if (!ID.test(id)) return undefined
  const pollId = Number(id)
  switch (choice) {
    case undefined:
      return { kind: 'show', pollId }
    case 'go':
      return { kind: 'begin', pollId }
    case 'ok':
      return { kind: 'done', pollId }
    case 'x':
      return { kind: 'withdraw', pollId }
    default:
      if (!OPTION.test(choice)) return undefined
      return { kind: 'choose', pollId, option: choice.replace('-', ''), on: !choice.startsWith('-') }
  }
}

/** The poll that a link opens: ?start=p-12. */
export function pollOfPayload(payload: string | undefined): number | undefined {
  const id = payload?.startsWith('p-') ? payload.slice(2) : ''
  return ID.test(id) ? Number(id) : undefined
}

export const LIST_TOKEN = 'p'

/** The token that begins a survey or goes on with it. */
export function surveyToken(pollId: number): string {
  return `s:${pollId}`
}

/** The token of a wish about one poll. */
export function pollToken(pollId: number, choice?: string): string {
  return choice === undefined ? `p:${pollId}` : `p:${pollId}:${choice}`
}
