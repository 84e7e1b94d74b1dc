// One request as the pages see it.
import type { FastifyRequest } from 'fastify'
import { contentLanguage } from '../core/text/page-language.ts'
import { storableText } from '../platform/db/storable.ts'
import type { Form } from './form.ts'
import { csrfField } from './frame.ts'
import type { Section, Visit } from './page.ts'
import type { Session } from './sessions.ts'
import { phrasesIn, type Shell, scriptFor } from './shell.ts'

export function visitOf(
  shell: Shell,
  request: FastifyRequest,
  {
    session,
    form,
    csrf,
    sections,
  }: { session: Session; form: Form; csrf: string; sections: readonly Section[] },
): Visit {
  const { account, hash } = session
  const { language } = account
  return {
    account,
    sessionHash: hash,
    t: phrasesIn(shell, language),
    language,
    timeZone: shell.city.timeZone,
    contentLanguage: contentLanguage(language),
    inScript: scriptFor(shell, language),
    inCyrillic: scriptFor(shell, 'sr-Cyrl'),
    params: lastOfEach(request.params),
    query: lastOfEach(request.query),
    form: form.fields,
    all: form.all,
    uploads: form.uploads,
    sections,
    csrf: csrfField(csrf),
    now: new Date(),
    isPart: request.headers['hx-request'] === 'true',
  }
}

/** What an address holds, by name; of a name that comes twice the last counts. */
function lastOfEach(given: unknown): Record<string, string> {
  const entries = Object.entries(given as Record<string, string | string[]>)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, storableText(String([value].flat().at(-1) ?? ''))]),
  )
}
