import { encode } from "next-auth/jwt";
import { prismaFor } from "@/lib/core/db";
import { environment } from "@/lib/core/env";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { openCustomerSession, openMemberSession } from "./open-session";

/** For tests only: sessions as a browser sends them, "name=value", without a sign-in page. */

/** The session of a user of the dashboard. */
export async function sessionOfMember(userId: string): Promise<string> {
  const { sessionEpoch: epoch } = await prismaFor("goodword_app").user.findUniqueOrThrow({
    where: { id: userId },
    select: { sessionEpoch: true },
  });
  const token = await openMemberSession({ userId, epoch });
  const secret = environment().AUTH_SECRET;
  return `gw_member=${await encode({ token, secret, maxAge: 86_400 })}`;
}

/** The session of a customer, as a token signed with one of the shop's keys opens it. */
export async function sessionOfCustomer(scope: Scope, customerId: string): Promise<string> {
  const { merchantId } = scope;
  const key = await inScope(scope, ({ db }) =>
    db.apiKey.findFirstOrThrow({ where: { merchantId, kind: "secret", revokedAt: null } }),
  );
  const token = await openCustomerSession(scope, { customerId, keyId: key.id });
  const secret = environment().AUTH_SECRET;
  return `gw_customer=${await encode({ token, secret, salt: "customer", maxAge: 86_400 })}`;
}
