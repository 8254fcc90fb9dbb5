import { DateTime } from "@/components/ui/content/display";
import { Stat, StatGrid } from "@/components/ui/content/stat";
import { moneyText, numberText } from "@/components/ui/format";
import type { Advocacy, CustomerDetails } from "@/lib/customers/queries/customers";
import type { Scope } from "@/lib/merchants/scope";

/** What the customer bought, and what they brought as an advocate. */
export function Figures({ scope, customer }: { scope: Scope; customer: CustomerDetails }) {
  const { asset, timeZone } = scope;
  const { advocacies, lastOrderAt } = customer;
  return (
    <StatGrid>
      <Stat
        label="Revenue"
        value={moneyText({ minor: customer.revenueMinor, asset }, "en")}
        note="After refunds"
      />
      <Stat
        label="Orders"
        value={numberText(customer.orderCount)}
        note={
          lastOrderAt ? (
            <>
              Last on <DateTime value={lastOrderAt} timeZone={timeZone} />
            </>
          ) : (
            "No orders yet"
          )
        }
      />
      <Stat
        label="Friends referred"
        value={numberText(sum(advocacies, ({ qualifiedCount }) => qualifiedCount))}
        note={advocacies.length === 0 ? "Not in a program yet" : "Qualified, in all programs"}
      />
      <Stat
        label="Rewards earned"
        value={numberText(sum(advocacies, ({ rewardCount }) => rewardCount))}
        note="As an advocate, after reversals"
      />
    </StatGrid>
  );
}

function sum(advocacies: readonly Advocacy[], of: (advocacy: Advocacy) => number): number {
  return advocacies.reduce((total, advocacy) => total + of(advocacy), 0);
}
