/** Enough for everybody who writes within minutes; memory stays small. */
const REMEMBERED_MAX = 10_000

/** Keeps a value under a key; the oldest of more than 10,000 is forgotten. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= REMEMBERED_MAX) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
