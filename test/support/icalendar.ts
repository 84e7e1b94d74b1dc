// Reads iCalendar strictly, as RFC 5545 and 7986 say; throws at the first thing a calendar could stumble over.

export type Property = { name: string; parameters: Record<string, string>; value: string }
export type Component = { name: string; properties: Property[]; components: Component[] }

const TEXT_PROPERTIES = new Set([
  'SUMMARY',
  'DESCRIPTION',
  'LOCATION',
  'NAME',
  'X-WR-CALNAME',
  'PRODID',
  'UID',
  'METHOD',
  'STATUS',
])
const UTC = /^\d{8}T\d{6}Z$/

/** The calendar of a file. */
export function readCalendar(text: string): Component {
  if (!text.endsWith('\r\n')) throw new Error('the last line does not end')
  const raw = text.slice(0, -2).split('\r\n')
  for (const line of raw) {
    if (/[\r\n]/.test(line)) throw new Error('a line break that is not CRLF')
    if (Buffer.byteLength(line) > 75) throw new Error(`a line of ${Buffer.byteLength(line)} octets: ${line}`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    if (/[\x00-\x08\x0b-\x1f\x7f]/.test(line)) throw new Error('a control character')
  }
  const lines = raw
    .join('\r\n')
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
  const root = parse(lines, 0)
  if (root.next !== lines.length) throw new Error('something follows the calendar')
  checkCalendar(root.component)
  return root.component
}

function parse(lines: readonly string[], at: number): { component: Component; next: number } {
  const begin = propertyOf(lines[at] ?? '')
  if (begin.name !== 'BEGIN') throw new Error(`BEGIN is missing: ${lines[at]}`)
  const component: Component = { name: begin.value, properties: [], components: [] }
  for (let index = at + 1; index < lines.length; ) {
    const property = propertyOf(lines[index] ?? '')
    if (property.name === 'BEGIN') {
      const inner = parse(lines, index)
      component.components.push(inner.component)
      index = inner.next
    } else if (property.name === 'END') {
      if (property.value !== component.name) throw new Error(`END:${property.value} in ${component.name}`)
      return { component, next: index + 1 }
    } else {
      component.properties.push(property)
      index++
    }
  }
  throw new Error(`${component.name} does not end`)
}

function propertyOf(line: string): Property {
  const match = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/.exec(line)
  if (!match) throw new Error(`no property: ${line}`)
  const [, name = '', given = '', value = ''] = match
  const parameters = [...given.matchAll(/;([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)/g)]
  return {
    name: name.toUpperCase(),
    parameters: Object.fromEntries(
      parameters.map(([, key = '', said = '']) => [key, said.replaceAll('"', '')]),
    ),
    value: TEXT_PROPERTIES.has(name.toUpperCase()) ? unescaped(name, value) : value,
  }
}

function unescaped(name: string, value: string): string {
  if (!/^(?:[^\\;,]|\\[\\;,nN])*$/.test(value)) throw new Error(`${name} is not escaped: ${value}`)
  return value.replaceAll(/\\([\\;,nN])/g, (_, char: string) => (char.toLowerCase() === 'n' ? '\n' : char))
}

/** The value of a property that may be there once. */
export function propertyIn({ name, properties }: Component, property: string): string | undefined {
  const found = properties.filter(one => one.name === property)
  if (found.length > 1) throw new Error(`${property} stands ${found.length} times in ${name}`)
  return found[0]?.value
}

function needed(component: Component, property: string): string {
  const value = propertyIn(component, property)
  if (!value) throw new Error(`${component.name} has no ${property}`)
  return value
}

function checkCalendar(calendar: Component): void {
  if (calendar.name !== 'VCALENDAR') throw new Error(`a ${calendar.name}`)
  if (needed(calendar, 'VERSION') !== '2.0') throw new Error('another version')
  needed(calendar, 'PRODID')
  const seen = new Set<string>()
  for (const event of calendar.components) {
    if (event.name !== 'VEVENT') throw new Error(`a ${event.name}`)
    checkEvent(event)
    const uid = needed(event, 'UID')
    if (seen.has(uid)) throw new Error(`two events are ${uid}`)
    seen.add(uid)
    // iTIP (RFC 5546) asks for it with every method we use.
    if (propertyIn(calendar, 'METHOD')) needed(event, 'ORGANIZER')
  }
}

function checkEvent(event: Component): void {
  for (const property of ['DTSTAMP', 'DTSTART', 'DTEND', 'LAST-MODIFIED']) {
    const value = needed(event, property)
    if (!UTC.test(value)) throw new Error(`${property} is no moment in UTC: ${value}`)
  }
  if (needed(event, 'DTEND') <= needed(event, 'DTSTART')) throw new Error('it ends before it begins')
  needed(event, 'SUMMARY')
  if (!/^\d+$/.test(needed(event, 'SEQUENCE'))) throw new Error('SEQUENCE is no number')
  if (!/^(CONFIRMED|CANCELLED|TENTATIVE)$/.test(needed(event, 'STATUS'))) throw new Error('an unknown STATUS')
  const geo = propertyIn(event, 'GEO')
  if (geo && !/^-?\d+(\.\d+)?;-?\d+(\.\d+)?$/.test(geo)) throw new Error(`GEO is ${geo}`)
  const url = propertyIn(event, 'URL')
  if (url && !URL.canParse(url)) throw new Error(`URL is ${url}`)
}
