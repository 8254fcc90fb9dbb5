import { WaitingCard } from "@/components/desk/waiting-card";
import { CheckNow } from "@/components/ledger/check-now";
import { DifferenceTable } from "@/components/ledger/difference-table";
import { Alert } from "@/components/ui/content/alert";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import { latestCheck } from "@/lib/ledger/queries/balances";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { checkNow } from "../ledger/actions";
import { waitingNow } from "../waiting";
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

/** What waits for a person, wherever it is dealt with. */
export async function NeedsYou({ scope, admin }: Pick<Section, "scope" | "admin">) {
  const work = await waitingNow(scope, 0);
  return <WaitingCard work={work} admin={admin} now={scopeNow(scope)} timeZone={scope.timeZone} />;
}
