import { inScope, type Scope } from "@/lib/merchants/scope";

/**
 * How far an advocate's friends have come: how many accepted, and how many of those were qualified
 * and still stand.
 */
export async function friendCounts(
  scope: Scope,
  advocateId: string,
): Promise<{ joined: number; qualified: number }> {
  const rows = await inScope(scope, ({ db }) =>
    db.referral.groupBy({
      by: ["state"],
      where: { merchantId: scope.merchantId, advocateId, joinedAt: { not: null } },
      _count: { _all: true },
    }),
  );
  const sum = (states: readonly string[]) =>
    rows.reduce((total, row) => total + (states.includes(row.state) ? row._count._all : 0), 0);
  return {
    joined: sum(["joined", "qualified", "rewarded", "expired"]),
    qualified: sum(["qualified", "rewarded"]),
  };
}

export type FriendProgress = {
  id: string;
  state: string;
  reason: string;
  underReview: boolean;
  /** It is not proven yet that the friend accepted. */
  isClaimed: boolean;
  name: string | null;
  email: string | null;
  joinedAt: Date | null;
  qualifiedAt: Date | null;
  expiresAt: Date;
  createdAt: Date;
};

/**
 * An advocate's friends, newest first. Names and addresses come whole: the page shows a first name
 * or masks the address.
 */
export async function friendsOf(
  scope: Scope,
  input: { advocateId: string; limit: number },
): Promise<FriendProgress[]> {
  return inScope(
    scope,
    ({ db }) => db.$queryRaw<FriendProgress[]>`
    SELECT r.id, r.state, r.reason, r.review_at IS NOT NULL AS "underReview",
      r.proven_at IS NULL AS "isClaimed", c.name, c.email, r.joined_at AS "joinedAt",
      r.qualified_at AS "qualifiedAt", r.expires_at AS "expiresAt", r.created_at AS "createdAt"
    FROM referral r JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
    WHERE r.merchant_id = ${scope.merchantId} AND r.advocate_id = ${input.advocateId}
    ORDER BY r.created_at DESC, r.id DESC LIMIT ${input.limit}`,
  );
}

/** Whether an advocate ever shared their link by a button of ours. */
export async function hasShared(scope: Scope, advocateId: string): Promise<boolean> {
  const share = await inScope(scope, ({ db }) =>
    db.event.findFirst({
      where: { merchantId: scope.merchantId, advocateId, type: "share" },
      select: { id: true },
    }),
  );
  return share !== null;
}
