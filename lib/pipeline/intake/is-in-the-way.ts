import { emailIdentity } from "@/lib/core/values/email";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Claim } from "./claim-invite";

/**
 * Whether something that is on record of an address, or of another spelling of it, keeps an
 * invitation's coupon from showing at once: its owner has the link, accepted an invitation to the
 * program, or bought. One statement, whichever it is: the page answers at once and accepts later,
 * so that no answer and no time tells which. What it does not know of, accepting decides.
 */
export async function isInTheWay(
  scope: Scope,
  { code, email }: Pick<Claim, "code" | "email">,
): Promise<boolean> {
  const [row] = await inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<{ is: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM share_code s
      JOIN advocate a ON a.merchant_id = s.merchant_id AND a.id = s.advocate_id
      CROSS JOIN (
        SELECT k.customer_id FROM customer_key k
        WHERE k.merchant_id = ${merchantId} AND k.kind = 'email'
          AND k.value = ${emailIdentity(email)}
        UNION
        SELECT COALESCE(c.merged_into_id, c.id) FROM customer c
        WHERE c.merchant_id = ${merchantId} AND c.email = ${email}
      ) p
      WHERE s.merchant_id = ${merchantId} AND s.code = ${code} AND (
        p.customer_id = a.customer_id
        OR EXISTS (SELECT FROM referral r WHERE r.merchant_id = ${merchantId}
          AND r.friend_id = p.customer_id AND r.program_id = s.program_id)
        OR EXISTS (SELECT FROM shop_order o WHERE o.merchant_id = ${merchantId}
          AND o.customer_id = p.customer_id))
    ) AS is`,
  );
  return row?.is ?? false;
}
