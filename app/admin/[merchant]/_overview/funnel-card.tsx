import { Funnel } from "@/components/charts/funnel";
import { rangeQuery } from "@/components/insights/dashboard-range";
import { Card, CardHeader } from "@/components/ui/content/card";
import { funnel } from "@/lib/reports/growth/funnel";
import type { Section } from "./section";

/** Two funnels: customers up to sharing, friends up to the reward. */
export async function FunnelCard({ scope, admin, range }: Section) {
  const { customers, friends } = await funnel(scope, range.days);
  const to = (name: string) => admin.insight(name) + rangeQuery(range);
  return (
    <Card>
      <CardHeader
        title="Funnel"
        description="How far people who started in this range had got by its end."
        className="mb-5"
      />
      <div className="grid gap-8 sm:grid-cols-2">
        <div>
          <h3 className="mb-3 text-sm font-medium">Customers</h3>
          <Funnel
            label="Customers, from seeing the program to sharing it"
            steps={[
              { label: "Saw the program", count: customers.saw, href: to("enrolment_rate") },
              { label: "Joined", count: customers.joined, href: to("enrolment_rate") },
              { label: "Shared", count: customers.shared, href: to("share_rate") },
            ]}
          />
          {customers.saw === null ? (
            <p className="mt-3 text-xs text-ink-muted">
              No views of the program&rsquo;s page were recorded in this range.
            </p>
          ) : null}
        </div>
        <div>
          <h3 className="mb-3 text-sm font-medium">Friends</h3>
          <Funnel
            label="Friends, from the click to the reward"
            steps={[
              {
                label: "Clicked or used a code",
                count: friends.came,
                href: to("referral_conversion"),
              },
              { label: "Joined", count: friends.joined },
              { label: "Qualified", count: friends.qualified, href: to("referral_conversion") },
              { label: "Rewarded", count: friends.rewarded, href: to("program_cost") },
            ]}
          />
        </div>
      </div>
    </Card>
  );
}
