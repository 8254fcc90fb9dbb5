import type { Measurement } from "@/lib/reports";
import { ALWAYS_EXCLUDED } from "@/lib/reports/metric";
import { Card, CardHeader } from "@/components/ui/content/card";
import { type Definition, DefinitionList } from "@/components/ui/content/definition-list";
import { comparedDaysText, daysText, figureText, intervalText, unknownText } from "./words";

/** The definition of a metric, with its numerator and denominator in both ranges. */
export function DefinitionCard({
  measurement,
  timeZone,
}: {
  measurement: Measurement;
  timeZone: string;
}) {
  const { definition, metric, comparison } = measurement;
  const beside = (now: string | null, before: string | null | undefined): string | undefined =>
    [now, comparison ? `before: ${before ?? "unknown"}` : null].filter(Boolean).join(" · ") ||
    undefined;
  const items: Definition[] = [
    { term: "Formula", value: definition.formula },
    {
      term: "Numerator",
      value: definition.numerator,
      hint: beside(
        figureText(metric.numerator, "count"),
        comparison && figureText(comparison.numerator, "count"),
      ),
    },
    ...(definition.denominator
      ? [
          {
            term: "Denominator",
            value: definition.denominator,
            hint: beside(
              figureText(metric.denominator, "count"),
              comparison && figureText(comparison.denominator, "count"),
            ),
          },
        ]
      : []),
    { term: "Window", value: definition.window, hint: `Days start at midnight in ${timeZone}.` },
    { term: "Excluded", value: definition.exclusions, hint: ALWAYS_EXCLUDED },
    {
      term: "Interval",
      value: intervalText(metric) ?? "None",
      hint: `n = ${metric.n.toLocaleString("en")}. ${definition.interval}`,
    },
    {
      term: "Range",
      value: daysText(metric.days),
      ...(comparison && { hint: `Compared with ${comparedDaysText(comparison)}` }),
    },
  ];
  return (
    <Card>
      <CardHeader title="How it is calculated" description={unknownText(metric)} className="mb-5" />
      <DefinitionList items={items} />
    </Card>
  );
}
