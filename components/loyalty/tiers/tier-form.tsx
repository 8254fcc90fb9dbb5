"use client";

import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import { FormPart } from "../form-part";
import { LANGUAGES } from "../words";
import { EarningPart } from "./earning-part";
import type { LadderFields, LadderPreview, TierFields } from "./ladder-fields";
import { LadderLook } from "./ladder-look";
import { PreviewCard } from "./preview-card";
import { TierRow } from "./tier-row";

type TierFormProps = {
  values: LadderFields;
  currency: string;
  save: FormAction<null>;
  preview: FormAction<LadderPreview>;
};

type Row = TierFields & { key: number };

const MOST = 12;
const EMPTY: TierFields = {
  id: "",
  name: "",
  threshold: "",
  benefits: { en: "", sq: "", zh: "" },
  color: "#0f766e",
  icon: "star",
  pointsMultiplier: "1",
};

/**
 * All tiers on one page: what counts, for how long, the tiers, and what a change would do before it
 * is saved.
 */
export function TierForm({ values, currency, save, preview }: TierFormProps) {
  const toast = useToast();
  const form = useRef<HTMLDivElement>(null);
  const [metric, setMetric] = useState(values.metric);
  const [window, setWindow] = useState(values.window);
  const [language, setLanguage] = useState<string>("en");
  const [rows, setRows] = useState<Row[]>(values.tiers.map((tier, key) => ({ ...tier, key })));
  // Said here and not once it is on the page: tiers that got their ids start the form anew.
  const saveAndTell: FormAction<null> = async (previous, data) => {
    const result = await save(previous, data);
    if (result.ok) toast({ message: "Saved. Customers’ tiers are being updated.", tone: "good" });
    return result;
  };
  return (
    <div ref={form}>
      <ActionForm action={saveAndTell} watched="fields">
        <EarningPart
          values={values}
          metric={metric}
          onMetricChange={setMetric}
          window={window}
          onWindowChange={setWindow}
        />
        <FormPart
          title="Tiers"
          description="Sorted by what they take."
          actions={
            <RadioGroup
              name="language"
              legend="Language of the benefits"
              hideLegend
              look="segments"
              value={language}
              onValueChange={setLanguage}
              choices={LANGUAGES}
            />
          }
        >
          <TierRows rows={rows} setRows={setRows} {...{ metric, currency, language }} />
        </FormPart>
        <FormPart
          title="Preview for customers"
          description="The tiers on their page, in the language chosen above."
        >
          <LadderLook rows={rows} metric={metric} currency={currency} language={language} />
        </FormPart>
        <PreviewCard
          preview={preview}
          read={() => new FormData(form.current!.querySelector("form")!)}
        />
        <FormActions sticky>
          <SubmitButton variant="primary">Save tiers</SubmitButton>
        </FormActions>
      </ActionForm>
    </div>
  );
}

type TierRowsProps = {
  rows: readonly Row[];
  setRows: (rows: Row[]) => void;
  metric: LadderFields["metric"];
  currency: string;
  language: string;
};

function TierRows({ rows, setRows, ...how }: TierRowsProps) {
  const [next, setNext] = useState(rows.length);
  const add = () => {
    setRows([...rows, { ...EMPTY, key: next }]);
    setNext(next + 1);
  };
  const change = (key: number, changed: Partial<TierFields>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...changed } : row)));
  return (
    <>
      {rows.length === 0 ? (
        <p className="text-sm text-ink-muted">No tiers yet. Add the first one.</p>
      ) : null}
      {rows.map((row, index) => (
        <TierRow
          key={row.key}
          row={row}
          index={index}
          {...how}
          change={(changed) => change(row.key, changed)}
          remove={() => setRows(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      <div>
        <Button icon={<Plus aria-hidden="true" />} onClick={add} disabled={rows.length >= MOST}>
          Add tier
        </Button>
      </div>
    </>
  );
}
