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

/** All security headers of a page but the policy above. */
export function pageHeaders({ secure }: Pick<PageSecurity, "secure">): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy":
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ...(secure ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
