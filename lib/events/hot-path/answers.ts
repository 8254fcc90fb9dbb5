import { apiErrorBody } from "@/lib/core/api-error";
import { DomainError, type ErrorCode } from "@/lib/core/errors";
import type { HotResponse } from "./http";

/** A JSON answer; `extra` headers win. */
export function jsonAnswer(
  status: number,
  body: string,
  extra?: Record<string, string>,
): HotResponse {
  return {
    status,
    body,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      ...extra,
    },
  };
}

/** A refusal of a whole request. What is worth trying again says when. */
export function refusal(error: DomainError, retryAfterSeconds = 1): HotResponse {
  const body = JSON.stringify(apiErrorBody(error.code, error.message, error.path));
  const worthARetry = error.code === "overloaded" || error.code === "rate_limited";
  const extra: Record<string, string> = worthARetry
    ? { "retry-after": String(Math.max(1, Math.ceil(retryAfterSeconds))) }
    : error.code === "unauthenticated"
      ? { "www-authenticate": 'Bearer realm="Goodword"' }
      : {};
  return jsonAnswer(error.status, body, extra);
}

/** A refusal by code and words. */
export function refuse(code: ErrorCode, message: string, path?: string): HotResponse {
  return refusal(new DomainError(code, message, path));
}
