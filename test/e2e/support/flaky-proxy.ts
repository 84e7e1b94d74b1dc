// A bad network between browser and server: cuts what flows, or refuses everything for a while.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface FlakyProxy {
  url: string
  /** Cuts every connection; new ones are let through. */
  cut(): void
  /** Cuts and refuses until `up`. */
  down(): void
  up(): void
  stop(): Promise<void>
}

/** Stands in front of the server at `target`. */
export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let refusing = false
  const server = createServer(client => {
    if (refusing) {
      client.destroy()
      return
    }
    const upstream = connect({ host: hostname, port: Number(port) })
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    down() {
      refusing = true
      cut()
    },
    up() {
      refusing = false
    },
    async stop() {
      const closed = new Promise(resolve => server.close(resolve))
      cut()
      await closed
    },
  }
}
