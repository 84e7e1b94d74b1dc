// Telegram refuses a whole message for one link it can't resolve, such as http://localhost:3000/…

const PRIVATE_HOST =
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$|\.(local|localhost|internal|lan)$/

/** The link as Telegram takes it for buttons and linked words; undefined if it would refuse it. */
export function publicUrl(href: string): string | undefined {
  const url = URL.parse(href)
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined
  if (!url.hostname.includes('.') || PRIVATE_HOST.test(url.hostname)) return undefined
  return /^[\x21-\x7e]+$/.test(href) ? href : url.href
}

/** A link from which Telegram itself can load a file. */
export function fetchableUrl(href: string): string | undefined {
  const url = publicUrl(href)
  return url?.startsWith('https:') ? url : undefined
}
