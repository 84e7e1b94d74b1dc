// HTTP of the web chat, put together.
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import type { Receive } from '../channel.ts'
import type { Feed } from './feed.ts'
import { addMessageRoute } from './messages.ts'
import { addChatPage, addEmbedRoute } from './pages.ts'
import { addPhotoRoute } from './photos.ts'
import type { Site, WebOptions } from './site.ts'
import { addStreamRoute, addSuggestRoute } from './stream.ts'

/** Adds every route of the web chat to the server; cookies and forms are read for these alone. */
export function addRoutes(
  app: FastifyInstance,
  options: WebOptions & { receive: Receive; feed: Feed },
): void {
  const site: Site = options
  app.register(async scope => {
    await scope.register(cookie)
    await scope.register(formbody)
    addMessageRoute(scope, site)
    addPhotoRoute(scope, site)
    addStreamRoute(scope, site)
    addSuggestRoute(scope, site)
    addChatPage(scope, site)
    addEmbedRoute(scope, site)
  })
}
