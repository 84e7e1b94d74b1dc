// One request as the pages see it.
import type { FastifyRequest } from 'fastify'
import { contentLanguage } from '../core/text/page-language.ts'
import type { Form } from './form.ts'
import { csrfField } from './frame.ts'
import type { Visit } from './page.ts'
import type { Session } from './sessions.ts'
import { phrasesIn, type Shell, scriptFor } from './shell.ts'

export function visitOf(
  shell: Shell,
  request: FastifyRequest,
  { session, form, csrf }: { session: Session; form: Form; csrf: string },
): Visit {
  const { account, hash } = session
  const { language } = account
  const query = request.query as Record<string, string | string[]>
  return {
    account,
    sessionHash: hash,
    t: phrasesIn(shell, language),
    language,
    timeZone: shell.city.timeZone,
    contentLanguage: contentLanguage(language),
    inScript: scriptFor(shell, language),
    params: request.params as Record<string, string>,
    query: Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, String([value].flat().at(-1) ?? '')]),
    ),
    form: form.fields,
    all: form.all,
    uploads: form.uploads,
    csrf: csrfField(csrf),
    now: new Date(),
    isPart: request.headers['hx-request'] === 'true',
  }
}
