import { createServer, type Server, type Socket } from "node:net"

/**
 * Stands between a client and a server and can cut the line at the worst moment: after the server has carried out what it was told
 * and before the client hears of it.
 */
export class CuttingProxy {
  /** How often the line was cut. */
  cuts = 0
  private cutting = false
  private readonly server: Server
  private readonly sockets = new Set<Socket>()

  private constructor(server: Server) {
    this.server = server
  }

  static async start(connect: () => Socket): Promise<CuttingProxy> {
    const server = createServer()
    const proxy = new CuttingProxy(server)
    server.on("connection", client => proxy.join(client, connect()))
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
    return proxy
  }

  get port(): number {
    const address = this.server.address()
    return typeof address === "object" && address !== null ? address.port : 0
  }

  /** The next answer of the server is lost, and the connection with it. */
  cutNextAnswer(): void {
    this.cutting = true
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise(done => this.server.close(done))
  }

  private join(client: Socket, server: Socket): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from)
      from.on("error", () => undefined)
      from.on("close", () => to.destroy())
    }
    client.on("data", bytes => server.write(bytes))
    server.on("data", bytes => {
      if (!this.cutting) return client.write(bytes)
      this.cutting = false
      this.cuts += 1
      return client.destroy()
    })
  }
}
