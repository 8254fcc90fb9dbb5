import { CheckNow } from "@/components/ledger/check-now";
import { DifferenceTable } from "@/components/ledger/difference-table";
import { Alert } from "@/components/ui/content/alert";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { numberText } from "@/components/ui/format";
import type { LedgerCheckResult } from "@/lib/ledger/commands/check-ledger";

type CheckResultProps = {
  check: LedgerCheckResult | null;
  timeZone: string;
  /** Null for those who may only look. */
  action: Parameters<typeof CheckNow>[0]["action"] | null;
};

/** What the last check of the ledger found. */
export function CheckResult({ check, timeZone, action }: CheckResultProps) {
  const button = action ? <CheckNow action={action} /> : null;
  return check && check.differences.length > 0 ? (
    <>
      <Alert tone="bad" title="The ledger doesn’t add up" action={button}>
        These differences were found on{" "}
        <DateTime value={check.at} timeZone={timeZone} look="dateTime" />. Don’t pay anything out by
        hand until they are resolved.
      </Alert>
      <Card flush>
        <DifferenceTable differences={check.differences.slice(0, 100)} />
      </Card>
    </>
  ) : (
    <Alert tone={check ? "good" : "neutral"} action={button}>
      {check ? (
        <>
          Everything adds up: {numberText(check.accounts)} accounts and{" "}
          {numberText(check.transfers)} transfers, checked{" "}
          <DateTime value={check.at} timeZone={timeZone} look="dateTime" />.
        </>
      ) : (
        "The ledger is checked every night. The first check hasn’t run yet."
      )}
    </Alert>
  );
}
