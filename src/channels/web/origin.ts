// Who may write in a person's name: our own page and the sites that embed the chat. Pure.

/** Where a request says it comes from, as far as the chat cares. */
export type Caller = 'own' | 'embed' | 'foreign'

/**
 * Judges an Origin header. Absent means a program or an old browser, which carries no one else's
 * cookie by accident; `host` is the Host header, so that every name of the server counts as its own.
 */
export function callerOf(
  origin: string | undefined,
  own: { host: string | undefined; publicUrl: string },
  embedders: readonly string[],
): Caller {
  if (origin === undefined) return 'own'
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (!url) return 'foreign'
  if (url.host === own.host || url.origin === new URL(own.publicUrl).origin) return 'own'
  return embedders.includes(url.origin) ? 'embed' : 'foreign'
}
