// What Prometheus may read. Each part of the program registers its own figures here; labels never name a
// person. README.md lists them all.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The registry of this process. */
export const metrics = new Registry()

/** Seconds from a request's arrival to its last byte, by route pattern (never by address) and status. */
export const requestSeconds = new Histogram({
  name: 'http_request_seconds',
  help: 'Time to answer HTTP requests',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  registers: [metrics],
})

/** Something that is counted; each label has a handful of values. */
export function counter<Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
): Counter<Label> {
  return new Counter({ name, help, labelNames, registers: [metrics] })
}

/** A state that is read whenever somebody asks; of several applications in one process the last one is read. */
export function gauge<Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  read: () => Promise<{ labels: Record<Label, string>; value: number }[]>,
): void {
  metrics.removeSingleMetric(name)
  new Gauge({
    name,
    help,
    labelNames,
    registers: [metrics],
    async collect() {
      const values = await read().catch(() => [])
      this.reset()
      for (const { labels, value } of values) this.set(labels, value)
    },
  })
}

/** Adds memory, processor and event-loop figures; called again it does nothing. */
export function measureProcess(): void {
  if (!metrics.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics({ register: metrics })
}
