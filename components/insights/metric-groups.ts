/** A metric, and what else people call it, so that they find it. */
type Listed = { name: string; alsoCalled: readonly string[] };

export type MetricGroup = { title: string; metrics: readonly Listed[] };

const listed = (name: string, ...alsoCalled: string[]): Listed => ({ name, alsoCalled });

/** All metrics, by the question that they answer. */
export const METRIC_GROUPS: readonly MetricGroup[] = [
  {
    title: "Who joins, shares and comes",
    metrics: [
      listed("referral_rate"),
      listed("enrolment_rate", "Participation", "Sign-up rate"),
      listed("share_rate"),
      listed("click_through", "CTR"),
      listed("referral_conversion", "Conversion rate"),
      listed("active_referrer_rate", "Active advocates"),
      listed("k_factor", "Virality", "Viral coefficient"),
    ],
  },
  {
    title: "What it brings and costs",
    metrics: [
      listed("referred_revenue", "Sales", "Turnover"),
      listed("referred_order_share"),
      listed("program_cost", "Spend"),
      listed("referral_cac", "CAC", "CPA"),
      listed("roi", "Return on investment"),
    ],
  },
  {
    title: "Who stays, and what they are worth",
    metrics: [
      listed("retention", "Churn"),
      listed("repeat_purchase_rate", "Loyalty"),
      listed("survival", "Time to second purchase"),
      listed("aov", "AOV", "Basket size"),
      listed("clv", "CLV", "LTV"),
    ],
  },
];

/**
 * The groups with the metrics that a search finds, by title or by any other name.
 * @param titleOf a metric's title
 */
export function searchMetrics(text: string, titleOf: (name: string) => string): MetricGroup[] {
  const wanted = text.trim().toLowerCase();
  const found = ({ name, alsoCalled }: Listed) =>
    [titleOf(name), ...alsoCalled].some((word) => word.toLowerCase().includes(wanted));
  return METRIC_GROUPS.map(({ title, metrics }) => ({
    title,
    metrics: metrics.filter(found),
  })).filter(({ metrics }) => metrics.length > 0);
}
