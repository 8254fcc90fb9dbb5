import { Coins } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { StatusPill } from "@/components/ui/content/badge";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";

type PointsRule = {
  key: string;
  title: string;
  sentence: string;
  limits: string[];
  editHref: string;
};
export type PointsProgram = {
  id: string;
  name: string;
  state: string;
  editHref: string;
  rules: PointsRule[];
};

/** How points are earned, program by program; each rule leads to where it is changed. */
export function PointsRules({
  programs,
  newProgramHref,
  mayEdit,
}: {
  programs: readonly PointsProgram[];
  /** Null where there is a program already. */
  newProgramHref: string | null;
  mayEdit: boolean;
}) {
  const giving = programs.filter(({ rules }) => rules.length > 0);
  if (giving.length === 0) {
    return (
      <Empty
        title="No way to earn points yet"
        icon={<Coins aria-hidden="true" />}
        bare
        action={
          newProgramHref ? (
            <ButtonLink variant="primary" href={newProgramHref}>
              Create program
            </ButtonLink>
          ) : null
        }
      >
        {newProgramHref
          ? "Customers earn points through a program’s rules. Create a program first."
          : "Customers earn points through a program’s rules."}
        {mayEdit && !newProgramHref ? " Start with one of the rules below." : null}
      </Empty>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {giving.map(({ id, name, state, editHref, rules }) => (
        <li key={id} className="py-4 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-2 text-sm text-ink-muted">
            <TextLink href={editHref}>{name}</TextLink>
            {state === "live" ? null : (
              <StatusPill tone="warn">{state === "paused" ? "Paused" : "Not live"}</StatusPill>
            )}
          </p>
          <ul className="mt-1.5 flex flex-col gap-2">
            {rules.map(({ key, title, sentence, limits, editHref }) => (
              <li key={key}>
                <p className="text-sm/6 font-medium">
                  {mayEdit ? (
                    <Link href={editHref} className="rounded-sm hover:underline">
                      {title}
                    </Link>
                  ) : (
                    title
                  )}
                </p>
                <p className="text-[0.8125rem]/5 text-ink-muted">
                  {[sentence, ...limits].join(" ")}
                </p>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
