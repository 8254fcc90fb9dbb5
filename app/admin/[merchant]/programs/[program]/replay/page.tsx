import { History } from "lucide-react";
import type { Metadata } from "next";
import { Alert } from "@/components/ui/content/alert";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { TextLink } from "@/components/ui/controls/button";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { findReplay, listReplays, type Replay } from "@/lib/pipeline/replay/queries";
import { replayFilterSchema } from "@/lib/pipeline/replay/schema";
import { programRecord } from "@/lib/programs/queries";
import { DraftCard } from "./_sections/draft-card";
import { isUnderWay, replayRange } from "./_sections/replay-days";
import { ReplayResult } from "./_sections/replay-result";
import { FailedReplay, ReplayProgress } from "./_sections/replay-status";

export const metadata: Metadata = { title: "Replay" };

type Props = {
  params: Promise<{ merchant: string; program: string }>;
  searchParams: Promise<Query>;
};

export default async function ReplayPage({ params, searchParams }: Props) {
  const { merchant: slug, program: ref } = await params;
  const scope = await requireMember(slug, "program.edit");
  const program = await found(programRecord(scope, ref));
  const filter = readFilter(replayFilterSchema, await searchParams);
  const { rows: replays } = await listReplays(scope, { programId: program.id, limit: 10 });
  const latest = replays.find(({ state }) => state !== "discarded") ?? null;
  const shown = filter.run ? await found(findReplay(scope, program.id, filter.run)) : latest;
  const admin = adminPaths(slug);
  const { published } = program;
  const part = { slug, scope, program };
  return (
    <>
      <PageHeader
        title="Replay"
        breadcrumbs={[
          { label: "Programs", href: admin.programs },
          { label: program.name, href: admin.program(program.id) },
        ]}
        description="Runs the draft over past events, beside the published version. Grants nothing."
      />
      {published === null ? (
        <Empty title="Nothing to replay yet" icon={<History aria-hidden="true" />}>
          A replay tests a changed program on what happened in it. Publish the program first; you
          can then test every change here.
        </Empty>
      ) : (
        <div className="flex flex-col gap-6">
          {shown && shown.id !== latest?.id ? (
            <Alert
              action={<TextLink href={admin.programReplay(program.id)}>Show the latest</TextLink>}
            >
              This is an earlier replay.
            </Alert>
          ) : (
            <DraftCard {...part} published={published} replay={shown} />
          )}
          {shown === null ? null : isUnderWay(shown) ? (
            <ReplayProgress slug={slug} scope={scope} programId={program.id} replay={shown} />
          ) : shown.state === "failed" ? (
            <FailedReplay error={shown.error} />
          ) : shown.summary === null ? (
            <Alert>This replay was discarded.</Alert>
          ) : (
            <ReplayResult
              {...part}
              published={published}
              replay={{ ...shown, summary: shown.summary }}
              filter={filter}
            />
          )}
          <EarlierReplays
            scope={scope}
            replays={replays.filter(({ id, state }) => id !== shown?.id && state === "done")}
          />
        </div>
      )}
    </>
  );
}

function EarlierReplays({ scope, replays }: { scope: Scope; replays: readonly Replay[] }) {
  if (replays.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Earlier replays" className="mb-3" />
      <ul className="flex flex-col gap-2 text-sm">
        {replays.map((replay) => (
          <li key={replay.id} className="flex flex-wrap gap-x-3">
            <TextLink href={`?run=${replay.id}`}>{replayRange(scope, replay)}</TextLink>
            <span className="text-ink-muted">started by {replay.createdBy}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
