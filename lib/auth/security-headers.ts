import type { Environment } from "@/lib/core/env";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * The Content-Security-Policy of pages. Scripts run only with the request's nonce, or if such a
 * script loads them; styles may be inline, since charts and a merchant's colours are. Nothing is
 * loaded from other hosts.
 */
export type PageSecurity = {
  nonce: string;
  /** True if the site is served over https. */
  secure: boolean;
  /** `next dev` needs eval and a web socket. */
  development: boolean;
  /** Sign-in with Google submits a form to another host. */
  google: boolean;
};

export function contentSecurityPolicy({
  nonce,
  secure,
  development,
  google,
}: PageSecurity): string {
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(development ? ["ws:", "wss:"] : [])],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'", ...(google ? ["https://accounts.google.com"] : [])],
    "frame-ancestors": ["'none'"],
  };
  const lines = Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(" ")}`);
  if (secure) lines.push("upgrade-insecure-requests");
  return lines.join("; ");
}

/** What a page says besides, on top of what every answer says. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
};

/**
 * What every answer says: pages and files, hot paths and refusals. A page has a policy of its own
 * instead; what is none has nothing to load, and is shown in nobody's frame.
 */
export function everyAnswersHeaders({
  APP_URL,
  HSTS_SCOPE,
}: Pick<Environment, "APP_URL" | "HSTS_SCOPE">): Record<string, string> {
  const scope = HSTS_SCOPE === "host" ? "" : "; includeSubDomains";
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "content-security-policy":
      "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ...(APP_URL.startsWith("https:")
      ? { "strict-transport-security": `max-age=${YEAR_SECONDS}${scope}` }
      : {}),
  };
}
