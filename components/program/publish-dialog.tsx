"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/controls/button";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Dialog } from "@/components/ui/overlays/dialog";
import { wordChanges, wordTerms } from "@/lib/terms/words/changes";
import type { Terms } from "@/lib/terms/schema";
import type { TermNames } from "@/lib/terms/words/context";
import { ChangeList } from "./change-list";

type PublishDialogProps = {
  /** The terms to publish; null while the dialog is closed. */
  terms: Terms | null;
  program: { state: string; current: { version: number; terms: Terms } | null } | null;
  timeZone: string;
  /** Of what terms name by an id. */
  names?: TermNames;
  onClose: () => void;
  onConfirm: () => void;
};

/** Shows what publishing changes, and asks once more. */
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
      title={unchanged ? `No changes since version ${version}` : `Publish version ${version}?`}
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
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" onClick={onConfirm}>
          {unchanged ? "Publish" : `Publish version ${version}`}
        </Button>
      </div>
    </Dialog>
  );
}

/** A part that may be long; it can be scrolled by keyboard too. */
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
  const resumes = paused ? " The program is resumed." : "";
  if (!published)
    return "This is what you promise. Customers can join and share once it is published.";
  if (unchanged) return `The terms stay the same.${resumes}`;
  return `It applies to friends who join from now on. Everyone else keeps their version.${resumes}`;
}
