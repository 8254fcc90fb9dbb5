import type { Measurement } from "@/lib/reports";
import { ALWAYS_EXCLUDED } from "@/lib/reports/metric";
import { Card } from "@/components/ui/content/card";
import { Disclosure } from "@/components/ui/content/disclosure";
import { type Definition, DefinitionList } from "@/components/ui/content/definition-list";
import { changeIntervalText, comparedDaysText, daysText, figureText, intervalText } from "./words";

/** The definition of a metric, with its numerator and denominator in both ranges. */
export function DefinitionCard({
  measurement,
  timeZone,
}: {
  measurement: Measurement;
  timeZone: string;
}) {
  const { definition, metric, comparison, change } = measurement;
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
    ...(change?.interval && comparison
      ? [
          {
            term: "Change",
            value: changeIntervalText(change, comparison) ?? "",
            hint: `95%. ${change.interval.method}`,
          },
        ]
      : []),
    {
      term: "Range",
      value: daysText(metric.days),
      ...(comparison && { hint: `Compared with ${comparedDaysText(comparison)}` }),
    },
  ];
  return (
    <Card>
      <Disclosure summary="How it is calculated">
        <DefinitionList items={items} />
      </Disclosure>
    </Card>
  );
}
