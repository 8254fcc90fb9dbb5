import { rangeQuery } from "@/components/insights/dashboard-range";
import { SideBySide } from "@/components/insights/side-by-side";
import { Card, CardHeader } from "@/components/ui/content/card";
import { measureAll } from "@/lib/reports";
import type { Section } from "./section";

const COMPARED = ["retention", "clv", "repeat_purchase_rate", "aov", "survival"] as const;

/** Key metrics of referred customers beside those of all others. */
export async function ReferredAgainstOthers({ scope, admin, range }: Section) {
  const measured = await measureAll(scope, COMPARED, range.days);
  const to = (name: string) => admin.insight(name) + rangeQuery(range);
  return (
    <Card>
      <CardHeader
        title="Referred and other customers"
        description="If two ranges overlap, the difference could be chance."
        className="mb-4"
      />
      <SideBySide
        rows={[
          { measurement: measured.retention, href: to("retention") },
          { measurement: measured.clv, href: to("clv"), title: "Lifetime value to date" },
          {
            measurement: measured.clv,
            href: to("clv"),
            title: "Expected in the next 12 months",
            keys: ["predicted_referred", "predicted_other"],
          },
          { measurement: measured.survival, href: to("survival") },
          { measurement: measured.repeat_purchase_rate, href: to("repeat_purchase_rate") },
          { measurement: measured.aov, href: to("aov") },
        ]}
      />
    </Card>
  );
}
