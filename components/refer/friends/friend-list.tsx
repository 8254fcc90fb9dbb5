import type { Tone } from "@/components/ui/content/badge";
import { StatusPill } from "@/components/ui/content/badge";
import { Avatar } from "@/components/ui/content/display";

export type FriendItem = {
  id: string;
  name: string;
  state: string;
  tone: Tone;
  hint: string;
  /** When the last step was taken. */
  date: { text: string; iso: string };
};

/** Friends and how far each has come. */
export function FriendList({ friends }: { friends: readonly FriendItem[] }) {
  return (
    <ul className="divide-y divide-line">
      {friends.map(({ id, name, state, tone, hint, date }) => (
        <li key={id} className="flex items-start gap-3 py-3.5 first:pt-0 last:pb-0">
          <Avatar name={name} />
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <p className="min-w-0 text-sm font-medium [overflow-wrap:anywhere]">{name}</p>
              <StatusPill tone={tone}>{state}</StatusPill>
            </div>
            <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted">
              {hint}{" "}
              <time dateTime={date.iso} className="figure whitespace-nowrap">
                {date.text}
              </time>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
