import pino from "pino";
import type { ErrorCode } from "./errors";

/**
 * The log of this process, as JSON lines. Keys, tokens, cookies and addresses are redacted at any
 * depth.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: undefined,
  redact: {
    paths: [
      "password",
      "token",
      "key",
      "secret",
      "email",
      "cookie",
      "authorization",
      "*.password",
      "*.token",
      "*.key",
      "*.secret",
      "*.email",
      "*.cookie",
      "*.authorization",
      "*.headers",
    ],
    censor: "[cut]",
  },
});

/** Refusals that tell of an attack, or of a right that somebody does not have. */
const TELLING: ReadonlySet<ErrorCode> = new Set(["unauthenticated", "forbidden", "rate_limited"]);
/** Whoever is refused must not fill the disk. */
const MOST_A_MINUTE = 300;
let minute = { startedAt: 0, noted: 0 };

/**
 * Logs that somebody was refused for want of a right, or for asking too often; any other refusal is
 * nothing to it. Beyond a number of lines a minute they are only counted.
 * @param about who, as far as it is known, and what they asked for
 */
export function noteRefusal(
  code: ErrorCode,
  about: {
    path: string | null;
    method?: string;
    actor?: string | undefined;
    merchantId?: string | undefined;
  },
): void {
  if (!TELLING.has(code)) return;
  const now = Date.now();
  if (now - minute.startedAt >= 60_000) {
    const unnoted = minute.noted - MOST_A_MINUTE;
    if (unnoted > 0) log.warn({ event: "refused", unnoted }, "more requests were refused");
    minute = { startedAt: now, noted: 0 };
  }
  minute.noted += 1;
  if (minute.noted > MOST_A_MINUTE) return;
  const path = about.path === null ? null : withoutSecrets(about.path);
  log.warn({ event: "refused", code, ...about, path }, "a request was refused");
}

/** A path as a log may hold it: no query, and no token of a link in it. */
export function withoutSecrets(path: string): string {
  return path.replace(/[?#].*$/s, "").replace(/\/[\w.~-]{32,}(?=\/|$)/g, "/[cut]");
}
