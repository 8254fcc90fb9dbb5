import type { IncomingMessage, ServerResponse } from "node:http";
import { refuse } from "./answers";
import type { HotHandler, HotResponse } from "./http";
import { MAX_BODY_BYTES } from "../schema";

/**
 * Answers a node:http request with a hot path's handler. A body over 1 MiB is refused with 413 and
 * not kept; a request that breaks off half-way is dropped.
 * @param ip the sender's address, as far as it can be trusted
 */
export async function answerHot(
  request: IncomingMessage,
  response: ServerResponse,
  ip: string,
  handler: HotHandler,
): Promise<void> {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  const body = await readBody(request);
  if (body === "broken off") return void response.destroy();
  if (body === "too large") {
    // What is still on its way would be read as the next request.
    response.setHeader("connection", "close");
    return send(
      request,
      response,
      refuse("payload_too_large", "A request may have at most 1 MiB."),
    );
  }
  const answer = await handler({
    method: request.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1)),
    headers: request.headers,
    body,
    ip,
  });
  send(request, response, answer);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HotResponse,
): void {
  const length = status === 204 || status === 304 ? undefined : Buffer.byteLength(body);
  response.writeHead(
    status,
    length === undefined ? headers : { ...headers, "content-length": length },
  );
  response.end(request.method === "HEAD" ? undefined : body);
}

/**
 * How long a body that is too large may go on before we answer; to close at once would lose the
 * answer.
 */
const PATIENCE_MS = 1_000;

function readBody(
  request: IncomingMessage,
): Promise<Buffer | undefined | "too large" | "broken off"> {
  if (request.method === "GET" || request.method === "HEAD") return Promise.resolve(undefined);
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let refused = false;
    const refuseLater = () => {
      refused = true;
      chunks = [];
      setTimeout(() => resolve("too large"), PATIENCE_MS);
    };
    if (Number(request.headers["content-length"]) > MAX_BODY_BYTES) refuseLater();
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (refused) return;
      if (size > MAX_BODY_BYTES) refuseLater();
      else chunks.push(chunk);
    });
    request.once("end", () =>
      resolve(refused ? "too large" : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)),
    );
    // After "end" these come too late to change the answer.
    request.once("error", () => resolve("broken off"));
    request.once("close", () => resolve("broken off"));
  });
}
