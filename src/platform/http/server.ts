// The one HTTP server of the process: limits, headers, errors, request log, health and figures.
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Log } from '../log.ts'
import { answerNotFound, createErrorHandler, sendProblem } from './errors.ts'
import { measureProcess, metrics, requestSeconds } from './metrics.ts'
import { hasBearer, setSecurityHeaders } from './security.ts'

/** Whether the process can do its work, and each thing it looked at. */
export type Health = { ready: boolean; checks: Record<string, string> }

export type HttpServerOptions = {
  log: Log
  /** A proxy stands in front: what it adds to the X-Forwarded-* headers is believed, what callers wrote isn't. */
  trustProxy: boolean
  /** Largest body in bytes. */
  bodyLimit?: number
  health: () => Promise<Health>
  /** With it, /metrics asks for `Authorization: Bearer`. */
  metricsToken?: string
}

const BODY_LIMIT = 1024 * 1024
/** A client that sends its request more slowly than this (ms) holds a connection for nothing. */
const REQUEST_TIMEOUT_MS = 30_000
const CLOSE_PATIENCE_MS = 2000

/** Builds the server; it listens when told. Routes are added by whoever has some. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { log, trustProxy, bodyLimit = BODY_LIMIT } = options
  measureProcess()
  const app = fastify({
    // The proxy alone: the last address of X-Forwarded-For is its own word, those before it are the caller's.
    trustProxy: trustProxy && ((_address, hop) => hop === 0),
    bodyLimit,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.addHook('onRequest', setSecurityHeaders)
  app.addHook('onResponse', async (request, reply) => {
    record(log, request, reply.statusCode, reply.elapsedTime)
  })
  app.setErrorHandler(createErrorHandler(log))
  app.setNotFoundHandler(answerNotFound)
  closeInTime(app)
  addHealthRoutes(app, options)
  return app
}

/**
 * On a stop, whoever waits for an answer gets it, for a moment; then every connection is cut. Browsers
 * keep spare connections on which nothing was ever asked: they count as busy and would hold up the stop.
 */
function closeInTime(app: FastifyInstance): void {
  const underWay = new Set<object>()
  app.addHook('onRequest', async (_request, { raw }) => {
    underWay.add(raw)
    raw.once('close', () => underWay.delete(raw))
  })
  app.addHook('preClose', async () => {
    if (!app.server.listening) return
    const deadline = Date.now() + CLOSE_PATIENCE_MS
    const timer = setInterval(() => {
      if (underWay.size === 0 || Date.now() > deadline) app.server.closeAllConnections()
    }, 20)
    app.server.once('close', () => clearInterval(timer))
  })
}

/** Neither the address asked for nor the caller is written down: both can name a person. */
function record(log: Log, request: FastifyRequest, status: number, ms: number): void {
  const route = request.routeOptions.url ?? 'unknown'
  requestSeconds.observe({ method: request.method, route, status }, ms / 1000)
  log.debug({ method: request.method, route, status, ms: Math.round(ms) }, 'request')
}

function addHealthRoutes(app: FastifyInstance, { health, metricsToken }: HttpServerOptions): void {
  app.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  )

  app.get('/readyz', async (_request, reply) => {
    const { ready, checks } = await health()
    const status = ready ? 'ready' : 'not-ready'
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, checks })
  })

  app.get('/metrics', async (request, reply) => {
    if (metricsToken && !hasBearer(request, metricsToken)) {
      reply.header('www-authenticate', 'Bearer')
      return sendProblem(reply, { status: 401, detail: 'The metrics need the token of METRICS_TOKEN.' })
    }
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}
