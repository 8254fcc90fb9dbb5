import type { ErrorCode } from "./errors";

/** The error body of every API response. `docs` is a path on this server. */
export type ApiErrorBody = {
  error: { code: ErrorCode; message: string; path?: string; docs: string };
};

export function apiErrorBody(code: ErrorCode, message: string, path?: string): ApiErrorBody {
  const docs = `/docs/errors#error-${code.replaceAll("_", "-")}`;
  return { error: path === undefined ? { code, message, docs } : { code, message, path, docs } };
}
