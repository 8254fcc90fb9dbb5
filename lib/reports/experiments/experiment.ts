import type { Scope } from "@/lib/merchants/scope";
import { listVersions } from "@/lib/programs/queries";
import type { Experiment } from "@/lib/terms/schema";
import { type ArmsReading, readArms } from "./arms";
import type { ArmSums } from "./compare-arms";
import { METRIC_LIMIT, limitText, within } from "../limits";
import { inReport, isOwn, type ReportScope } from "../sql";

export const definition = {
  name: "experiment",
  title: "Arm comparison",
  formula:
    "For each arm: advocates with a qualified friend / advocates; friends’ revenue / " +
    "advocates; reward cost / qualified friends.",
  numerator:
    "Advocates of the arm with a qualified friend; friends’ orders after their referral " +
    "started, minus refunds.",
  limit: limitText(METRIC_LIMIT),
  denominator: "Advocates assigned to the arm at random, whether they shared or not.",
  window:
    "From the day the experiment was first published until now. Only referrals that " +
    "started under a version with the experiment count.",
  exclusions:
    "Rejected referrals don’t count as friends. Reversed ones count as joined, not as " +
    "qualified. What advocates earned by their own purchases is no cost of an arm. Arms assigned " +
    "by segment are not random, so they are not tested.",
  interval:
    "Wilson for shares of advocates; the delta method over advocates for ratios. Differences: " +
    "pooled z test with Newcombe’s interval, Welch’s t test for revenue; p by Holm where " +
    "there are more than two arms.",
};

export type ExperimentResults = ArmsReading & {
  experiment: Pick<Experiment, "id" | "question">;
  /** When the first version with it was published. */
  since: Date;
  /** The version in effect still assigns people. */
  running: boolean;
};

/** How the arms of a program's latest experiment do; null when it never had one. */
export async function experimentResults(
  scope: Scope,
  programId: string,
): Promise<ExperimentResults | null> {
  return inReport(scope, within(METRIC_LIMIT, 1), async (tx) => {
    const versions = await listVersions(tx, programId);
    const experiment = versions.find(({ terms }) => terms.experiment)?.terms.experiment;
    if (!experiment) return null;
    const under = versions.filter(({ terms }) => terms.experiment?.id === experiment.id);
    const since = under.at(-1)!.publishedAt;
    const sums = await sumArms(tx, {
      programId,
      experiment: experiment.id,
      versions: under.map(({ version }) => version),
      since,
    });
    return {
      ...readArms(experiment.arms, sums, tx.asset),
      experiment: { id: experiment.id, question: experiment.question },
      since,
      running: versions[0]?.terms.experiment?.id === experiment.id,
    };
  });
}

/** Advocate by advocate, then arm by arm. */
async function sumArms(
  { db, merchantId }: ReportScope,
  {
    programId,
    experiment,
    versions,
    since,
  }: { programId: string; experiment: string; versions: number[]; since: Date },
): Promise<ArmSums[]> {
  return db.$queryRaw<ArmSums[]>`
    WITH person AS (
      SELECT a.id, a.arm, EXISTS (
          SELECT FROM event e
          WHERE e.merchant_id = a.merchant_id AND e.advocate_id = a.id AND e.type = 'share'
            AND e.occurred_at >= ${since}) AS shared
      FROM advocate a
      WHERE a.merchant_id = ${merchantId} AND a.program_id = ${programId}
        AND a.experiment = ${experiment} AND a.arm IS NOT NULL
    ),
    friend AS (
      SELECT r.id, r.advocate_id, r.state IN ('qualified', 'rewarded') AS qualified, COALESCE((
          SELECT sum(o.total_minor - o.refunded_minor) FROM shop_order o
          WHERE o.merchant_id = r.merchant_id AND o.customer_id = r.friend_id
            AND o.occurred_at >= LEAST(r.clicked_at, r.joined_at)), 0) AS revenue
      FROM person p
      JOIN referral r ON r.merchant_id = ${merchantId} AND r.advocate_id = p.id AND r.arm = p.arm
      WHERE r.program_version = ANY(${versions}::int[]) AND r.joined_at IS NOT NULL
        AND r.state <> 'rejected'
    ),
    brought AS (
      SELECT advocate_id, count(*) AS friends, count(*) FILTER (WHERE qualified) AS qualified,
        sum(revenue) AS revenue
      FROM friend GROUP BY advocate_id
    ),
    granted AS (
      SELECT p.id AS advocate_id,
        count(*) FILTER (WHERE w.state IN ('held', 'available', 'issued', 'used')) AS rewards,
          sum(w.cost_minor) AS cost
      FROM reward w
      LEFT JOIN referral r ON r.merchant_id = w.merchant_id AND r.id = w.referral_id
      JOIN person p ON p.id = COALESCE(r.advocate_id, w.advocate_id) AND p.arm = w.arm
      WHERE w.merchant_id = ${merchantId} AND w.program_id = ${programId}
        AND w.program_version = ANY(${versions}::int[]) AND NOT ${isOwn}
      GROUP BY p.id
    ),
    each AS (
      SELECT p.arm, p.shared, COALESCE(b.friends, 0) AS friends,
        COALESCE(b.qualified, 0) AS qualified, COALESCE(b.revenue, 0) AS revenue,
        COALESCE(g.rewards, 0) AS rewards, COALESCE(g.cost, 0) AS cost
      FROM person p LEFT JOIN brought b ON b.advocate_id = p.id
      LEFT JOIN granted g ON g.advocate_id = p.id
    )
    SELECT arm, count(*)::int AS advocates, (count(*) FILTER (WHERE shared))::int AS shared,
      (count(*) FILTER (WHERE qualified > 0))::int AS brought,
      (count(*) FILTER (WHERE revenue > 0))::int AS sold,
      sum(friends)::int AS friends, sum(qualified)::int AS qualified, sum(rewards)::int AS rewards,
      sum(revenue)::bigint AS revenue, sum(cost)::bigint AS cost,
      sum(friends * friends)::float8 AS "friendsSquared",
      sum(qualified * qualified)::float8 AS "qualifiedSquared",
      sum(friends * qualified)::float8 AS "friendsQualified",
      sum(revenue * revenue)::float8 AS "revenueSquared",
      sum(cost * cost)::float8 AS "costSquared",
      sum(cost * qualified)::float8 AS "costQualified"
    FROM each GROUP BY arm`;
}
