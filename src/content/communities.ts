// content/communities.csv: the local communities, as far as the city has named them.
import type { Community } from '../core/model/content.ts'
import { type CsvReader, readCsv } from './csv.ts'

const FILE = 'communities.csv'
const COLUMNS = ['id', 'name', 'confirmed']
/** Longest name: some channels cut longer buttons. */
const NAME_MAX = 40

/** Reads the communities; a missing file means none. A row with a mistake is reported and left out. */
export async function loadCommunities(reader: CsvReader): Promise<Community[]> {
  const { items } = await readCsv<Community>(reader, FILE, COLUMNS, (cells, before) => {
    const community = communityOf(cells)
    return typeof community === 'string' ? community : (clash(community, before) ?? community)
  })
  return items
}

/** A row as a community, or what is wrong with it. */
function communityOf([id = '', name = '', confirmed = '']: string[]): Community | string {
  if (!/^mz-\d{2}$/.test(id)) return `${id || 'the id'} is no id like mz-01`
  if (confirmed !== 'true' && confirmed !== 'false') return 'confirmed must be true or false'
  if (confirmed === 'true' && !name) return 'a confirmed community needs its name'
  if (name.length > NAME_MAX) return `the name has more than ${NAME_MAX} characters`
  if (/\p{Script=Cyrillic}/u.test(name)) return 'the name must be in Latin script; Cyrillic is made from it'
  return { id, name, confirmed: confirmed === 'true' }
}

function clash({ id, name }: Community, before: readonly Community[]): string | undefined {
  if (id <= (before.at(-1)?.id ?? '')) return 'ids must go up, each once'
  if (name && before.some(other => other.name === name)) return `${name} is listed twice`
  return undefined
}
