import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AddRule } from "@/components/program/rules/add-rule";
import { termNames } from "@/components/program/rules/editor-shop";
import { PublishRules } from "@/components/program/rules/publish-rules";
import { RuleList, type RuleRow, type RuleSection } from "@/components/program/rules/rule-list";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { dateTimeText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { writePercent } from "@/lib/core/percent";
import { addDays } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import {
  capText,
  moneyText,
  qualification,
  ruleGives,
  ruleLimits,
  ruleWhen,
} from "@/lib/terms/words/staff";
import { GROUP_TITLES, groupOf, RULE_GROUPS, type RuleGroup } from "@/lib/programs/rule-templates";
import type { Rule, Terms } from "@/lib/terms/schema";
import type { TermNames } from "@/lib/terms/words/when";
import { copyRule, deleteRule, placeRule, publishDraft, putRuleBack, turnRule } from "./actions";
import { editedProgram, versionInForce } from "./load";

export const metadata: Metadata = { title: "Rules" };

type Props = { params: Promise<{ merchant: string; program: string }> };

export default async function RulesPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const { scope, program, programHref, rulesHref, shop, crumbs } = await editedProgram(slug, ref);
  const { draft } = program;
  const names = termNames(shop);
  const current = await versionInForce(scope, program);
  return (
    <>
      <PageHeader
        title="Rules"
        description="What advocates and friends earn, and for what. Changes stay in the draft until you publish."
        breadcrumbs={crumbs.slice(0, -1)}
        actions={<AddRule rulesHref={rulesHref} />}
      />
      <div className="flex flex-col gap-6">
        <RuleList
          sections={sectionsOf(draft, names)}
          programId={program.id}
          rulesHref={rulesHref}
          actions={{
            remove: deleteRule.bind(null, slug),
            restore: putRuleBack.bind(null, slug),
            duplicate: copyRule.bind(null, slug),
            move: placeRule.bind(null, slug),
            switchTo: turnRule.bind(null, slug),
          }}
        />
        <div className="grid items-start gap-6 md:grid-cols-2">
          <Aspect
            title="What qualifies a referral"
            href={`${rulesHref}/qualification`}
            label="Edit"
          >
            <p>{qualification(draft, names)}.</p>
          </Aspect>
          <Aspect
            title="Name, dates and texts"
            href={adminPaths(slug).programDetails(program.id)}
            label="Edit"
          >
            {detailsOf(draft, scope.timeZone).map((line) => (
              <p key={line}>{line}.</p>
            ))}
          </Aspect>
          <Aspect title="Limits and budget" href={`${rulesHref}/limits`} label="Edit">
            {limitsOf(draft).map((line) => (
              <p key={line}>{line}.</p>
            ))}
          </Aspect>
          <Aspect
            title="Experiment"
            href={`${rulesHref}/experiment`}
            label={draft.experiment ? "Edit" : "Start one"}
          >
            {draft.experiment ? (
              <>
                <p className="font-medium text-ink">{draft.experiment.question}</p>
                {draft.experiment.arms.map(({ id, name, shareBp }) => (
                  <p
                    key={id}
                  >{`${name}: ${shareBp === null ? "a segment" : `${writePercent(shareBp)}%`}`}</p>
                ))}
              </>
            ) : (
              <p>Offer different rewards to different advocates, and learn which works.</p>
            )}
          </Aspect>
        </div>
        <PublishRules
          publish={publishDraft.bind(null, slug)}
          program={{ id: program.id, state: program.state, current }}
          draft={draft}
          timeZone={scope.timeZone}
          names={names}
          programHref={programHref}
        />
      </div>
    </>
  );
}

const DESCRIPTIONS: Record<RuleGroup, string> = {
  advocate: "What advocates earn for a good word.",
  friend: "What friends get.",
  points: "What earns points, on both sides.",
};

function sectionsOf(draft: Terms, names: TermNames): RuleSection[] {
  return RULE_GROUPS.map((group) => ({
    group,
    title: GROUP_TITLES[group],
    description: DESCRIPTIONS[group],
    rows: draft.rules
      .filter((rule) => groupOf(rule) === group)
      .map((rule) => rowOf(rule, draft, names)),
  }));
}

function rowOf(rule: Rule, draft: Terms, names: TermNames): RuleRow {
  const { arm: armId, ...rest } = rule;
  return {
    id: rule.id,
    name: rule.name ?? null,
    when: ruleWhen(rule, draft.currency, names),
    gives: ruleGives(rule, draft.currency),
    limits: ruleLimits(rest, draft),
    off: rule.off === true,
    arm:
      armId === undefined
        ? null
        : (draft.experiment?.arms.find(({ id }) => id === armId)?.name ?? armId),
  };
}

function limitsOf({
  budget,
  advocateCap,
  caps = [],
  nominations = "off",
  currency,
}: Terms): string[] {
  const lines = [
    ...(budget.cost === null ? [] : [`At most ${moneyText(budget.cost, currency)} in all`]),
    ...(budget.rewards === null ? [] : [`At most ${budget.rewards} rewards in all`]),
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

function detailsOf(draft: Terms, timeZone: string): string[] {
  const day = (at: Date) => dateTimeText(at, { locale: "en", timeZone, look: "date" });
  return [
    draft.newCustomersOnly ? "New customers only" : "Friends who bought before count too",
    `Friends have ${draft.windowDays === 1 ? "1 day" : `${draft.windowDays} days`} to qualify`,
    ...(draft.startsAt ? [`Starts on ${day(new Date(draft.startsAt))}`] : []),
    ...(draft.endsAt ? [`Last day: ${day(addDays(new Date(draft.endsAt), -0.5))}`] : []),
  ];
}

function Aspect({
  title,
  href,
  label,
  children,
}: {
  title: string;
  href: string;
  label: string;
  children: ReactNode;
}) {
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
