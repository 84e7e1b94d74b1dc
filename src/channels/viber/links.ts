// Viber loads files itself and opens links in its own browser: both only over https.

/** The link in plain ASCII as Viber takes it; undefined for anything but a public https address. */
export function secureUrl(href: string, max: number): string | undefined {
  const url = URL.parse(href)
  if (url?.protocol !== 'https:' || !url.hostname.includes('.') || url.href.length > max) return undefined
  return /^[\x21-\x7e]+$/.test(href) ? href : url.href
}

/** The ending of a file's name or link in small letters, without the dot; empty if there is none. */
export function extensionOf(pathOrUrl: string): string {
  const path = URL.parse(pathOrUrl)?.pathname ?? pathOrUrl
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
}
