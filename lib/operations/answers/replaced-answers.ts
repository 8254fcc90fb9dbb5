import type { ServerResponse } from "node:http";

/** What is sent instead of an answer that somebody else began. */
export type Replacement = {
  status: number;
  type: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
};

/**
 * Lets a response be another one than what answers it meant, decided once, when its status is
 * known and before anything is sent.
 * @param instead gets the status and the content type so far; null leaves the response as it is
 */
export function replaceAnswer(
  response: ServerResponse,
  instead: (status: number, type: string) => Replacement | null,
): void {
  const { writeHead, write, end } = response;
  let replaced: Replacement | null = null;
  let decided = false;
  const decide = (status: number, given?: unknown) => {
    if (decided) return;
    decided = true;
    replaced = instead(status, typeOf(response, given));
    if (!replaced) return;
    for (const name of ["content-encoding", "transfer-encoding", "etag", "vary"])
      response.removeHeader(name);
    response.setHeader("content-type", replaced.type);
    response.setHeader("cache-control", "no-store");
    response.setHeader("content-length", Buffer.byteLength(replaced.body));
    for (const [name, value] of Object.entries(replaced.headers ?? {}))
      response.setHeader(name, value);
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    decide(status, rest.at(-1));
    return replaced === null
      ? Reflect.apply(writeHead, response, [status, ...rest])
      : Reflect.apply(writeHead, response, [replaced.status]);
  }) as typeof writeHead;
  response.write = ((...given: unknown[]) => {
    if (!response.headersSent) decide(response.statusCode);
    return replaced === null ? Reflect.apply(write, response, given) : true;
  }) as typeof write;
  response.end = ((...given: unknown[]) => {
    if (!response.headersSent) decide(response.statusCode);
    return Reflect.apply(end, response, replaced === null ? given : [replaced.body]);
  }) as typeof end;
}

function typeOf(response: ServerResponse, given: unknown): string {
  const headers = typeof given === "object" && given !== null ? Object.entries(given) : [];
  const written = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return String(written ?? response.getHeader("content-type") ?? "");
}
