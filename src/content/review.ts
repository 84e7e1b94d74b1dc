// Two pages for people outside: what a lawyer must check, and what the city must still supply.
import type { Content, Fact } from '../core/model/content.ts'

/** Markdown for the lawyer: every unverified (B) fact with the answers that rest on it. */
export function lawyerPage(content: Content, facts: readonly Fact[]): string {
  const open = facts.filter(({ confidence }) => confidence === 'B')
  return page(
    'Za pravnika: šta treba proveriti',
    'Činjenice iz opšteg znanja (B). Svaka se potvrđuje ili ispravlja.',
    open,
    content,
  )
}

/** Markdown for the city: every missing (GAP) fact with the answers that wait for it. */
export function cityPage(content: Content, facts: readonly Fact[]): string {
  const open = facts.filter(({ confidence }) => confidence === 'GAP')
  return page(
    'Za grad: šta treba dostaviti',
    'Podaci kojih nema (GAP). Odgovori su bez njih nepotpuni.',
    open,
    content,
  )
}

function page(heading: string, lead: string, facts: readonly Fact[], content: Content): string {
  const rows = facts.map(fact => row(fact, usersOf(fact, content)))
  return [`# ${heading}`, '', `${lead} Ukupno: ${facts.length}.`, '', ...rows, ''].join('\n')
}

/** Titles of the answers, guides and clips that rest on a fact or wait for it. */
function usersOf({ id }: Fact, { entries, guides, clips }: Content): string[] {
  const answers = entries.filter(({ facts, gaps }) => [...facts, ...gaps].includes(id))
  const mechanisms = guides.filter(({ facts, gaps, deadlines }) =>
    [...facts, ...gaps, ...deadlines.flatMap(deadline => deadline.facts)].includes(id),
  )
  const films = clips.filter(({ facts }) => facts.includes(id))
  return [...answers, ...mechanisms, ...films].map(({ texts }) => texts.sr.title)
}

function row(fact: Fact, users: readonly string[]): string {
  const law = fact.law ? ` (${fact.law})` : ''
  const where = users.map(title => `„${title}“`).join(', ') || 'nijedan odgovor'
  return `- [ ] ${fact.text}${law} — ${where} \`${fact.id}\``
}
