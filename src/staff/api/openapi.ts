// The description of the staff interface, made from the routes themselves.
import { z } from 'zod'
import type { ApiRoute } from './route.ts'

/** An OpenAPI 3.1 document. */
export function openApi(routes: readonly ApiRoute[], publicUrl: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Komšija', version: '1', description: 'What staff do in the console, for programs.' },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM },
    },
  }
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
  },
}

function operation(route: ApiRoute): object {
  const { summary, roles, body, reply, status = 200, problems = [] } = route
  const own = problems.length ? ` Problems of its own: ${problems.join(', ')}.` : ''
  return {
    summary,
    description: `Roles: ${[...new Set(['admin', ...roles])].join(', ')}.${own}`,
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(body && { requestBody: { required: true, content: json(z.toJSONSchema(body, { io: 'input' })) } }),
    responses: {
      [status]: { description: 'It worked.', content: json(z.toJSONSchema(reply)) },
      default: {
        description: 'A problem.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function json(schema: object): object {
  return { 'application/json': { schema } }
}

function pathParameters({ path }: ApiRoute): object[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters({ query }: ApiRoute): object[] {
  if (!query) return []
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' }) as {
    properties?: Record<string, object>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}
