import type { HotHandler } from "./http";
import { MAX_BODY_BYTES } from "../schema";

/**
 * Mounts a hot path on the web's own Request and Response, for route files: the same function that
 * `server.ts` calls, where there is no `server.ts` in front.
 */
export async function answerWeb(request: Request, handler: HotHandler): Promise<Response> {
  const url = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const answer = await handler({
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: request.body ? await readUpTo(request.body, MAX_BODY_BYTES + 1) : undefined,
    // The nearest hop wrote the last entry; the ones before it are the sender's own words.
    ip: headers["x-forwarded-for"]?.split(",").at(-1)?.trim() || "unknown",
  });
  const answered = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) answered.append(name, one);
  }
  const hasNoBody = answer.status === 204 || request.method === "HEAD";
  return new Response(hasNoBody ? null : answer.body, { status: answer.status, headers: answered });
}

/** The body, or its beginning when it is longer: just enough to see that it is too long. */
async function readUpTo(stream: ReadableStream<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return Buffer.concat(chunks);
}
