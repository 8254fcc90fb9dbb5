import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GoogleProvider from "next-auth/providers/google";
import { cookies } from "next/headers";
import { cookieFlags, cookieName, isSecure, publicOrigin } from "@/lib/core/address";
import { environment } from "@/lib/core/env";
import { DomainError } from "@/lib/core/errors";
import { emailSchema } from "@/lib/core/values/email";
import { addressIn } from "../request";
import { closeMemberSession, currentBrowser, memberCookie } from "../session/member-session";
import { MEMBER_SESSION_SECONDS, openMemberSession } from "../session/open-session";
import { asksForCode, CODE_PAGE } from "../two-step/enter";
import { safeNext } from "./safe-next";
import { provenAccount, signInByLink, signInByPassword, type SignedIn } from "./sign-in";
import { noteSignedIn, type SignInWay } from "./sign-in-notes";

/**
 * The options of NextAuth. It uses our own checks, and its sessions are the same cookie as those
 * that our forms start.
 */
export function authOptions(): AuthOptions {
  const env = environment();
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = env;
  return {
    secret: env.AUTH_SECRET,
    session: { strategy: "jwt", maxAge: MEMBER_SESSION_SECONDS },
    useSecureCookies: isSecure(),
    cookies: cookiesOfNextAuth(),
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "credentials",
        name: "Email and password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (given, request) => {
          const email = emailSchema.safeParse(given?.email);
          if (!email.success || !given?.password) return null;
          const address = addressIn(new Headers(request.headers as Record<string, string>));
          return signInByPassword({ email: email.data, password: given.password, address }).catch(
            refused,
          );
        },
      }),
      CredentialsProvider({
        id: "link",
        name: "Email link",
        credentials: { token: { type: "text" } },
        authorize: async (given) =>
          given?.token ? signInByLink({ token: given.token }).catch(refused) : null,
      }),
      ...(clientId && clientSecret
        ? [GoogleProvider({ clientId, clientSecret, checks: ["pkce", "state", "nonce"] })]
        : []),
    ],
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        const member =
          account?.provider === "google" ? await ofGoogle(profile) : (user as SignedIn);
        if (!member) return "/sign-in?problem=no-account";
        return (await asksForCode(member, await wantedPath())) ? CODE_PAGE : true;
      },
      jwt: async ({ token, user, account, profile }) => {
        if (!user) return token;
        const member =
          account?.provider === "google"
            ? await provenAccount(profile?.email ?? "")
            : (user as SignedIn);
        // Only the user's id and the session's: name and address may change meanwhile.
        if (!member) return {};
        await noteSignedIn(member.id, wayOf(account?.provider));
        const device = await currentBrowser();
        return openMemberSession({ userId: member.id, epoch: member.epoch, device });
      },
    },
    events: { signOut: async ({ token }) => closeMemberSession(token?.sid) },
  };
}

const NEXT_COOKIE = "gw_auth_next";

function wayOf(provider: string | undefined): SignInWay {
  if (provider === "google") return "google";
  return provider === "link" ? "link" : "password";
}

/** NextAuth's own names would let a neighbour of our host set some of them. */
function cookiesOfNextAuth(): AuthOptions["cookies"] {
  const named = (name: string) => ({ name: cookieName(name), options: cookieFlags() });
  // What is remembered while somebody is with Google.
  const brief = (name: string) => ({
    name: cookieName(name),
    options: { ...cookieFlags(), maxAge: 15 * 60 },
  });
  return {
    sessionToken: { name: memberCookie(), options: cookieFlags() },
    csrfToken: named("gw_auth_csrf"),
    callbackUrl: named(NEXT_COOKIE),
    pkceCodeVerifier: brief("gw_auth_pkce"),
    state: brief("gw_auth_state"),
    nonce: named("gw_auth_nonce"),
  };
}

/**
 * A refusal becomes null, which NextAuth shows as "credentials do not match"; errors of ours are
 * thrown on, so that they do not look like that.
 */
function refused(error: unknown): null {
  if (error instanceof DomainError) return null;
  throw error;
}

/** The account of an address that Google has verified; null if there is none. */
async function ofGoogle(profile: unknown): Promise<SignedIn | null> {
  const { email, email_verified: verified } = profile as {
    email?: string;
    email_verified?: boolean;
  };
  return verified === true && email !== undefined ? provenAccount(email) : null;
}

/** Where NextAuth would lead after signing in: it keeps that in a cookie of its own. */
async function wantedPath(): Promise<string> {
  const kept = (await cookies()).get(cookieName(NEXT_COOKIE))?.value ?? "";
  const origin = publicOrigin();
  return safeNext(kept.startsWith(`${origin}/`) ? kept.slice(origin.length) : kept);
}
