import { History, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { ChangeList } from "@/components/program/change-list";
import { Outcome, RuleOutcomes } from "@/components/replay/outcome";
import { PeopleTable } from "@/components/replay/people-table";
import { RangeForm } from "@/components/replay/range-form";
import { Alert } from "@/components/ui/content/alert";
import { Button, ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { rangeText } from "@/components/ui/controls/date-range";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { KeepFresh } from "@/components/ui/page/keep-fresh";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { ProgressBar } from "@/components/ui/content/progress-bar";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { addDays, dateInZone } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import {
  findReplay,
  listDifferences,
  listReplays,
  type Replay,
  sameTerms,
} from "@/lib/pipeline/replay/queries";
import { replayFilterSchema, USUAL_DAYS } from "@/lib/pipeline/replay/schema";
import { wordChanges } from "@/lib/programs/changes";
import { programRecord, type ProgramRecord } from "@/lib/programs/queries";
import { ruleTitle } from "@/lib/programs/rule-words";
import type { Terms } from "@/lib/programs/schema";
import { dropDraft, publishDraft, runReplay, stopReplay } from "./actions";

export const metadata: Metadata = { title: "Replay" };

type Props = {
  params: Promise<{ merchant: string; program: string }>;
  searchParams: Promise<Query>;
};
type Part = { slug: string; scope: Scope; program: ProgramRecord };

export default async function ReplayPage({ params, searchParams }: Props) {
  const { merchant: slug, program: ref } = await params;
  const scope = await requireMember(slug, "program.edit");
  const program = await found(programRecord(scope, ref));
  const filter = readFilter(replayFilterSchema, await searchParams);
  const { rows: replays } = await listReplays(scope, { programId: program.id, limit: 10 });
  const latest = replays.find(({ state }) => state !== "discarded") ?? null;
  const shown = filter.run ? await found(findReplay(scope, program.id, filter.run)) : latest;
  const admin = adminPaths(slug);
  const list = admin.programs;
  const part = { slug, scope, program };
  const earlier = replays.filter(({ id, state }) => id !== shown?.id && state === "done");
  return (
    <>
      <PageHeader
        title="Replay"
        breadcrumbs={[
          { label: "Programs", href: list },
          { label: program.name, href: admin.program(program.id) },
        ]}
        description="Runs the draft over what really happened, beside the terms in force. Nothing is granted, and nobody is told."
      />
      {program.published === null ? (
        <Empty title="Nothing has happened yet" icon={<History aria-hidden="true" />}>
          A replay compares a changed program with what happened in it. Publish it first; from then
          on every change can be tried here.
        </Empty>
      ) : (
        <div className="flex flex-col gap-6">
          {shown && shown.id !== latest?.id ? (
            <Alert
              action={<TextLink href={admin.programReplay(program.id)}>To the latest</TextLink>}
            >
              This is an earlier replay.
            </Alert>
          ) : (
            <Ask {...part} published={program.published} shown={shown} />
          )}
          {shown ? (
            <Shown {...part} published={program.published} replay={shown} filter={filter} />
          ) : null}
          {earlier.length > 0 ? (
            <Card>
              <CardHeader title="Earlier replays" className="mb-3" />
              <ul className="flex flex-col gap-2 text-sm">
                {earlier.map((replay) => (
                  <li key={replay.id} className="flex flex-wrap gap-x-3">
                    <TextLink href={`?run=${replay.id}`}>{daysOf(scope, replay)}</TextLink>
                    <span className="text-ink-muted">asked for by {replay.createdBy}</span>
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
        </div>
      )}
    </>
  );
}

/** What would change, and over which days to try it. */
function Ask({
  slug,
  scope,
  program,
  published,
  shown,
}: Part & { published: Terms; shown: Replay | null }) {
  const changes = wordChanges(published, program.draft, scope.timeZone);
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  const range = shown
    ? spanDays(scope, shown)
    : { from: dateInZone(addDays(scopeNow(scope), 1 - USUAL_DAYS), scope.timeZone), to: today };
  return (
    <Card>
      <CardHeader
        title="What the draft changes"
        className="mb-4"
        actions={
          <ButtonLink size="sm" href={adminPaths(slug).programRules(program.id)}>
            Edit the draft
          </ButtonLink>
        }
      />
      {changes.length > 0 ? (
        <ChangeList changes={changes} />
      ) : (
        <p className="text-sm text-ink-muted">
          Nothing: the draft says what is in force. Edit it, save it as a draft and come back.
        </p>
      )}
      {isOpen(shown) ? null : (
        <div className="mt-5 border-t border-line pt-5">
          <RangeForm
            action={runReplay.bind(null, slug)}
            programId={program.id}
            range={range}
            today={today}
            again={shown?.state === "done"}
          />
          <p className="mt-3 text-[0.8125rem] text-ink-muted">
            As if the draft had been published at the beginning of the first day: for friends who
            came since, with all their purchases and refunds until the last day, and what advocates
            did themselves.
          </p>
        </div>
      )}
    </Card>
  );
}

function isOpen(replay: Replay | null): boolean {
  return replay?.state === "queued" || replay?.state === "running";
}

type Filter = {
  run?: string | undefined;
  search?: string | undefined;
  cursor?: string | undefined;
};

function Shown({
  slug,
  scope,
  program,
  published,
  replay,
  filter,
}: Part & { published: Terms; replay: Replay; filter: Filter }) {
  const names = { programId: program.id, replayId: replay.id };
  if (isOpen(replay)) {
    const { done, total } = replay;
    return (
      <Card>
        <KeepFresh />
        <ProgressBar
          share={total === 0 ? null : done / total}
          label={
            replay.state === "queued" ? "Waits for the worker" : `Running ${daysOf(scope, replay)}`
          }
          detail={total === 0 ? undefined : `${numberText(done)} of ${numberText(total)} people`}
        />
        <div className="mt-4">
          <ConfirmAction
            action={stopReplay.bind(null, slug)}
            fields={names}
            title="Stop this replay?"
            confirmLabel="Stop"
            description="What it has found so far is thrown away. Your program is not touched either way."
            trigger={<Button size="sm">Stop</Button>}
          />
        </div>
      </Card>
    );
  }
  if (replay.state === "failed") {
    return (
      <Alert tone="bad" title="The replay failed">
        {replay.error ?? "Nobody knows why."} Run it again; nothing was touched.
      </Alert>
    );
  }
  if (replay.summary === null) return <Alert>This replay was discarded.</Alert>;
  return (
    <Result
      slug={slug}
      scope={scope}
      program={program}
      published={published}
      replay={{ ...replay, summary: replay.summary }}
      filter={filter}
    />
  );
}

type ResultProps = Part & {
  published: Terms;
  replay: Replay & { summary: NonNullable<Replay["summary"]> };
  filter: Filter;
};

async function Result({ slug, scope, program, published, replay, filter }: ResultProps) {
  const { summary, before, after } = replay;
  const isDraft = sameTerms(after, program.draft);
  const isInForce = sameTerms(before, published);
  const titleOf = (ruleId: string) => {
    const rule = [...after.rules, ...before.rules].find(({ id }) => id === ruleId);
    return rule ? ruleTitle(rule) : ruleId;
  };
  const rules = summary.rules.map((rule) => {
    const has = ({ rules }: Terms) => rules.some(({ id, off }) => id === rule.ruleId && !off);
    return {
      ...rule,
      title: titleOf(rule.ruleId),
      standing:
        has(before) === has(after)
          ? ("both" as const)
          : has(after)
            ? ("new" as const)
            : ("gone" as const),
    };
  });
  const { search } = filter;
  const page = await pageFrom(filter, (at) =>
    listDifferences(scope, { ...at, replayId: replay.id, limit: 25 }),
  );
  const base = adminPaths(slug).programReplay(program.id);
  const keep = { run: filter.run, search };
  return (
    <>
      {isDraft && isInForce ? null : (
        <Alert
          tone="warn"
          title={
            isDraft
              ? "Other terms are in force since this replay"
              : "The draft was edited after this replay"
          }
        >
          What is shown here holds for the terms as they were then. Run it again to see what the
          draft would change now.
        </Alert>
      )}
      <section aria-label="What would be different" className="flex flex-col gap-6">
        <Outcome summary={summary} asset={scope.asset} />
        <Card flush>
          <CardHeader
            title="By rule"
            description={`${daysOf(scope, replay)}. Cost is what stands after refunds.`}
            className="px-5 pt-5 pb-3 sm:px-6"
          />
          <RuleOutcomes rules={rules} asset={scope.asset} />
        </Card>
        {isDraft && !sameTerms(published, program.draft) ? (
          <Decide slug={slug} program={program} replay={replay} />
        ) : null}
        <Card flush>
          <CardHeader
            title="Person by person"
            description="The largest difference first."
            className="px-5 pt-5 pb-3 sm:px-6"
            actions={
              summary.affected > 0 ? (
                <ButtonLink size="sm" href={`${base}/people?run=${replay.id}`} prefetch={false}>
                  Download CSV
                </ButtonLink>
              ) : null
            }
          />
          {summary.affected > 0 || search ? (
            <div className="px-5 pb-4 sm:px-6">
              <FilterBar label="Filter people" keep={["run"]}>
                <SearchField name="search" label="Name, address or your id" defaultValue={search} />
              </FilterBar>
            </div>
          ) : null}
          <PeopleTable
            rows={page.rows}
            asset={scope.asset}
            titleOf={titleOf}
            customerHref={(id) => adminPaths(slug).customer(id)}
            empty={
              search ? (
                <Empty
                  title="Nobody matches"
                  icon={<SearchX aria-hidden="true" />}
                  action={
                    <ButtonLink href={withQuery(base, { run: filter.run })}>Show all</ButtonLink>
                  }
                  bare
                >
                  Try a part of the name or the address.
                </Empty>
              ) : (
                <Empty title="Nobody would notice" bare>
                  Everyone gets the same under both.
                </Empty>
              )
            }
          />
          <Pagination
            newerHref={filter.cursor ? withQuery(base, keep) : null}
            olderHref={
              page.nextCursor ? withQuery(base, { ...keep, cursor: page.nextCursor }) : null
            }
            labels={{ newer: "First", older: "More", nav: "Pages of people" }}
          />
        </Card>
      </section>
    </>
  );
}

/** The way on from here: publish what was tried, or leave it. */
function Decide({
  slug,
  program,
  replay,
}: {
  slug: string;
  program: ProgramRecord;
  replay: Replay;
}) {
  const fields = { programId: program.id, replayId: replay.id };
  return (
    <Card>
      <CardHeader
        title="And now?"
        description="Publishing holds for friends who come from now on. Those who came before keep the version they came under."
        className="mb-4"
      />
      <div className="flex flex-wrap gap-2">
        <ConfirmAction
          action={publishDraft.bind(null, slug)}
          fields={fields}
          title={`Publish version ${(program.currentVersion ?? 0) + 1}?`}
          confirmLabel="Publish"
          description="It is in force at once."
          trigger={<Button variant="primary">Publish the draft</Button>}
        />
        <ConfirmAction
          action={dropDraft.bind(null, slug)}
          fields={{ programId: program.id }}
          title="Discard the draft?"
          confirmLabel="Discard the draft"
          danger
          description="The draft goes back to the terms in force. What you changed in it is lost."
          trigger={<Button>Discard the draft</Button>}
        />
      </div>
    </Card>
  );
}

function spanDays(scope: Scope, { fromAt, untilAt }: Replay): { from: string; to: string } {
  // The end is the first instant after the last day, or now.
  return {
    from: dateInZone(fromAt, scope.timeZone),
    to: dateInZone(new Date(untilAt.getTime() - 1), scope.timeZone),
  };
}

function daysOf(scope: Scope, replay: Replay): string {
  return rangeText(spanDays(scope, replay), "en");
}
