import { Link } from "@/components/ui/controls/link";
import { Card, CardHeader } from "@/components/ui/content/card";
import { RelativeTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import type { Asset } from "@/lib/core/money";
import type { Waiting, WaitingItem } from "@/lib/desk/schema";
import type { AdminPaths } from "@/lib/merchants/paths";
import { countText, WAITING_WORDS, waitingText } from "./waiting-words";

type Shown = { admin: AdminPaths; now: Date; timeZone: string; asset: Asset };

/** Everything that waits for a person, in a card for each kind, the longest waiting first. */
export function WaitingList({ work, ...shown }: Shown & { work: Waiting[] }) {
  return (
    <div className="flex flex-col gap-6">
      {work.map((waiting) => (
        <WaitingOfKind key={waiting.kind} waiting={waiting} {...shown} />
      ))}
    </div>
  );
}

function WaitingOfKind({ waiting, ...shown }: Shown & { waiting: Waiting }) {
  const { kind, count, items } = waiting;
  return (
    <Card flush>
      <CardHeader
        title={waitingText(waiting)}
        actions={
          <TextLink href={WAITING_WORDS[kind].list(shown.admin)}>
            {count > items.length ? `See all ${countText(count)}` : "Open the list"}
          </TextLink>
        }
        className="px-5 pt-4 pb-2"
      />
      <ul className="divide-y divide-line">
        {items.map((item, index) => (
          <li key={`${item.id} ${index}`}>
            <WaitingRow kind={kind} item={item} {...shown} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

type RowProps = Shown & { kind: Waiting["kind"]; item: WaitingItem };

function WaitingRow({ kind, item, admin, now, timeZone, asset }: RowProps) {
  const { place, detail } = WAITING_WORDS[kind];
  const said = detail(item, asset);
  return (
    <Link
      href={place(admin, item)}
      className={
        "flex min-h-12 items-center gap-4 px-5 py-2 text-sm -outline-offset-2 hover:bg-sunken/60"
      }
    >
      <span className="flex min-w-0 flex-1 flex-col sm:flex-row sm:items-baseline sm:gap-3">
        {item.who ? (
          <span className="max-w-full shrink-0 font-medium [overflow-wrap:anywhere] sm:max-w-72">
            {item.who}
          </span>
        ) : null}
        {said ? (
          <span className="min-w-0 text-ink-muted [overflow-wrap:anywhere]">{said}</span>
        ) : null}
      </span>
      {item.at ? (
        <span className="shrink-0 text-ink-muted">
          <RelativeTime value={item.at} now={now} timeZone={timeZone} />
        </span>
      ) : null}
    </Link>
  );
}
