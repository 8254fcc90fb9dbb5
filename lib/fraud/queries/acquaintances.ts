import { Prisma } from "@/lib/core/db";
import type { Tx } from "@/lib/merchants/scope";
import type { Match } from "../signals/signal";

/** How far records are followed from one to the next that shares a key with it. */
const MOST_STEPS = 3;
/** How many records with one key are followed. */
const MOST_WITH_KEY = 200;
/** A browser that more people than this used is a shop's own, and says nothing about who buys. */
const MOST_OF_A_FAMILY = 5;

/** A referral of which something is known that deserves a second look. */
export type Acquainted = {
  /** The customer whose identity may concern it. */
  aroundId: string;
  referralId: string;
  programId: string;
  programVersion: number;
  arm: string | null;
  friendId: string;
  advocateId: string;
  matches: Match[];
  /** All addresses that were said of the friend. */
  emails: string[];
  friendReferredAdvocate: boolean;
  /** It is only claimed that the friend accepted. */
  isClaim: boolean;
  /** Something grave is on record of it by now. */
  isTold: boolean;
};

/** Records that share a key with `s.customer_id`, one step further, as rows of `o`. */
function sharing(merchantId: string): Prisma.Sql {
  return Prisma.sql`
    JOIN customer_key k ON k.merchant_id = ${merchantId} AND k.customer_id = s.customer_id
    CROSS JOIN LATERAL (
      SELECT o.customer_id, o.said, o.proven FROM customer_key o
      WHERE o.merchant_id = ${merchantId} AND o.kind = k.kind AND o.value = k.value
        AND o.customer_id <> k.customer_id
        AND (o.kind <> 'phone' OR o.said NOT LIKE '+%' OR k.said NOT LIKE '+%' OR o.said = k.said)
      ORDER BY o.customer_id LIMIT ${MOST_WITH_KEY}
    ) o
    WHERE s.step < ${MOST_STEPS} AND ${notApart(merchantId, Prisma.sql`k`, Prisma.sql`o`)}`;
}

