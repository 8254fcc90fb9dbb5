import { ChevronRight, CircleCheck } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { Card, CardHeader } from "@/components/ui/content/card";
import { RelativeTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import type { Waiting } from "@/lib/desk/schema";
import type { AdminPaths } from "@/lib/merchants/paths";
import { WAITING_WORDS, waitingText } from "./waiting-words";

type WaitingCardProps = { work: Waiting[]; admin: AdminPaths; now: Date; timeZone: string };

/** What waits for a person, a line for each kind: one press leads to the place. */
export function WaitingCard({ work, admin, now, timeZone }: WaitingCardProps) {
  if (work.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm text-ink-muted">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good" />
        Nothing needs you right now.
      </p>
    );
  }
  return (
    <Card flush>
      <CardHeader
        title="Needs you"
        actions={<TextLink href={admin.needsYou}>See everything</TextLink>}
        className="px-5 pt-4 pb-2"
      />
      <ul className="divide-y divide-line">
        {work.map((waiting) => (
          <li key={waiting.kind}>
            <Link
              href={WAITING_WORDS[waiting.kind].list(admin)}
              className={
                "flex min-h-11 items-center gap-3 px-5 py-2 text-sm -outline-offset-2 " +
                "hover:bg-sunken/60"
              }
            >
              <span className="min-w-0 flex-1 font-medium">{waitingText(waiting)}</span>
              {waiting.since ? (
                <span className="text-ink-muted">
                  <span className="max-sm:sr-only">oldest </span>
                  <RelativeTime value={waiting.since} now={now} timeZone={timeZone} />
                </span>
              ) : null}
              <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
