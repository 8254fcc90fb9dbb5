"use client";

import type { FormAction } from "@/lib/core/action-result";
import type { AddedCodes } from "@/lib/rewards/coupons/commands/manage-pools";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { Field } from "@/components/ui/controls/field";
import { FileDrop } from "@/components/ui/controls/file-drop";
import { Textarea } from "@/components/ui/controls/input";
import { Table } from "@/components/ui/content/table";

type Uploaded = AddedCodes & { issued: number };
type CodeUploadProps = { action: FormAction<Uploaded>; poolId: string; maxBytes: number };

/**
 * Puts codes into a pool, pasted or out of a file, and reports line by line what could not be used.
 */
export function CodeUpload({ action, poolId, maxBytes }: CodeUploadProps) {
  return (
    <ActionForm action={action} resetOnSuccess>
      {({ result }) => (
        <>
          <input type="hidden" name="poolId" value={poolId} />
          <div className="grid gap-5 lg:grid-cols-2">
            <Field
              name="pasted"
              label="Paste codes"
              hint="One per line. Codes are stored in capitals; duplicates are skipped."
            >
              <Textarea
                rows={6}
                className="min-h-36 font-mono"
                spellCheck={false}
                autoComplete="off"
              />
            </Field>
            <Field name="file" label="Or choose a file">
              <FileDrop
                accept=".csv,.txt,text/csv,text/plain"
                maxBytes={maxBytes}
                hint="CSV or plain text, codes in the first column, up to 900 kB"
              />
            </Field>
          </div>
          <div>
            <SubmitButton>Add codes</SubmitButton>
          </div>
          {result?.ok ? <Report {...result.data} /> : null}
        </>
      )}
    </ActionForm>
  );
}

function Report({ added, repeated, bad, issued }: Uploaded) {
  const words = [
    added === 1 ? "1 code was added." : `${added} codes were added.`,
    repeated > 0 ? `${repeated} ${repeated === 1 ? "was" : "were"} already in the pool.` : null,
    issued > 0
      ? `${issued} went straight to waiting ${issued === 1 ? "reward" : "rewards"}.`
      : null,
    bad.length > 0
      ? `${bad.length} ${bad.length === 1 ? "line" : "lines"} could not be used:`
      : null,
  ];
  return (
    <div className="flex flex-col gap-3">
      <Alert tone={bad.length > 0 ? "warn" : "good"} live>
        {words.filter(Boolean).join(" ")}
      </Alert>
      {bad.length > 0 ? (
        <div className="overflow-hidden rounded-card border border-line">
          <Table
            caption="Lines that could not be used"
            maxHeight="20rem"
            narrow="scroll"
            rows={bad}
            rowKey={(row) => `${row.line} ${row.text}`}
            columns={[
              {
                key: "line",
                header: "Line",
                numeric: true,
                width: "5rem",
                cell: (row) => String(row.line),
              },
              {
                key: "text",
                header: "Text",
                primary: true,
                cell: (row) => <span className="font-mono break-all">{row.text}</span>,
              },
              {
                key: "problem",
                header: "Problem",
                cell: (row) => <span className="text-ink-muted">{row.problem}</span>,
              },
            ]}
          />
        </div>
      ) : null}
    </div>
  );
}
