import type { ArmReading } from "@/lib/reports/experiments/arms";
import type {
  ArmComparison as Comparison,
  ArmPlan,
  ArmTest,
} from "@/lib/reports/experiments/compare-arms";
import { type Asset, formatMoney } from "@/lib/core/money";
import { numberText, percentText } from "../ui/format";

type ArmComparisonProps = { comparison: Comparison; arms: ArmReading[]; asset: Asset };

/** How one arm compares with the baseline, with the test behind each answer. */
export function ArmComparison({ comparison, arms, asset }: ArmComparisonProps) {
  const name = (id: string) => arms.find((arm) => arm.id === id)?.name ?? id;
  const [arm, baseline] = [name(comparison.arm), name(comparison.baseline)];
  return (
    <section className="border-t border-line py-4 first:border-t-0 first:pt-0 last:pb-0">
      <h3 className="text-sm font-medium">
        {arm} vs. {baseline}
      </h3>
      <dl className="mt-3 grid gap-4 sm:grid-cols-2">
        <Answer
          question="Advocates with a qualified friend"
          test={comparison.conversion}
          arm={arm}
          say={pointsText}
        />
        <Answer
          question="Friends’ revenue per advocate"
          test={comparison.revenue}
          arm={arm}
          say={(minor) =>
            signed(minor, formatMoney({ minor: BigInt(Math.round(Math.abs(minor))), asset }, "en"))
          }
        />
      </dl>
    </section>
  );
}

type AnswerProps = {
  question: string;
  test: ArmTest | null;
  arm: string;
  say: (difference: number) => string;
};

function Answer({ question, test, arm, say }: AnswerProps) {
  return (
    <div>
      <dt className="text-[0.8125rem] text-ink-muted">{question}</dt>
      <dd className="mt-1">
        <p className="text-[0.9375rem] font-medium">
          {test ? verdictText(test, arm) : "Not enough data yet"}
        </p>
        {test ? (
          <p className="figure mt-1 text-[0.8125rem] text-ink-muted">
            {say(test.difference)}, 95%: {say(test.interval.low)} to {say(test.interval.high)}
            {test.verdict === "not_enough" ? null : `; p = ${pText(test.p)}`} ({test.method})
          </p>
        ) : null}
      </dd>
    </div>
  );
}

function verdictText({ verdict }: ArmTest, arm: string): string {
  if (verdict === "not_enough") return "Not enough data yet";
  if (verdict === "no_difference") return "No significant difference so far";
  return verdict === "higher" ? `${arm} performs better` : `${arm} performs worse`;
}

/** How many advocates it takes to know. */
export function PlanText({ plan }: { plan: ArmPlan | null }) {
  if (!plan)
    return <>The sample size can be estimated once the first advocates have referred a friend.</>;
  const { baselineShare, wantedShare, neededPerArm, fewest } = plan;
  return (
    <>
      To detect a rise of 20%, from {percentText(baselineShare)} to {percentText(wantedShare)}, four
      times out of five, each arm needs about {numberText(neededPerArm)} advocates. The smallest arm
      has {numberText(fewest)}. Decide when to stop before you start: stopping at the first
      difference finds differences that aren’t real.
    </>
  );
}

function pointsText(difference: number): string {
  return `${signed(difference, numberText(Math.abs(Math.round(difference * 1_000) / 10)))} points`;
}

function signed(value: number, text: string): string {
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${text}`;
}

function pText(p: number): string {
  return p < 0.001 ? "under 0.001" : p.toFixed(3);
}
