// The open questions in their groups, with what the matcher makes of each group now.
import type { Explanation } from '../answers/index.ts'
import type { Cluster } from './clusters.ts'
import { type Desk, served } from './desk.ts'
import { readDealt, readMisses } from './miss-store.ts'
import type { Workbench } from './workbench.ts'

/** Groups are computed again when a question or a decision has come or gone. */
const computed = new WeakMap<Workbench, { key: string; clusters: Cluster[] }>()

/** All groups that nobody has dealt with, most frequent first. */
export async function openClusters({ database: { sql }, workbench }: Desk): Promise<Cluster[]> {
  const [misses, dealt] = await Promise.all([readMisses(sql), readDealt(sql)])
  const decided = misses.filter(miss => miss.decided).length
  const key = [misses.length, misses[0]?.id, decided, dealt.length, dealt[0]?.at].join()
  const known = computed.get(workbench)
  if (known?.key === key) return known.clusters
  const clusters = await workbench.ask('cluster', { misses, dealt })
  computed.set(workbench, { key, clusters })
  return clusters
}

/** Why the first question of each group is decided as it is. */
export function explainClusters(
  desk: Desk,
  clusters: readonly Cluster[],
): Promise<(Explanation | undefined)[]> {
  const questions = clusters.flatMap(({ wordings: [first] }) =>
    first ? [{ q: first.question, language: first.language }] : [],
  )
  return desk.workbench.ask('explain', { content: served(desk), questions })
}
