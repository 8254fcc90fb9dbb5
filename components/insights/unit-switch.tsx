import { ButtonLink } from "@/components/ui/controls/button";
import { type BucketUnit, type Days, unitsFor } from "@/lib/reports/days";

const LABELS: Record<BucketUnit, string> = { day: "Days", week: "Weeks", month: "Months" };

type UnitSwitchProps = {
  days: Days;
  chosen: BucketUnit;
  /** The same page with another unit. */
  hrefFor: (unit: BucketUnit) => string;
};

/** What a chart's course is cut into: as many choices as the range allows. */
export function UnitSwitch({ days, chosen, hrefFor }: UnitSwitchProps) {
  const units = unitsFor(days);
  if (units.length < 2) return null;
  return (
    <nav aria-label="By" className="flex gap-1">
      {units.map((unit) => (
        <ButtonLink
          key={unit}
          size="sm"
          variant={unit === chosen ? "secondary" : "quiet"}
          aria-current={unit === chosen ? "true" : undefined}
          href={hrefFor(unit)}
          scroll={false}
        >
          {LABELS[unit]}
        </ButtonLink>
      ))}
    </nav>
  );
}
