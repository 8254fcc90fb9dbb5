import { z } from "zod";
import { apiErrorBody } from "@/lib/core/api-error";
import { DomainError, isOverdue, isPassing, isUniqueViolation } from "@/lib/core/errors";
import { log, noteRefusal } from "@/lib/core/log";
import type { Page } from "@/lib/core/paging";
import { badTextPath } from "@/lib/events/rules/free-json";
import {
  answerOnce,
  readIdempotencyKey,
  repeatHeaders,
} from "@/lib/merchants/commands/answer-once";
import { scopeOfKey } from "@/lib/merchants/rules/api-key";
import type { Scope } from "@/lib/merchants/scope";
import type { QuerySchema } from "./endpoint";
import { consume, RateLimited } from "./rate-limit";
import { addressIn, parametersOf } from "./request";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_DEPTH = 24;
/** Of a body: several times the largest program that its own limits allow to be of use. */
const MAX_VALUES = 10_000;

/** What a route accepts. A part without a schema is not read. */
type Contract<P, Q, B, R> = {
  /**
   * "secret" admits secret keys only; "publishable" admits both kinds, and browsers of other sites.
   */
  key: "secret" | "publishable";
  params?: z.ZodType<P>;
  query?: QuerySchema<Q>;
  body?: z.ZodType<B>;
  /** The status of a success; 200 by default. */
  status?: number;
  /** True for work that commits step by step, so not in one transaction with its response. */
  commitsItself?: boolean;
  /**
   * The body of a success: for the compiler and the documentation. It is not validated at run time.
   */
  response?: z.ZodType<R>;
};

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * Makes a route of the public API from a contract and a handler: it turns the key into a scope,
 * validates the input, and answers in JSON, refusals included. The merchant is the key's; nothing
 * in the request can name another. A POST with an `Idempotency-Key` runs once.
 */
export function apiRoute<P = undefined, Q = undefined, B = undefined, R = unknown>(
  contract: Contract<P, Q, B, R>,
  handle: (scope: Scope, input: { params: P; query: Q; body: B }) => Promise<R>,
) {
  return async (request: Request, context: RouteContext): Promise<Response> => {
    const cors = contract.key === "publishable" ? CORS : {};
    let known: Scope | undefined;
    try {
      const scope = (known = await authenticate(request, contract.key));
      const once =
        request.method === "POST"
          ? readIdempotencyKey(request.headers.get("idempotency-key"))
          : null;
      const sent = contract.body ? await jsonOf(request, contract.body) : undefined;
      const input = {
        params: read(contract.params, await context.params),
        query: read(contract.query, parametersOf(request, contract.query?.shape)),
        body: contract.body ? read(contract.body, sent) : (undefined as B),
      };
      const status = contract.status ?? 200;
      if (once === null) return answer(status, await handle(scope, input), cors);
      const { pathname, search } = new URL(request.url);
      const text = `${request.method} ${pathname}${search} ${JSON.stringify(sent ?? null)}`;
      const kept = await answerOnce(scope, { key: once, text }, async (joined) => ({
        status,
        body: JSON.stringify(
          (await handle(contract.commitsItself ? scope : joined, input)) ?? null,
        ),
      }));
      const headers = { ...cors, ...repeatHeaders(kept.isRepeat) };
      return answer(kept.status, JSON.parse(kept.body), headers);
    } catch (error) {
      if (error instanceof DomainError) {
        const { actor, merchantId } = known ?? {};
        const { pathname: path } = new URL(request.url);
        noteRefusal(error.code, { method: request.method, path, actor: actor?.id, merchantId });
      }
      return refusal(error, cors);
    }
  };
}

/** The OPTIONS response of routes that web pages of other sites may call with a publishable key. */
export function preflight(): Response {
  return new Response(null, { status: 204, headers: CORS });
}

/** `?limit&cursor` of every list; extend it with the list's own filters. */
export const listQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: "How many, 1 to 200.", example: 50 }),
  cursor: z.string().max(500).optional().meta({ description: "`nextCursor` of the page before." }),
});

/** A page of a list in the contract's form. */
export function asList<T, J>(
  { rows, nextCursor }: Page<T>,
  toJson: (row: T) => J,
): { data: J[]; nextCursor: string | null } {
  return { data: rows.map(toJson), nextCursor };
}

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, idempotency-key",
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-max-age": "86400",
} as const;

