"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/controls/button";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Dialog } from "@/components/ui/overlays/dialog";
import { wordChanges, wordTerms } from "@/lib/terms/words/changes";
import type { Terms } from "@/lib/terms/schema";
import type { TermNames } from "@/lib/terms/words/when";
import { ChangeList } from "./change-list";

type PublishDialogProps = {
  /** The terms to publish; null while nobody asks. */
  terms: Terms | null;
  program: { state: string; current: { version: number; terms: Terms } | null } | null;
  timeZone: string;
  /** Of what terms name by an id. */
  names?: TermNames;
  onClose: () => void;
  onConfirm: () => void;
};

/** Shows what publishing changes for people, and asks once more. */
export function PublishDialog({
  terms,
  program,
  timeZone,
  names,
  onClose,
  onConfirm,
}: PublishDialogProps) {
  const current = program?.current ?? null;
  const changes = terms && current ? wordChanges(current.terms, terms, timeZone, names) : [];
  const unchanged = current !== null && changes.length === 0;
  const version = (current?.version ?? 0) + (unchanged ? 0 : 1);
  return (
    <Dialog
      title={unchanged ? `Nothing changed since version ${version}` : `Publish version ${version}?`}
      description={descriptionOf(current !== null, unchanged, program?.state === "paused")}
      open={terms !== null}
      onOpenChange={(open) => open || onClose()}
    >
      {terms && !current ? (
        <ScrollBox label="Terms">
          <DefinitionList
            items={wordTerms(terms, timeZone, names).map(({ label, value }) => ({
              term: label,
              value,
            }))}
          />
        </ScrollBox>
      ) : null}
      {changes.length > 0 ? (
        <ScrollBox label="Changes">
          <ChangeList changes={changes} />
        </ScrollBox>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Not yet</Button>
        <Button variant="primary" onClick={onConfirm}>
          {unchanged ? "Save" : `Publish version ${version}`}
        </Button>
      </div>
    </Dialog>
  );
}

/** What may be long; it can be scrolled by keyboard too. */
function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="max-h-[50vh] overflow-y-auto rounded-card border border-line bg-raised p-4"
    >
      {children}
    </div>
  );
}

function descriptionOf(published: boolean, unchanged: boolean, paused: boolean): string {
  const resumes = paused ? " It also takes the program out of its pause." : "";
  if (!published) return "This is what you promise. Customers can join and share from then on.";
  if (unchanged) return `The terms stay as they are; a changed name is saved.${resumes}`;
  return `It holds for friends who come from now on. Those who came before keep the version they came under.${resumes}`;
}
