// A closed loop: each worker waits for the reply to its message before it writes the next.

export type Load = { updates: number; chats: number; atOnce: number }
export type Speed = { perSecond: number; p50Ms: number; p99Ms: number }

/** Runs `turn(worker, number)`, which resolves when the reply is there, `updates` times. */
export async function drive(
  { updates, atOnce }: Load,
  turn: (worker: number, number: number) => Promise<void>,
): Promise<Speed> {
  const latencies: number[] = []
  let left = updates
  const worker = async (number: number) => {
    for (let count = 0; left-- > 0; count++) {
      const began = performance.now()
      await turn(number, count)
      latencies.push(performance.now() - began)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, (_, number) => worker(number)))
  const seconds = (performance.now() - began) / 1000
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { perSecond: updates / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** What people ask in the benches. */
export const QUESTIONS = [
  'ko popravlja uličnu rasvetu',
  'sta je zbor gradjana',
  'како да тражим информацију од града',
  'ko je zaduzen za vodovod',
  'kad je javna rasprava o budzetu',
  'who maintains the local roads',
]

export function questionOf(number: number): string {
  return QUESTIONS[number % QUESTIONS.length] ?? ''
}

export function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
