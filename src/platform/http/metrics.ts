// What Prometheus may read. Features register their own counters here; labels never name a person.
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

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

/** Adds memory, processor and event-loop figures; called again it does nothing. */
export function measureProcess(): void {
  if (!metrics.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics({ register: metrics })
}
