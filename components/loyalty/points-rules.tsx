import { Coins } from "lucide-react";
import { StatusPill } from "../ui/badge";
import { TextLink } from "../ui/button";
import { Empty } from "../ui/empty";

export type PointsRule = { key: string; title: string; sentence: string; limits: string[]; editHref: string };
export type PointsProgram = { id: string; name: string; state: string; editHref: string; rules: PointsRule[] };

/** How points are earned, program by program; each rule leads to where it is changed. */
export function PointsRules({ programs }: { programs: readonly PointsProgram[] }) {
  const giving = programs.filter(({ rules }) => rules.length > 0);
  if (giving.length === 0) {
    return (
      <Empty title="Nothing gives points yet" icon={<Coins aria-hidden="true" />} bare>
        Points are earned by the rules of a program. Begin with one of those below.
      </Empty>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {giving.map(({ id, name, state, editHref, rules }) => (
        <li key={id} className="py-4 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-2 text-sm text-ink-muted">
            <TextLink href={editHref}>{name}</TextLink>
            {state === "live" ? null : <StatusPill tone="warn">{state === "paused" ? "Paused" : "Not live"}</StatusPill>}
          </p>
          <ul className="mt-1.5 flex flex-col gap-2">
            {rules.map(({ key, title, sentence, limits }) => (
              <li key={key}>
                <p className="text-sm/6 font-medium">{title}</p>
                <p className="text-[0.8125rem]/5 text-ink-muted">{[sentence, ...limits].join(" ")}</p>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