function notApart(merchantId: string, one: Prisma.Sql, other: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (
    SELECT FROM customer_apart x WHERE x.merchant_id = ${merchantId}
      AND x.one_id = LEAST(${one}.customer_id, ${other}.customer_id)
      AND x.other_id = GREATEST(${one}.customer_id, ${other}.customer_id))`;
}

/**
 * The referrals that what is known of customers may concern: their own, those of everyone who may
 * be the same person, those of friends who share a browser with them or with whom they came, and
 * those of whom they and the friend invited each other.
 */
function concerned(merchantId: string, customerIds: readonly string[]): Prisma.Sql {
  const ids = Prisma.sql`${[...customerIds]}::text[]`;
  return Prisma.sql`
    person (around_id, customer_id, step) AS (
      SELECT id, id, 0 FROM unnest(${ids}) AS id
      UNION
      SELECT s.around_id, o.customer_id, s.step + 1 FROM person s ${sharing(merchantId)}
    ), beside AS (
      SELECT v.customer_id AS around_id, w.customer_id, (
          SELECT count(*) FROM (SELECT FROM customer_visitor n
            WHERE n.merchant_id = ${merchantId} AND n.visitor_id = v.visitor_id
            LIMIT ${MOST_OF_A_FAMILY + 1}) n
        ) <= ${MOST_OF_A_FAMILY} AS is_family
      FROM customer_visitor v
      JOIN customer_visitor w ON w.merchant_id = v.merchant_id AND w.visitor_id = v.visitor_id
        AND w.customer_id <> v.customer_id
      WHERE v.merchant_id = ${merchantId} AND v.customer_id = ANY(${ids})
    ), concerned AS (
      SELECT p.around_id, r.id FROM referral r
      JOIN (SELECT DISTINCT around_id, customer_id FROM person) p
        ON r.merchant_id = ${merchantId} AND r.friend_id = p.customer_id
      UNION
      SELECT b.around_id, r.id FROM beside b
      JOIN referral r ON r.merchant_id = ${merchantId} AND r.friend_id = b.customer_id
      JOIN advocate a ON a.merchant_id = ${merchantId} AND a.id = r.advocate_id
      WHERE b.is_family OR a.customer_id = b.around_id OR EXISTS (
        SELECT FROM referral c WHERE c.merchant_id = ${merchantId}
          AND c.friend_id = b.around_id AND c.advocate_id = r.advocate_id)
      UNION
      SELECT c.friend_id, r.id FROM referral c
      JOIN advocate ca ON ca.merchant_id = ${merchantId} AND ca.id = c.advocate_id
      JOIN referral r ON r.merchant_id = ${merchantId} AND r.friend_id = ca.customer_id
      JOIN advocate a ON a.merchant_id = ${merchantId} AND a.id = r.advocate_id
        AND a.customer_id = c.friend_id
      WHERE c.merchant_id = ${merchantId} AND c.friend_id = ANY(${ids})
    )`;
}

/**
 * Who may be a friend of `r`, or a relation of theirs, and by what: rows of `shared`. While it is
 * only claimed that the friend accepted, the address that was typed is all there is of them, and
 * believed as far as it tells against the claim.
 */
function namesakes(merchantId: string): Prisma.Sql {
  return Prisma.sql`
    same (referral_id, customer_id, kind, said, other_said, proven, typed, step) AS (
      SELECT r.id, r.friend_id, ''::text, ''::text, ''::text, true, r.typed, 0 FROM r
      UNION
      SELECT s.referral_id, o.customer_id, k.kind, CASE s.step WHEN 0 THEN k.said ELSE s.said END,
        o.said, s.proven AND k.kind = 'email' AND (k.proven OR k.said = s.typed) AND o.proven,
        NULL::text, s.step + 1
      FROM same s ${sharing(merchantId)}
    ), shared AS (
      SELECT referral_id, customer_id, kind, said, other_said, proven, step, true AS is_telling
      FROM same WHERE step > 0
      UNION ALL
      SELECT r.id, w.customer_id, 'browser', v.visitor_id, v.visitor_id, false, 1, (
          SELECT count(*) FROM (SELECT FROM customer_visitor n
            WHERE n.merchant_id = ${merchantId} AND n.visitor_id = v.visitor_id
            LIMIT ${MOST_OF_A_FAMILY + 1}) n
        ) <= ${MOST_OF_A_FAMILY}
      FROM r
      JOIN customer_visitor v ON v.merchant_id = ${merchantId} AND v.customer_id = r.friend_id
      JOIN customer_visitor w ON w.merchant_id = ${merchantId} AND w.visitor_id = v.visitor_id
        AND w.customer_id <> v.customer_id
      WHERE ${notApart(merchantId, Prisma.sql`v`, Prisma.sql`w`)}
    )`;
}

/**
 * Whether referral q of the same person comes before r: it is proven that its friend accepted, and
 * was before it was of r. What is only claimed comes before nothing, or a stranger who types a
 * spelling of somebody's address would bar its owner.
 */
const cameFirst = Prisma.sql`q.proven_at IS NOT NULL AND (r.proven_at IS NULL
  OR (q.proven_at, q.joined_at, q.id) < (r.proven_at, r.joined_at, r.id))`;

/**
 * Everything that the shop's records tell about the referrals that the identity of these customers
 * may concern: compared across all records, on what was said of them. Of two referrals of one
 * person the one that was proven first stands, whichever became known first.
 * @returns one for each customer and referral, in the order of the referrals' ids
 */
export async function acquaintancesAround(
  { db, merchantId }: Tx,
  customerIds: readonly string[],
): Promise<Acquainted[]> {
  return db.$queryRaw<Acquainted[]>`
    WITH RECURSIVE ${concerned(merchantId, customerIds)}, r AS (
      SELECT r.id, r.program_id, r.program_version, r.arm, r.friend_id, r.advocate_id,
        a.customer_id AS inviter_id, r.joined_at, r.proven_at,
        LEAST(r.clicked_at, r.joined_at) AS started_at,
        CASE WHEN r.proven_at IS NULL THEN c.email END AS typed
      FROM (SELECT DISTINCT id FROM concerned) t
      JOIN referral r ON r.merchant_id = ${merchantId} AND r.id = t.id
      JOIN advocate a ON a.merchant_id = ${merchantId} AND a.id = r.advocate_id
      JOIN customer c ON c.merchant_id = ${merchantId} AND c.id = r.friend_id
      WHERE r.state NOT IN ('clicked', 'rejected')
    ), ${namesakes(merchantId)}, matched AS (
      SELECT DISTINCT ON (s.referral_id, s.customer_id, s.kind)
        s.*, s.customer_id = r.inviter_id AS is_advocate, (
          SELECT q.id FROM referral q
          WHERE q.merchant_id = ${merchantId} AND q.friend_id = s.customer_id
            AND q.program_id = r.program_id AND q.state NOT IN ('clicked', 'expired')
            AND CASE s.kind
              WHEN 'browser'
              THEN q.advocate_id = r.advocate_id AND (q.joined_at, q.id) < (r.joined_at, r.id)
              ELSE ${cameFirst} AND (q.state <> 'rejected'
                OR q.advocate_id = r.advocate_id AND q.reason <> 'duplicate_friend')
            END
          ORDER BY q.joined_at, q.id LIMIT 1
        ) AS earlier_referral_id, (
          SELECT o.id FROM shop_order o
          WHERE o.merchant_id = ${merchantId} AND o.customer_id = s.customer_id AND s.is_telling
            AND o.occurred_at < r.started_at AND o.stands
          ORDER BY o.occurred_at, o.id LIMIT 1
        ) AS earlier_order_id
      FROM shared s JOIN r ON r.id = s.referral_id
      WHERE s.customer_id <> r.friend_id
      ORDER BY s.referral_id, s.customer_id, s.kind, s.proven DESC, s.step
    )
    SELECT t.around_id AS "aroundId", r.id AS "referralId", r.program_id AS "programId",
      r.program_version AS "programVersion", r.arm, r.friend_id AS "friendId",
      r.advocate_id AS "advocateId", f.matches, m.is_mutual AS "friendReferredAdvocate",
      r.proven_at IS NULL AS "isClaim", EXISTS (
        SELECT FROM fraud_signal t WHERE t.merchant_id = ${merchantId} AND t.referral_id = r.id
          AND t.severity = 'block'
      ) AS "isTold",
      ARRAY(
        SELECT k.said FROM customer_key k WHERE k.merchant_id = ${merchantId}
          AND k.customer_id = r.friend_id AND k.kind = 'email' ORDER BY k.said
      ) AS emails
    FROM r JOIN concerned t ON t.id = r.id
    CROSS JOIN LATERAL (
      SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', f.kind, 'proven', f.proven,
          'customerId', f.customer_id, 'said', f.said, 'otherSaid', f.other_said,
          'isAdvocate', f.is_advocate, 'earlierReferralId', f.earlier_referral_id,
          'earlierOrderId', f.earlier_order_id)), '[]') AS matches
      FROM matched f WHERE f.referral_id = r.id AND (f.is_advocate
        OR f.earlier_referral_id IS NOT NULL OR f.earlier_order_id IS NOT NULL)
    ) f
    CROSS JOIN LATERAL (
      SELECT EXISTS (
        SELECT FROM referral q
        JOIN advocate a ON a.merchant_id = ${merchantId} AND a.id = q.advocate_id
        WHERE q.merchant_id = ${merchantId} AND q.program_id = r.program_id
          AND a.customer_id = r.friend_id AND q.friend_id = r.inviter_id
          AND q.state <> 'clicked' AND ${cameFirst}
      ) AS is_mutual
    ) m
    WHERE m.is_mutual OR jsonb_array_length(f.matches) > 0 OR t.around_id = r.friend_id
    ORDER BY r.id, (t.around_id <> r.friend_id), t.around_id`;
}
