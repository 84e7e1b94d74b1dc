// Whoever sends an activity says where its answer goes. An answer carries our token and what people asked,
// so it goes to Microsoft only.

/**
 * Where the connectors of Microsoft's public cloud are: https://learn.microsoft.com/azure/bot-service and,
 * for Teams, https://learn.microsoft.com/microsoftteams/platform/bots. `*` stands for a part of the name.
 * Under trafficmanager.net anybody may have a name, so only this one is Microsoft's connector.
 */
export const MICROSOFT_SERVICE_URLS = [
  'https://*.botframework.com',
  'https://smba.trafficmanager.net',
  'https://*.teams.microsoft.com',
] as const

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const URL_MAX = 1000

/** Whether activities may be answered there. `loopback`: also on this machine, whatever the port. */
export function isServiceUrlAllowed(
  serviceUrl: string,
  { allowList, loopback }: { allowList: readonly string[]; loopback: boolean },
): boolean {
  const url = serviceUrl.length > URL_MAX ? null : URL.parse(serviceUrl)
  if (!url || url.username || url.password || url.search || url.hash) return false
  if (loopback && /^https?:$/.test(url.protocol) && LOOPBACK.has(url.hostname)) return true
  return allowList.some(pattern => matches(url.origin, pattern))
}

/** `https://*.a.example` allows every name below a.example, not a.example itself. */
function matches(origin: string, pattern: string): boolean {
  const [scheme, domain] = pattern.split('*.')
  if (domain === undefined || scheme === undefined) return origin === pattern
  return origin.startsWith(scheme) && origin.endsWith(`.${domain}`)
}
