import type { SecondPurchase } from "@/lib/reports/retention/survival";
import type { SurvivalCurve } from "@/lib/reports/statistics/survival/survival";
import { LineChart } from "../charts/line-chart";
import type { ChartRow, ChartTable } from "../charts/table";
import { Card, CardHeader } from "@/components/ui/content/card";

const EVERY_DAYS = 10;
const LONGEST_DAYS = 360;

/** The share that has bought again, by days since the first purchase. */
export function SecondPurchaseCurves({ curves }: { curves: SecondPurchase }) {
  const { referred, other, logRank } = curves;
  const end = Math.min(LONGEST_DAYS, Math.max(lastTime(referred), lastTime(other)));
  const rows = Array.from({ length: Math.floor(end / EVERY_DAYS) + 1 }, (_, step): ChartRow => {
    const day = step * EVERY_DAYS;
    return {
      label: String(day),
      values: { referred: boughtBy(referred, day), other: boughtBy(other, day) },
    };
  });
  const table: ChartTable = {
    dimension: "Days since the first purchase",
    unit: { kind: "percent" },
    rows,
    series: [
      { key: "referred", label: "Referred customers" },
      { key: "other", label: "Other customers" },
    ],
  };
  return (
    <Card>
      <CardHeader
        title="Repeat purchases by days since the first purchase"
        description={logRank ? testText(logRank) : undefined}
        className="mb-5"
      />
      <LineChart label="Share that bought again, referred and other customers" table={table} />
    </Card>
  );
}

function lastTime(curve: SurvivalCurve | null): number {
  return curve?.steps.at(-1)?.time ?? 0;
}

/** Unknown beyond the last thing that was seen. */
function boughtBy(curve: SurvivalCurve | null, day: number): number | null {
  if (!curve || day > lastTime(curve)) return null;
  return 1 - (curve.steps.findLast((step) => step.time <= day)?.survival ?? 1);
}

function testText({ chiSquare, p }: NonNullable<SecondPurchase["logRank"]>): string {
  return `Log-rank test: χ² ${chiSquare.toFixed(2)}, p ${p < 0.001 ? "< 0.001" : p.toFixed(3)}.`;
}
