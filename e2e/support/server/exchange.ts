import { request } from "node:http";
import { connect } from "node:net";

/** An answer with its body as text. */
export type Exchanged = {
  status: number;
  type: string | null;
  text: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** How long an answer may take: longer is a hang. */
const PATIENCE_MS = 60_000;

/** Sends a request as it is given, without what a browser or fetch would mend first. */
export function exchange(
  baseURL: string,
  {
    method,
    target,
    headers = {},
    body = null,
  }: { method: string; target: string; headers?: Record<string, string>; body?: Buffer | null },
): Promise<Exchanged> {
  const { hostname, port } = new URL(baseURL);
  return new Promise((resolve, reject) => {
    const sent = request({
      hostname,
      port,
      method,
      path: target,
      headers: { ...headers, ...(body !== null && { "content-length": body.length }) },
      timeout: PATIENCE_MS,
    });
    sent.once("timeout", () => sent.destroy(new Error(`${method} ${target} hangs`)));
    sent.once("error", reject);
    sent.once("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers["content-type"] ?? null,
          text: Buffer.concat(parts).toString("utf8"),
          headers: response.headers,
        }),
      );
    });
    sent.end(body ?? undefined);
  });
}

/** Sends bytes that need not be HTTP. @returns all that comes back until the connection closes */
export function exchangeBytes(baseURL: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(baseURL);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes, "latin1"));
    const parts: Buffer[] = [];
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`${bytes} hangs`)));
    socket.on("data", (part: Buffer) => parts.push(part));
    socket.once("error", reject);
    socket.once("close", () => resolve(Buffer.concat(parts).toString("latin1")));
  });
}
