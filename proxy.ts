import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy, PAGE_HEADERS } from "@/lib/auth/security-headers";
import { cookieFlags, isSecure } from "@/lib/core/address";
import { environment } from "@/lib/core/env";
import { PATH_HEADER } from "@/lib/auth/path-header";
import { isProgram } from "@/lib/events/rules/click";
import { newVisitorId, VISITOR_DAYS, visitorCookie, visitorOf } from "@/lib/events/rules/visitor";

/**
 * Runs before every page: security headers with a fresh nonce, and the page's own path for those
 * who must sign in first.
 */
export function proxy(request: NextRequest): NextResponse {
  // The database keeps no NUL, so nothing has such a name; asking for it would be an error of ours.
  if (/%00/.test(request.nextUrl.pathname))
    return new NextResponse("Page not found.", { status: 404 });
  const env = environment();
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    secure: isSecure(),
    development: env.NODE_ENV === "development",
    google: env.GOOGLE_CLIENT_ID !== undefined,
  });
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  // Who looks at a program's page is counted by browser until they are known, and who accepts an
  // invitation is expected to have opened it: so a browser has to have a name by then.
  const visitor =
    /^\/(?:refer|i)\/[^/]+$/.test(request.nextUrl.pathname) &&
    request.method === "GET" &&
    visitorOf(request.headers.get("cookie")) === null
      ? newVisitorId()
      : null;
  if (visitor) headers.append("cookie", `${visitorCookie()}=${visitor}`);
  // Next finds the nonce in the policy of the request, and puts it on its own scripts.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (visitor)
    response.cookies.set(visitorCookie(), visitor, {
      ...cookieFlags(),
      maxAge: VISITOR_DAYS * 86_400,
    });
  // Pages of one person are nothing to be found by; told to those who would list them.
  const agent = request.headers.get("user-agent") ?? undefined;
  if (/^\/(?:i|refer)\//.test(request.nextUrl.pathname) && isProgram(agent))
    response.headers.set("x-robots-tag", "noindex");
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: ["/((?!_next/static|_next/image|api/v1/|r/|icon\\.svg|favicon\\.ico).*)"],
};
