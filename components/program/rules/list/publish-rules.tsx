"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Alert } from "@/components/ui/content/alert";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { adminPaths } from "@/lib/merchants/paths";
import { wordChanges } from "@/lib/terms/words/changes";
import type { Terms } from "@/lib/terms/schema";
import type { TermNames } from "@/lib/terms/words/context";
import { ChangeList } from "../../change-list";
import { PublishDialog } from "../../publish-dialog";
import { formFields } from "../../../forms/form-fields";

type PublishRulesProps = {
  publish: FormAction<{ version: number }>;
  program: { id: string; state: string; current: { version: number; terms: Terms } | null };
  draft: Terms;
  timeZone: string;
  names: TermNames;
  slug: string;
};

/** What the draft changes, and the ways on: replay it, publish it. */
export function PublishRules({
  publish,
  program,
  draft,
  timeZone,
  names,
  slug,
}: PublishRulesProps) {
  const router = useRouter();
  const toast = useToast();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const { current } = program;
  const paths = adminPaths(slug);
  const changes = current ? wordChanges(current.terms, draft, timeZone, names) : [];
  const confirm = () => {
    setAsked(false);
    start(async () => {
      const result = await publish(null, formFields({ programId: program.id }));
      if (!result.ok) return setProblem(result.message);
      toast({ message: `Version ${result.data.version} is live.`, tone: "good" });
      router.push(paths.program(program.id));
    });
  };
  return (
    <Card>
      <CardHeader
        {...headingOf(current?.version ?? null, changes.length > 0)}
        actions={
          <>
            {current ? (
              <ButtonLink href={paths.programReplay(program.id)}>
                Replay before publishing
              </ButtonLink>
            ) : null}
            <Button
              variant="primary"
              pending={pending}
              disabled={current !== null && changes.length === 0}
              onClick={() => setAsked(true)}
            >
              Publish…
            </Button>
          </>
        }
      />
      {problem ? (
        <Alert tone="bad" live>
          {problem}
        </Alert>
      ) : null}
      {changes.length > 0 ? (
        <div className="mt-5">
          <ChangeList changes={changes} />
        </div>
      ) : null}
      <PublishDialog
        terms={asked ? draft : null}
        program={program}
        timeZone={timeZone}
        names={names}
        onClose={() => setAsked(false)}
        onConfirm={confirm}
      />
    </Card>
  );
}

function headingOf(
  version: number | null,
  changed: boolean,
): { title: string; description: string } {
  if (version === null)
    return { title: "Not published yet", description: "Nothing is public until you publish." };
  return changed
    ? {
        title: "Unpublished changes",
        description: `Version ${version} stays in effect until you publish.`,
      }
    : { title: `Version ${version} is in effect`, description: "The draft is the same." };
}
