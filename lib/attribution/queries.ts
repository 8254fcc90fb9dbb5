import { readShareCode } from "@/lib/core/values/code";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Evidence } from "./rules";

export type EvidenceKeys = {
  clickId: string | null;
  code: string | null;
  discountCode: string | null;
  visitorId: string | null;
  occurredAt: Date;
};

/**
 * Everything that ties an event to advocates of this merchant: its click id, its code, its discount
 * code, and the latest click of its visitor in each program. Codes count as they were said or
 * typed; those of other merchants are not found. What led to an advocate who was merged leads to
 * the one who remains.
 */
export async function findEvidence(scope: Scope, keys: EvidenceKeys): Promise<Evidence[]> {
  if (!keys.clickId && !keys.code && !keys.discountCode && !keys.visitorId) return [];
  const code = keys.code ? readShareCode(keys.code) : null;
  const discountCode = keys.discountCode ? readShareCode(keys.discountCode) : null;
  return inScope(
    scope,
    (db) => db.$queryRaw<Evidence[]>`
    WITH by_code AS (
      SELECT CASE WHEN c.code = ${code} THEN 'code' ELSE 'discount_code' END AS kind,
        c.program_id, c.advocate_id, c.code, NULL::timestamptz AS clicked_at, NULL::text AS channel
      FROM share_code c
      WHERE c.merchant_id = ${scope.merchantId} AND c.code IN (${code}, ${discountCode})
    ), by_click AS (
      SELECT 'click' AS kind, e.program_id, e.advocate_id, e.body->>'code' AS code,
        e.occurred_at AS clicked_at, e.channel
      FROM event e
      WHERE e.merchant_id = ${scope.merchantId} AND e.id = ${keys.clickId} AND e.type = 'click'
    ), by_visitor AS (
      SELECT DISTINCT ON (e.program_id)
        'visitor' AS kind, e.program_id, e.advocate_id, e.body->>'code' AS code,
        e.occurred_at AS clicked_at, e.channel
      FROM event e
      WHERE e.merchant_id = ${scope.merchantId} AND e.visitor_id = ${keys.visitorId}
        AND e.type = 'click'
        AND e.occurred_at <= ${keys.occurredAt}::timestamptz + interval '5 minutes'
      ORDER BY e.program_id, e.occurred_at DESC, e.id DESC
    )
    SELECT tie.kind, tie.program_id AS "programId", a.id AS "advocateId",
      a.customer_id AS "advocateCustomerId",
      tie.code, tie.clicked_at AS "clickedAt", tie.channel
    FROM (
      SELECT * FROM by_code UNION ALL SELECT * FROM by_click UNION ALL SELECT * FROM by_visitor
    ) tie
    JOIN advocate t ON t.merchant_id = ${scope.merchantId} AND t.id = tie.advocate_id
    JOIN advocate a ON a.merchant_id = ${scope.merchantId}
      AND a.id = COALESCE(t.merged_into_id, t.id)`,
  );
}
