import { Agent, request } from "node:http";

/** An answer of the API, with its body read. */
type Answer<T> = { status: number; body: T };

/** A caller of the API with one key, over one or more connections that stay open. */
export type Api = {
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body: unknown): Promise<Answer<T>>;
  put<T>(path: string, body: unknown): Promise<Answer<T>>;
  close(): void;
};

/** `POST /api/v1/events`: what it says of a batch. */
export type Taken = {
  accepted: number;
  duplicates: number;
  rejected: { index: number; code: string; message: string }[];
  warnings: { index: number; code: string; message: string; path: string }[];
};

/**
 * Calls the API as a shop's backend does.
 * @param connections how many calls may be under way at once; more wait for their turn
 */
export function apiOf(baseURL: string, key: string, connections = 1): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const call = <T>(method: "GET" | "POST" | "PUT", path: string, body?: unknown) =>
    new Promise<Answer<T>>((resolve, reject) => {
      const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const sent = request(new URL(`/api/v1${path}`, baseURL), {
        method,
        agent,
        headers: {
          authorization: `Bearer ${key}`,
          ...(payload && { "content-type": "application/json", "content-length": payload.length }),
        },
      });
      sent.once("error", reject);
      sent.once("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("error", reject);
        response.once("end", () => {
          try {
            resolve({
              status: response.statusCode ?? 0,
              body: JSON.parse(Buffer.concat(parts).toString("utf8")) as T,
            });
          } catch (error) {
            reject(error);
          }
        });
      });
      sent.end(payload);
    });
  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    close: () => agent.destroy(),
  };
}
