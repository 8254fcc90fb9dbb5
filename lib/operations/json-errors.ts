import type { ServerResponse } from "node:http";
import { apiErrorBody } from "@/lib/core/api-error";
import { codeOfStatus } from "@/lib/core/errors";

/** True for the addresses that promise JSON whatever happens. */
export function isApiAddress(url = ""): boolean {
  return /^\/api(?:[/?]|$)/.test(url);
}

/**
 * Lets a response that is about to refuse say so in the error body of the API, where what refuses
 * knows nothing of it: Next itself, for a method that a route does not have or an address that
 * cannot be read. A refusal that is JSON stays as it is.
 */
export function keepErrorsJson(response: ServerResponse): void {
  const { writeHead, write, end } = response;
  let body: string | null = null;
  let decided = false;
  const decide = (status: number, given?: unknown) => {
    if (decided) return;
    decided = true;
    if (status < 400 || isJson(response, given)) return;
    body = JSON.stringify(apiErrorBody(codeOfStatus(status), messageOf(status)));
    for (const name of ["content-encoding", "transfer-encoding", "etag", "vary"])
      response.removeHeader(name);
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.setHeader("cache-control", "no-store");
    response.setHeader("content-length", Buffer.byteLength(body));
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    decide(status, rest.at(-1));
    return body === null
      ? Reflect.apply(writeHead, response, [status, ...rest])
      : Reflect.apply(writeHead, response, [status]);
  }) as typeof writeHead;
  response.write = ((...given: unknown[]) => {
    if (!response.headersSent) decide(response.statusCode);
    return body === null ? Reflect.apply(write, response, given) : true;
  }) as typeof write;
  response.end = ((...given: unknown[]) => {
    if (!response.headersSent) decide(response.statusCode);
    return Reflect.apply(end, response, body === null ? given : [body]);
  }) as typeof end;
}

function isJson(response: ServerResponse, given: unknown): boolean {
  const headers = typeof given === "object" && given !== null ? Object.entries(given) : [];
  const written = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return /\bjson\b/.test(String(written ?? response.getHeader("content-type") ?? ""));
}

function messageOf(status: number): string {
  if (status === 404) return "The API has no such address.";
  if (status === 405) return "This address does not take this method.";
  return status >= 500
    ? "Something went wrong on our side. Try again in a moment."
    : "This request cannot be read.";
}
