import { rowsAsJson } from "@/lib/core/statements/pending-writes";
import { Prisma } from "@/lib/core/db";
import { dateOf, type Query } from "@/lib/core/statements/query";
import { readShareCode } from "@/lib/core/values/code";
import type { Scope } from "@/lib/merchants/scope";
import { MOST_IN_A_DAY } from "@/lib/terms/schema";
import type { Evidence } from "./rules";

/** What an event says of how its customer came. */
export type EvidenceKeys = {
  eventId: string;
  clickId: string | null;
  code: string | null;
  discountCode: string | null;
  visitorId: string | null;
  occurredAt: Date;
};

/** What ties an event to an advocate, with what starting a referral asks of both sides. */
export type FoundEvidence = Evidence & {
  eventId: string;
  /** The version is the one in effect when the event happened. */
  program: {
    name: string;
    slug: string;
    state: string;
    publishedAt: Date;
    endedAt: Date | null;
    version: number;
  };
  advocate: {
    qualifiedCount: number;
    /** Friends whom they brought within the day before, as far as it is asked. */
    friendsADay: number;
    /** The arm that they were drawn into, and the experiment that it belongs to. */
    arm: string | null;
    experiment: string | null;
  };
};

/**
 * Everything that ties events to advocates of this merchant: the click id, the code and the
 * discount code of each, and the latest click of its visitor in each program. Codes count as they
 * were said or typed; those of other merchants are not found. What led to an advocate who was
 * merged leads to the one who remains. Programs that were never published are left out, and of a
 * program the version counts that was the latest by then, or the first one for anything earlier.
 */
export function evidenceQuery(
  { merchantId }: Scope,
  events: readonly EvidenceKeys[],
): Query<FoundEvidence> {
  const keys = events.map(({ code, discountCode, ...rest }) => ({
    ...rest,
    code: code ? readShareCode(code) : null,
    discountCode: discountCode ? readShareCode(discountCode) : null,
  }));
  const at = Prisma.sql`k."occurredAt"`;
  const friendsADay = friendsWithinADay(merchantId, {
    advocateId: Prisma.sql`a.id`,
    at,
    upTo: Prisma.sql`o.joined_at <= ${at}`,
  });
  return {
    sql: Prisma.sql`
      SELECT k."eventId", tie.kind, tie.program_id AS "programId", a.id AS "advocateId",
        a.customer_id AS "advocateCustomerId", tie.code, tie.clicked_at AS "clickedAt", tie.channel,
        json_build_object('name', p.name, 'slug', p.slug, 'state', p.state,
          'publishedAt', p.published_at, 'endedAt', p.ended_at, 'version', v.version) AS program,
        json_build_object('qualifiedCount', a.qualified_count, 'arm', a.arm,
          'experiment', a.experiment, 'friendsADay', ${friendsADay}) AS advocate
      FROM json_to_recordset(${rowsAsJson(keys)}::json) AS k ("eventId" text, "clickId" text,
        code text, "discountCode" text, "visitorId" text, "occurredAt" timestamptz)
      CROSS JOIN LATERAL (${tiesOf(merchantId)}) tie
      JOIN advocate t ON t.merchant_id = ${merchantId} AND t.id = tie.advocate_id
      JOIN advocate a ON a.merchant_id = ${merchantId}
        AND a.id = COALESCE(t.merged_into_id, t.id)
      JOIN program p ON p.merchant_id = ${merchantId} AND p.id = tie.program_id
      CROSS JOIN LATERAL (
        SELECT v.version FROM program_version v
        WHERE v.merchant_id = ${merchantId} AND v.program_id = tie.program_id
        ORDER BY v.published_at <= k."occurredAt" DESC,
          CASE WHEN v.published_at <= k."occurredAt" THEN v.version END DESC, v.version
        LIMIT 1
      ) v
      ORDER BY k."eventId", tie.program_id, tie.kind, tie.code`,
    row: ({ clickedAt, program: { publishedAt, endedAt, ...program }, ...row }) => ({
      ...row,
      clickedAt: dateOf(clickedAt),
      program: { ...program, publishedAt: dateOf(publishedAt), endedAt: dateOf(endedAt) },
    }),
  };
}

/**
 * How many referrals of an advocate began within the day before a time.
 * @param of.upTo which referrals `o` were not later
 */
export function friendsWithinADay(
  merchantId: string,
  { advocateId, at, upTo }: { advocateId: Prisma.Sql; at: Prisma.Sql; upTo: Prisma.Sql },
): Prisma.Sql {
  return Prisma.sql`(
    SELECT count(*)::int FROM (
      SELECT FROM referral o
      WHERE o.merchant_id = ${merchantId} AND o.advocate_id = ${advocateId}
        AND o.joined_at > ${at} - interval '24 hours' AND ${upTo}
      LIMIT ${MOST_IN_A_DAY}
    ) o)`;
}

/** What ties the event of `k` to advocates. */
function tiesOf(merchantId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT CASE WHEN c.code = k.code THEN 'code' ELSE 'discount_code' END AS kind,
      c.program_id, c.advocate_id, c.code, NULL::timestamptz AS clicked_at, NULL::text AS channel
    FROM share_code c
    WHERE c.merchant_id = ${merchantId} AND c.code IN (k.code, k."discountCode")
    UNION ALL
    SELECT 'click', e.program_id, e.advocate_id, e.body->>'code', e.occurred_at, e.channel
    FROM event e
    WHERE e.merchant_id = ${merchantId} AND e.id = k."clickId" AND e.type = 'click'
    UNION ALL
    (SELECT DISTINCT ON (e.program_id)
      'visitor', e.program_id, e.advocate_id, e.body->>'code', e.occurred_at, e.channel
    FROM event e
    WHERE e.merchant_id = ${merchantId} AND e.visitor_id = k."visitorId" AND e.type = 'click'
      AND e.occurred_at <= k."occurredAt" + interval '5 minutes'
    ORDER BY e.program_id, e.occurred_at DESC, e.id DESC)`;
}
