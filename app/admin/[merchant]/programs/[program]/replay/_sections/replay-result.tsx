import { ConfirmAction } from "@/components/forms/confirm-action";
import { Outcome, type RuleOutcome, RuleOutcomes } from "@/components/replay/outcome";
import { Alert } from "@/components/ui/content/alert";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Button } from "@/components/ui/controls/button";
import type { Scope } from "@/lib/merchants/scope";
import { sameTerms } from "@/lib/pipeline/replay/queries";
import type { ProgramRecord } from "@/lib/programs/queries";
import { ruleTitle } from "@/lib/terms/words/staff";
import type { Terms } from "@/lib/terms/schema";
import { dropDraft, publishDraft } from "../actions";
import { PeopleCard, type PeopleFilter } from "./people-card";
import { type FinishedReplay, replayRange } from "./replay-days";

type ReplayResultProps = {
  slug: string;
  scope: Scope;
  program: ProgramRecord;
  published: Terms;
  replay: FinishedReplay;
  filter: PeopleFilter;
};

/** What the changed terms would have meant: in total, by rule and person by person. */
export function ReplayResult({
  slug,
  scope,
  program,
  published,
  replay,
  filter,
}: ReplayResultProps) {
  const { summary, before, after } = replay;
  const isDraft = sameTerms(after, program.draft);
  const titleOf = (ruleId: string) => {
    const rule = [...after.rules, ...before.rules].find(({ id }) => id === ruleId);
    return rule ? ruleTitle(rule) : ruleId;
  };
  const rules = summary.rules.map((rule): RuleOutcome => ({
    ...rule,
    title: titleOf(rule.ruleId),
    presence: presenceOf(rule.ruleId, before, after),
  }));
  return (
    <>
      <Outdated isDraft={isDraft} isPublished={sameTerms(before, published)} />
      <section aria-label="Results" className="flex flex-col gap-6">
        <Outcome summary={summary} asset={scope.asset} />
        <Card flush>
          <CardHeader
            title="By rule"
            description={`${replayRange(scope, replay)}. Costs are after refunds.`}
            className="px-5 pt-5 pb-3"
          />
          <RuleOutcomes rules={rules} asset={scope.asset} />
        </Card>
        {isDraft && !sameTerms(published, program.draft) ? (
          <NextStep slug={slug} program={program} replayId={replay.id} />
        ) : null}
        <PeopleCard
          slug={slug}
          scope={scope}
          programId={program.id}
          replay={replay}
          filter={filter}
          titleOf={titleOf}
        />
      </section>
    </>
  );
}

function presenceOf(ruleId: string, before: Terms, after: Terms): RuleOutcome["presence"] {
  const has = ({ rules }: Terms) => rules.some(({ id, off }) => id === ruleId && !off);
  if (has(before) === has(after)) return "both";
  return has(after) ? "draft" : "published";
}

function Outdated({ isDraft, isPublished }: { isDraft: boolean; isPublished: boolean }) {
  if (isDraft && isPublished) return null;
  return (
    <Alert
      tone="warn"
      title={
        isDraft
          ? "Another version was published after this replay"
          : "The draft was edited after this replay"
      }
    >
      These results are for the terms as they were then. Run the replay again to see what the draft
      would change now.
    </Alert>
  );
}

type NextStepProps = { slug: string; program: ProgramRecord; replayId: string };

/** The way on from a replay: publish the draft, or discard it. */
function NextStep({ slug, program, replayId }: NextStepProps) {
  return (
    <Card>
      <CardHeader
        title="Publish or discard"
        description="Applies to friends who join from now on. Everyone else keeps their version."
        className="mb-4"
      />
      <div className="flex flex-wrap gap-2">
        <ConfirmAction
          action={publishDraft.bind(null, slug)}
          fields={{ programId: program.id, replayId }}
          title={`Publish version ${(program.currentVersion ?? 0) + 1}?`}
          confirmLabel="Publish"
          description="It takes effect at once."
          trigger={<Button variant="primary">Publish the draft</Button>}
        />
        <ConfirmAction
          action={dropDraft.bind(null, slug)}
          fields={{ programId: program.id }}
          title="Discard the draft?"
          confirmLabel="Discard the draft"
          danger
          description="The draft is reset to the published version. Your changes are lost."
          trigger={<Button>Discard the draft</Button>}
        />
      </div>
    </Card>
  );
}
