import { connect, createServer, type Socket } from "node:net";

/** A way to the database that a test may shut: connections end, and new ones are refused. */
export type Door = { url: string; shut(): Promise<void> };

/** Opens a door to the database of this address, on a port of its own. */
export async function doorTo(url: string): Promise<Door> {
  const to = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const behind = connect(Number(to.port), to.hostname);
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => (other.destroy(), open.delete(one)));
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String((server.address() as { port: number }).port);
  return {
    url: through.href,
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
