import { SetAsideAlert } from "@/components/event/set-aside-alert";
import { CheckNow } from "@/components/ledger/check-now";
import { DifferenceTable } from "@/components/ledger/difference-table";
import { Alert } from "@/components/ui/content/alert";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { countSetAside } from "@/lib/events/queries/inbox";
import { latestCheck } from "@/lib/ledger/queries/balances";
import { scopeAllows } from "@/lib/merchants/scope";
import { lowPools } from "@/lib/rewards/coupons/queries/pools";
import { checkNow } from "../ledger/actions";
import type { Section } from "./section";

/** Warns when the latest check of the ledger found discrepancies, and lists them. */
export async function LedgerAlarm({ scope, admin }: Pick<Section, "scope" | "admin">) {
  const check = await latestCheck(scope);
  if (!check || check.differences.length === 0) return null;
  const { length } = check.differences;
  const at = <DateTime value={check.at} timeZone={scope.timeZone} look="dateTime" />;
  return (
    <section aria-label="The ledger doesn’t add up" className="flex flex-col gap-3">
      <Alert
        tone="bad"
        title="The ledger doesn’t add up"
        action={
          scopeAllows(scope, "ledger.adjust") ? (
            <CheckNow action={checkNow.bind(null, scope.merchantSlug)} />
          ) : null
        }
      >
        The check on {at} found {length} {length === 1 ? "difference" : "differences"}. Don’t pay
        anything out by hand until {length === 1 ? "it is" : "they are"} resolved.{" "}
        <TextLink href={admin.ledger}>Open the ledger</TextLink>
      </Alert>
      <Card flush>
        <DifferenceTable differences={check.differences.slice(0, 10)} />
      </Card>
    </section>
  );
}

/** Warns about coupon pools that are low, and rewards that wait for a code. */
export async function PoolAlarm({ scope, admin }: Pick<Section, "scope" | "admin">) {
  const pools = await lowPools(scope);
  const waiting = pools.reduce((sum, pool) => sum + pool.waiting, 0);
  const [first] = pools;
  if (!first) return null;
  return (
    <Alert
      tone={waiting > 0 ? "bad" : "warn"}
      title={
        waiting > 0
          ? `${waiting} ${waiting === 1 ? "reward is" : "rewards are"} waiting for a coupon code`
          : "Coupon codes are running low"
      }
      action={
        <ButtonLink
          size="sm"
          href={pools.length === 1 ? admin.couponPool(first.id) : admin.couponPools}
        >
          Add codes
        </ButtonLink>
      }
    >
      {pools
        .map(({ name, left }) => `“${name}” has ${left === 0 ? "no codes" : left} left`)
        .join(", ")}
      .
    </Alert>
  );
}

/** Warns about events that failed too often and wait for a person. */
export async function EventAlarm({ scope, admin }: Pick<Section, "scope" | "admin">) {
  const count = await countSetAside(scope);
  return count === 0 ? null : <SetAsideAlert count={count} href={admin.eventsSetAside} />;
}
