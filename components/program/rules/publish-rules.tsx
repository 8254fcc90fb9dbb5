"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Alert } from "@/components/ui/content/alert";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { wordChanges } from "@/lib/terms/words/changes";
import type { Terms } from "@/lib/terms/schema";
import type { TermNames } from "@/lib/terms/words/when";
import { ChangeList } from "../change-list";
import { PublishDialog } from "../publish-dialog";
import { formFields } from "./form-fields";

type PublishRulesProps = {
  publish: FormAction<{ version: number }>;
  program: { id: string; state: string; current: { version: number; terms: Terms } | null };
  draft: Terms;
  timeZone: string;
  names: TermNames;
  programHref: string;
};

/** What the draft changes, and the ways on: try it on the past, publish it. */
export function PublishRules({
  publish,
  program,
  draft,
  timeZone,
  names,
  programHref,
}: PublishRulesProps) {
  const router = useRouter();
  const toast = useToast();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const { current } = program;
  const changes = current ? wordChanges(current.terms, draft, timeZone, names) : [];
  const confirm = () => {
    setAsked(false);
    start(async () => {
      const result = await publish(null, formFields({ programId: program.id }));
      if (!result.ok) return setProblem(result.message);
      toast({ message: `Version ${result.data.version} is live.`, tone: "good" });
      router.push(programHref);
    });
  };
  return (
    <Card>
      <CardHeader
        title={
          current
            ? changes.length > 0
              ? "Changed since the last publishing"
              : `Version ${current.version} is in force`
            : "Not published yet"
        }
        description={
          current
            ? changes.length > 0
              ? `Version ${current.version} stays in force until you publish.`
              : "The draft says the same."
            : "Nothing is public before you publish."
        }
        actions={
          <>
            {current ? (
              <ButtonLink href={`${programHref}/replay`}>Replay before publishing</ButtonLink>
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
        <div className="mt-4">
          <Alert tone="bad" live>
            {problem}
          </Alert>
        </div>
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
