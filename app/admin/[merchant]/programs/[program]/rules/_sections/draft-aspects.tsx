import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/content/card";
import { TextLink } from "@/components/ui/controls/button";
import { dateTimeText } from "@/components/ui/format";
import { writePercent } from "@/lib/core/values/percent";
import { addDays } from "@/lib/core/time";
import type { AdminPaths } from "@/lib/merchants/paths";
import { capText, daysText, qualification } from "@/lib/terms/words/staff";
import { moneyText } from "@/lib/terms/words/amounts";
import { fraudRules } from "@/lib/terms/rules/fraud";
import type { Terms } from "@/lib/terms/schema";
import type { TermNames } from "@/lib/terms/words/context";

type DraftAspectsProps = {
  admin: AdminPaths;
  programId: string;
  draft: Terms;
  names: TermNames;
  timeZone: string;
};

/** What the draft says besides its rules, each with the way to edit it. */
export function DraftAspects({ admin, programId, draft, names, timeZone }: DraftAspectsProps) {
  return (
    <div className="grid items-start gap-6 md:grid-cols-2">
      <Aspect title="What qualifies a referral" href={admin.programQualification(programId)}>
        <p>{qualification(draft, names)}.</p>
      </Aspect>
      <Aspect title="Name, dates and texts" href={admin.programDetails(programId)}>
        <Sentences of={detailsOf(draft, timeZone)} />
      </Aspect>
      <Aspect title="Limits and budget" href={admin.programLimits(programId)}>
        <Sentences of={limitsOf(draft)} />
      </Aspect>
      <Aspect title="Suspicious referrals" href={admin.programFraud(programId)}>
        <Sentences of={fraudOf(draft)} />
      </Aspect>
      <Aspect
        title="Experiment"
        href={admin.programArms(programId)}
        label={draft.experiment ? "Edit" : "Start one"}
      >
        <ExperimentText experiment={draft.experiment} />
      </Aspect>
    </div>
  );
}

type AspectProps = { title: string; href: string; label?: string; children: ReactNode };

function Aspect({ title, href, label = "Edit", children }: AspectProps) {
  return (
    <Card className="h-full">
      <CardHeader
        title={title}
        actions={
          <TextLink href={href} className="text-sm">
            {label}
          </TextLink>
        }
        className="mb-2"
      />
      <div className="flex flex-col gap-1 text-sm/6 text-ink-muted">{children}</div>
    </Card>
  );
}

function Sentences({ of: lines }: { of: readonly string[] }) {
  return lines.map((line) => <p key={line}>{line}.</p>);
}

function ExperimentText({ experiment }: Pick<Terms, "experiment">) {
  if (!experiment) return <p>Give advocates different rewards, and learn which works.</p>;
  return (
    <>
      <p className="font-medium text-ink">{experiment.question}</p>
      {experiment.arms.map(({ id, name, shareBp }) => (
        <p key={id}>{`${name}: ${shareBp === null ? "a segment" : `${writePercent(shareBp)}%`}`}</p>
      ))}
    </>
  );
}

function detailsOf(draft: Terms, timeZone: string): string[] {
  const day = (at: Date) => dateTimeText(at, { locale: "en", timeZone, look: "date" });
  return [
    draft.newCustomersOnly ? "New customers only" : "Friends who bought before count too",
    `Friends have ${daysText(draft.windowDays)} to qualify`,
    ...(draft.startsAt ? [`Starts on ${day(new Date(draft.startsAt))}`] : []),
    ...(draft.endsAt ? [`Last day: ${day(addDays(new Date(draft.endsAt), -0.5))}`] : []),
  ];
}

function fraudOf(draft: Terms): string[] {
  const rules = fraudRules(draft);
  return [
    `Held for review from a score of ${rules.holdFrom}`,
    `A signal: ${rules.friendsADay} friends of one advocate in a day`,
    `A signal: ${rules.peopleOfANetwork} people from one network in a day`,
  ];
}

function limitsOf({
  budget,
  advocateCap,
  caps = [],
  nominations = "off",
  currency,
}: Terms): string[] {
  const lines = [
    ...(budget.cost === null ? [] : [`At most ${moneyText(budget.cost, currency)} in total`]),
    ...(budget.rewards === null ? [] : [`At most ${budget.rewards} rewards in total`]),
    ...(advocateCap === null ? [] : [`At most ${advocateCap} rewards per advocate`]),
    ...caps.map((cap) => capText(cap, currency)),
  ];
  return [
    ...(lines.length > 0 ? lines : ["No limits"]),
    nominations === "off"
      ? "Friends are not asked who told them"
      : "Friends are asked who told them",
  ];
}
