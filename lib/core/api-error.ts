import type { ErrorCode } from "./errors";

/** The contract's error body. `docs` is a path of this server. */
export type ApiErrorBody = {
  error: { code: ErrorCode; message: string; path?: string; docs: string };
};

export function apiErrorBody(code: ErrorCode, message: string, path?: string): ApiErrorBody {
  const docs = `/docs/errors#error-${code.replaceAll("_", "-")}`;
  return { error: path === undefined ? { code, message, docs } : { code, message, path, docs } };
}