async function authenticate(request: Request, wanted: "secret" | "publishable"): Promise<Scope> {
  const plain = /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!plain)
    throw new DomainError("unauthenticated", "Send your API key as “Authorization: Bearer gw_…”.");
  const scope = await scopeOfKey(plain);
  if (!scope) {
    await consume("key_miss", addressIn(request.headers));
    throw new DomainError("unauthenticated", "This API key is unknown or revoked.");
  }
  await consume("key", scope.actor.id);
  if (wanted === "secret" && !(scope.actor.kind === "key" && scope.actor.key === "secret")) {
    throw new DomainError("forbidden", "This needs a secret key. A publishable key is not enough.");
  }
  return scope;
}

function read<T>(schema: z.ZodType<T> | undefined, value: unknown): T {
  if (!schema) return undefined as T;
  // Before any schema: to check a value takes far longer than to count it.
  if (isDeeperThan(value, MAX_DEPTH))
    throw new DomainError("invalid_request", `This nests more than ${MAX_DEPTH} levels deep.`);
  if (valuesIn(value) > MAX_VALUES)
    throw new DomainError("invalid_request", `This has more than ${MAX_VALUES} values.`);
  const path = badTextPath(value, "", MAX_DEPTH);
  if (path !== null)
    throw new DomainError(
      "invalid_request",
      "Text must be valid Unicode without NUL characters.",
      path || undefined,
    );
  return schema.parse(value);
}

/** True for JSON nested deeper than `levels`: it would exhaust the stack of whatever walks it. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(part, levels - 1));
}

/** How many values there are in JSON, those that hold others included. */
function valuesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  let sum = 1;
  for (const part of Object.values(value)) sum += valuesIn(part);
  return sum;
}

/** The parsed body; undefined if there is none and the contract allows that. */
async function jsonOf(request: Request, schema: z.ZodType): Promise<unknown> {
  const hasNone = request.body === null || request.headers.get("content-length") === "0";
  if (hasNone && schema.safeParse(undefined).success) return undefined;
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new DomainError("unsupported_media_type", "Send the body as application/json.");
  }
  const text = await textOf(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("invalid_request", "The body is not valid JSON.");
  }
}

/** The body as text without a byte order mark; reading stops at the size limit. */
async function textOf(request: Request): Promise<string> {
  const tooLarge = new DomainError("payload_too_large", "The body may have at most 1 MB.");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  if (!request.body) return "";
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge;
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString("utf8");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function answer(status: number, data: unknown, headers: Record<string, string>): Response {
  return Response.json(data ?? null, {
    status,
    headers: { "cache-control": "no-store", ...headers },
  });
}

/** The first validation error: its message and its path. */
function fault({ issues: [issue] }: z.ZodError): { message: string; path: string } {
  if (!issue) return { message: "This is not valid.", path: "" };
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys")
    return { message: "Unknown field.", path: [...path, issue.keys[0]].join(".") };
  const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
  return { message: isMissing ? "This is missing." : issue.message, path: path.join(".") };
}

const RETRY_SECONDS = "2";
const NO_DATABASE = "The database does not answer at the moment. Send the request again.";
const TOO_LONG = "This took longer than one request may. Ask for less, or send it again later.";

function refusal(error: unknown, cors: Record<string, string>): Response {
  if (error instanceof z.ZodError) {
    const { message, path } = fault(error);
    return answer(400, apiErrorBody("invalid_request", message, path || undefined), cors);
  }
  if (error instanceof DomainError) {
    const headers: Record<string, string> = { ...cors };
    if (error instanceof RateLimited) headers["retry-after"] = String(error.retryAfterSeconds);
    if (error.code === "overloaded") headers["retry-after"] = RETRY_SECONDS;
    if (error.code === "unauthenticated") headers["www-authenticate"] = "Bearer";
    return answer(error.status, apiErrorBody(error.code, error.message, error.path), headers);
  }
  const isOver = isOverdue(error);
  if (isOver || isPassing(error)) {
    log.warn({ err: error }, "an API request could not be answered");
    return answer(503, apiErrorBody("overloaded", isOver ? TOO_LONG : NO_DATABASE), {
      ...cors,
      "retry-after": RETRY_SECONDS,
    });
  }
  if (isUniqueViolation(error))
    return answer(409, apiErrorBody("conflict", "This already exists."), cors);
  log.error({ err: error }, "an API request failed");
  return answer(
    500,
    apiErrorBody("internal", "Something went wrong on our side. Try again in a moment."),
    cors,
  );
}
