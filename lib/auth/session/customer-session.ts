import { cookieName } from "@/lib/core/address";
import type { Prisma } from "@/lib/core/db";
import { systemNow } from "@/lib/core/time";
import type { SignedIn } from "@/lib/merchants/rules/provenance";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { deleteCookie, readSealedCookie, setSealedCookie } from "./cookies";
import {
  CUSTOMER_SESSION_SECONDS,
  type CustomerToken,
  openCustomerSession,
  type Proof,
} from "./open-session";

/** Keeps the cookie from being accepted as a member's. */
const SALT = "customer";

function customerCookie(): string {
  return cookieName("gw_customer");
}

/** Writes the cookie of a session. A session that was open in this browser ends. */
export async function keepCustomerSession(token: CustomerToken): Promise<void> {
  await endCustomerSession();
  await setSealedCookie(customerCookie(), {
    token,
    seconds: CUSTOMER_SESSION_SECONDS,
    salt: SALT,
  });
}

/** Signs a customer in, in this browser. */
export async function startCustomerSession(
  scope: Scope,
  input: { customerId: string } & Proof,
): Promise<void> {
  await keepCustomerSession(await openCustomerSession(scope, input));
}

/** Signs out in this browser: the session ends, and with it every copy of its cookie. */
export async function endCustomerSession(): Promise<void> {
  const token = await readCustomerToken();
  if (token) {
    const { merchantId, sid: id } = token;
    await inScope(await systemScope(merchantId), ({ db }) =>
      db.customerSession.deleteMany({ where: { merchantId, id } }),
    );
  }
  await deleteCookie(customerCookie());
}

/** Signs a customer out everywhere. Sessions of records that were merged into theirs end too. */
export async function endAllCustomerSessions(scope: Scope, customerId: string): Promise<void> {
  const { merchantId } = scope;
  await inScope(scope, ({ db }) =>
    db.customerSession.deleteMany({
      where: { merchantId, customer: isOrBecame(customerId) },
    }),
  );
  await deleteCookie(customerCookie());
}

/** What this browser's cookie says; whether the session is still open, `customerOf` knows. */
export async function readCustomerToken(): Promise<CustomerToken | null> {
  const token = await readSealedCookie(customerCookie(), SALT);
  if (typeof token?.merchantId !== "string" || typeof token.sid !== "string") return null;
  return { merchantId: token.merchantId, sid: token.sid };
}

/** Who is signed in, and how their session began. */
export type SignedInCustomer = { customerId: string; provenance: SignedIn };

/**
 * The customer of an open session, after merges; null once it has ended, expired, or lost what it
 * rests on.
 * @param scope of the session's merchant
 */
export async function customerOf(
  scope: Scope,
  { sid }: CustomerToken,
): Promise<SignedInCustomer | null> {
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => {
    const session = await db.customerSession.findUnique({
      where: { merchantId_id: { merchantId, id: sid }, expiresAt: { gt: systemNow() } },
      select: {
        customerId: true,
        email: true,
        provenance: true,
        customer: { select: { mergedIntoId: true } },
        key: { select: { revokedAt: true } },
      },
    });
    if (!session) return null;
    const customerId = session.customer.mergedIntoId ?? session.customerId;
    const known = { customerId, provenance: session.provenance as SignedIn };
    if (session.key) return session.key.revokedAt === null ? known : null;
    // A record that was merged keeps an address, which is still theirs.
    const owner = await db.customer.findFirst({
      where: { merchantId, email: session.email, ...isOrBecame(customerId) },
      select: { id: true },
    });
    return owner ? known : null;
  });
}

function isOrBecame(customerId: string): Prisma.CustomerWhereInput {
  return { OR: [{ id: customerId }, { mergedIntoId: customerId }] };
}
