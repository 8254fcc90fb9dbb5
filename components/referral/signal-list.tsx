import { SharedFacts } from "../customer/shared-facts";
import { Badge } from "@/components/ui/content/badge";
import { DateTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import { translator } from "@/lib/core/i18n/translator";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { SignalRow } from "@/lib/referrals/queries/signals";
import { isShared } from "@/lib/referrals/schema";
import { scoreWords, signalTitle } from "@/lib/terms/words/signals";

/** What had become of a referral's rewards when a signal was raised; nothing while on hold. */
const REACHED: Record<string, string> = {
  released: "Its rewards had been released.",
  paid: "Its rewards had been paid or used.",
};

/** Whether rewards had been released before any of these was known. */
export function cameAfterRelease(signals: readonly SignalRow[]): boolean {
  return signals.some(({ reached }) => reached in REACHED);
}

/** What signals add up to: "Score 60 of 100. Two signals: …". */
export function scoreText(score: number, signals: readonly SignalRow[]): string {
  return `Score ${score} of 100. ${scoreWords(translator("en"), signals)}.`;
}

type SignalListProps = { signals: readonly SignalRow[]; admin: AdminPaths; timeZone: string };

/** What speaks against a referral, each with its words, its weight and its evidence. */
export function SignalList({ signals, admin, timeZone }: SignalListProps) {
  return (
    <ul className="flex flex-col gap-5">
      {signals.map((signal) => (
        <li key={signal.kind} className="flex flex-col items-start gap-1.5 text-sm">
          <Badge tone={signal.severity === "block" ? "bad" : "warn"} wraps>
            {signalTitle(translator("en"), signal.kind)}
          </Badge>
          <span className="[overflow-wrap:anywhere]">
            {signal.detail} {REACHED[signal.reached] ?? null}
          </span>
          <SharedFacts shared={signal.evidence.filter(isShared)} />
          {[...new Set(signal.evidence.flatMap(({ customerId }) => customerId ?? []))].map((id) => (
            <TextLink key={id} href={admin.customer(id)}>
              Show the other record
            </TextLink>
          ))}
          <span className="text-[0.8125rem]/5 text-ink-muted">
            Counts {signal.weight} ·{" "}
            <DateTime value={signal.at} timeZone={timeZone} look="dateTime" />
          </span>
        </li>
      ))}
    </ul>
  );
}
