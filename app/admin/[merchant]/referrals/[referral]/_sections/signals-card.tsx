import { SharedFacts } from "@/components/customer/shared-facts";
import { Badge } from "@/components/ui/content/badge";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { SignalRow } from "@/lib/referrals/queries/referrals";
import { reasonWords } from "@/lib/referrals/schema";

/** What had become of a referral's rewards when a signal was raised; nothing while on hold. */
const REACHED: Record<string, string> = {
  released: "Its rewards had been released.",
  paid: "Its rewards had been paid or used.",
};

/** Whether rewards had been released before any of these was known. */
export function cameAfterRelease(signals: readonly SignalRow[]): boolean {
  return signals.some(({ reached }) => reached in REACHED);
}

type SignalsCardProps = { signals: readonly SignalRow[]; admin: AdminPaths; timeZone: string };

/** What speaks against a referral, with the evidence. */
export function SignalsCard({ signals, admin, timeZone }: SignalsCardProps) {
  return (
    <Card>
      <CardHeader title="Signals" className="mb-4" />
      <ul className="flex flex-col gap-5">
        {signals.map(({ kind, severity, detail, reached, evidence, at }) => (
          <li key={kind} className="flex flex-col items-start gap-1.5 text-sm">
            <Badge tone={severity === "block" ? "bad" : "warn"} wraps>
              {titleOf(kind)}
            </Badge>
            <span>
              {detail} {REACHED[reached] ?? null}
            </span>
            <SharedFacts shared={evidence} />
            {[...new Set(evidence.map(({ customerId }) => customerId))].map((id) => (
              <TextLink key={id} href={admin.customer(id)}>
                Show the other record
              </TextLink>
            ))}
            <span className="text-[0.8125rem]/5 text-ink-muted">
              <DateTime value={at} timeZone={timeZone} look="dateTime" />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function titleOf(kind: string): string {
  return kind === "shared_browser" ? "The same browser" : reasonWords(kind);
}
