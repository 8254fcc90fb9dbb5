import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy, pageHeaders } from "@/lib/auth/security-headers";
import { environment } from "@/lib/core/env";
import { PATH_HEADER } from "@/lib/auth/path-header";

/** Runs before every page: security headers with a fresh nonce, and the page's own path for those who must sign in first. */
export function proxy(request: NextRequest): NextResponse {
  const env = environment();
  const nonce = randomBytes(16).toString("base64");
  const secure = env.APP_URL.startsWith("https:");
  const policy = contentSecurityPolicy({
    nonce, secure, development: env.NODE_ENV === "development", google: env.GOOGLE_CLIENT_ID !== undefined,
  });
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  // Next finds the nonce in the policy of the request, and puts it on its own scripts.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(pageHeaders({ secure }))) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: ["/((?!_next/static|_next/image|api/v1/|r/|icon\\.svg|favicon\\.ico).*)"],
};
