import { Prisma } from "@/lib/core/db";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { KeyKind } from "../rules/keys";

/** One of the things that identify a customer, and what it rests on. */
export type KeyRow = {
  customerId: string;
  kind: KeyKind;
  /** As it is compared, and as it was said. */
  value: string;
  said: string;
  /** It is on the record now, and so leads to them. */
  isCurrent: boolean;
  /** Who vouched for it first, and when; null while it is only claimed. */
  provenBy: string | null;
  provenAt: Date | null;
  firstSeenAt: Date;
  /** Since when staff are to say whether it is theirs; null where nobody asks. */
  doubtedAt: Date | null;
};

/** A key that staff are to decide about, and whose it may be. */
export type DoubtedKey = KeyRow & {
  name: string | null;
  email: string | null;
  externalId: string | null;
};

/** More than these of one customer, or of all that are doubted, are not shown. */
const MOST_SHOWN = 200;

const COLUMNS = Prisma.sql`k.customer_id AS "customerId", k.kind, k.value, k.said,
  CASE k.kind WHEN 'id' THEN k.value IS NOT DISTINCT FROM c.external_id
    WHEN 'email' THEN k.value IS NOT DISTINCT FROM c.email_identity ELSE true END AS "isCurrent",
  k.proven_by AS "provenBy", k.proven_at AS "provenAt", k.first_seen_at AS "firstSeenAt",
  k.doubted_at AS "doubtedAt"`;

/**
 * Why a customer is who they are: each key with its proof, or only claimed. The one place that
 * reads it for people; the pipeline reads the same rows (`peopleQueries`).
 */
export async function keysOfCustomer(scope: Scope, customerId: string): Promise<KeyRow[]> {
  requirePermission(scope, "customer.read");
  return inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<KeyRow[]>`
    SELECT ${COLUMNS} FROM customer_key k
    JOIN customer c ON c.merchant_id = k.merchant_id AND c.id = k.customer_id
    WHERE k.merchant_id = ${merchantId} AND k.customer_id = ${customerId}
    ORDER BY "isCurrent" DESC, k.kind DESC, k.first_seen_at, k.value LIMIT ${MOST_SHOWN}`,
  );
}

/** The keys that staff are to decide about, the longest waiting first. */
export async function doubtedKeys(scope: Scope): Promise<DoubtedKey[]> {
  requirePermission(scope, "customer.read");
  return inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<DoubtedKey[]>`
    SELECT ${COLUMNS}, c.name, c.email, c.external_id AS "externalId" FROM customer_key k
    JOIN customer c ON c.merchant_id = k.merchant_id AND c.id = k.customer_id
    WHERE k.merchant_id = ${merchantId} AND k.doubted_at IS NOT NULL
    ORDER BY k.doubted_at, k.customer_id, k.kind DESC, k.value LIMIT ${MOST_SHOWN}`,
  );
}
