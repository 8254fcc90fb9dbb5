import type { Measurement } from "@/lib/reports";
import { changeDelta, displayUnit, figureText, intervalText } from "./words";

/** `now` is the value as text, `n` and `of` numerator and denominator. */
type Said = { now: string; n: string; of: string };

/** What each metric says in one plain sentence, without its end. */
const SENTENCES: Record<string, (said: Said) => string> = {
  referral_rate: ({ n, of }) => `Of ${of} new customers, ${n} came through a referral`,
  enrolment_rate: ({ n, of }) => `Of ${of} people who saw the program, ${n} joined`,
  share_rate: ({ n, of }) => `Of ${of} advocates, ${n} shared their link`,
  click_through: ({ now }) => `Each share brought ${now} visitors`,
  referral_conversion: ({ n, of }) => `Of ${of} people who came through a friend, ${n} qualified`,
  active_referrer_rate: ({ n, of }) => `Of ${of} active customers, ${n} shared or were clicked`,
  k_factor: ({ now }) => `Each active customer brought ${now} new ones`,
  referred_revenue: ({ now }) => `Referred customers spent ${now}, after refunds`,
  referred_order_share: ({ n, of }) => `Of ${of} orders, ${n} were placed by referred customers`,
  program_cost: ({ now }) => `Rewards for referrals cost ${now}`,
  referral_cac: ({ now }) => `Each new customer from a referral cost ${now} in rewards`,
  roi: ({ now }) => `After paying for itself, the program returned ${now} of its cost`,
  retention: ({ n, of }) => `Of ${of} customers gained a year before, ${n} still bought`,
  repeat_purchase_rate: ({ n, of }) => `Of ${of} customers who bought, ${n} did so twice or more`,
  survival: ({ now }) => `${now} of new customers buy again within 90 days`,
  aov: ({ now }) => `An average order is worth ${now}`,
  clv: ({ now }) => `A customer has earned you ${now} so far, after cost of goods`,
};

/**
 * A metric in one plain sentence: what happened, and whether that differs from the range it is
 * compared with by more than chance. Null where the value is unknown.
 */
export function metricSentence(measurement: Measurement): string | null {
  const { definition, metric } = measurement;
  const now = figureText(metric.value, displayUnit(metric));
  const say = SENTENCES[definition.name];
  if (now === null || !say) return null;
  const count = (figure: typeof metric.numerator) => figureText(figure, "count") ?? "0";
  const said = say({ now, n: count(metric.numerator), of: count(metric.denominator) });
  return `${said}${comparedText(measurement)}.`;
}

function comparedText(measurement: Measurement): string {
  const { comparison, change } = measurement;
  const before = comparison && figureText(comparison.value, displayUnit(comparison));
  const delta = changeDelta(measurement);
  if (!before || !delta || !change) return "";
  if (!change.interval) return `; it was ${before} before`;
  const beyondChance = change.interval.low > 0 || change.interval.high < 0;
  if (!beyondChance) return `: about what it was (${before})`;
  return delta.direction === "up" ? `, up from ${before}` : `, down from ${before}`;
}

/** How sure the number is: "Between 20.1% and 35.4%, with 95% confidence". */
export function certaintyText({ metric }: Measurement): string | null {
  const text = intervalText(metric);
  return text && `Between ${text.replace(" to ", " and ")}, with 95% confidence`;
}
