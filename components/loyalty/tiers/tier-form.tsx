"use client";

import { Plus, Trash2 } from "lucide-react";
import { useRef, useState, useTransition } from "react";
import type { ActionResult, FormAction } from "@/lib/core/action-result";
import { MEDAL_ICONS, type MedalIcon } from "@/lib/loyalty/schema";
import type { TierMetric, TierWindow } from "@/lib/loyalty/tiers/schema";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { Button, IconButton } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select, Textarea } from "@/components/ui/controls/input";
import { Table } from "@/components/ui/content/table";
import { useToast } from "@/components/ui/overlays/toast";
import { BADGE_ICON_NAMES } from "../badges/badge-icons";
import { BadgeMedal } from "../badges/badge-medal";

export type TierFields = {
  id: string;
  name: string;
  threshold: string;
  benefits: { en: string; sq: string; zh: string };
  color: string;
  icon: string;
  pointsMultiplier: string;
};
export type LadderFields = {
  metric: TierMetric;
  window: TierWindow;
  windowDays: string;
  graceDays: string;
  active: boolean;
  tiers: TierFields[];
};

/** How many would have each tier by what counts today, beside how many have it now. */
export type LadderPreview = { name: string; would: number; now: number | null }[];

type TierFormProps = {
  values: LadderFields;
  currency: string;
  save: FormAction<null>;
  preview: FormAction<LadderPreview>;
};

type Row = TierFields & { key: number };

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "sq", label: "Albanian" },
  { value: "zh", label: "Chinese" },
] as const;
const MOST = 12;

/**
 * The whole ladder on one page: what counts, for how long, the tiers, and what a change would do
 * before it is made.
 */
export function TierForm({ values, currency, save, preview }: TierFormProps) {
  const toast = useToast();
  const form = useRef<HTMLDivElement>(null);
  const [metric, setMetric] = useState(values.metric);
  const [window, setWindow] = useState(values.window);
  const [language, setLanguage] = useState<string>("en");
  const [rows, setRows] = useState<Row[]>(values.tiers.map((tier, key) => ({ ...tier, key })));
  const [next, setNext] = useState(values.tiers.length);
  const change = (key: number, changed: Partial<TierFields>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...changed } : row)));
  const add = () => {
    setRows((before) => [...before, { ...EMPTY, key: next }]);
    setNext(next + 1);
  };
  // Said here and not once it is on the page: tiers that got their ids begin the form anew.
  const saveAndTell: FormAction<null> = async (previous, data) => {
    const result = await save(previous, data);
    if (result.ok)
      toast({ message: "Saved. Customers are counted anew in the background.", tone: "good" });
    return result;
  };
  return (
    <div ref={form}>
      <ActionForm action={saveAndTell}>
        <Card>
          <section className="flex flex-col gap-5">
            <CardHeader
              title="How a tier is earned"
              description="Spending never lowers a tier; only what is taken back does."
            />
            <RadioGroup
              name="metric"
              legend="What counts"
              look="cards"
              value={metric}
              onValueChange={(value) => setMetric(value as TierMetric)}
              choices={[
                {
                  value: "referrals",
                  label: "Confirmed friends",
                  hint: "Each friend who met your terms.",
                },
                {
                  value: "points",
                  label: "Points earned",
                  hint: "Once released, whatever is spent of them.",
                },
                { value: "revenue", label: "Friends’ orders", hint: "Their worth, less refunds." },
              ]}
            />
            <RadioGroup
              name="window"
              legend="Over which time"
              look="cards"
              value={window}
              onValueChange={(value) => setWindow(value as TierWindow)}
              choices={[
                {
                  value: "rolling",
                  label: "The last days",
                  hint: "A tier is kept for as many days from when it is reached.",
                },
                {
                  value: "calendar_year",
                  label: "The calendar year",
                  hint: "A tier is kept to the end of the next year.",
                },
              ]}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <div hidden={window !== "rolling"}>
                <Field name="windowDays" label="Length">
                  <Input inputMode="numeric" suffix="days" defaultValue={values.windowDays} />
                </Field>
              </div>
              <Field
                name="graceDays"
                label="Grace period"
                hint="Stays this much longer when it was not earned again in time."
              >
                <Input inputMode="numeric" suffix="days" defaultValue={values.graceDays} />
              </Field>
            </div>
            <RadioGroup
              name="state"
              legend="Tiers are"
              look="segments"
              defaultValue={values.active ? "active" : "disabled"}
              choices={[
                { value: "active", label: "On" },
                { value: "disabled", label: "Off" },
              ]}
            />
          </section>
        </Card>
        <Card>
          <section className="flex flex-col gap-5">
            <CardHeader
              title="Tiers"
              description="Put in order by what they ask for."
              actions={
                <RadioGroup
                  name="language"
                  legend="Language of the benefits"
                  hideLegend
                  look="segments"
                  value={language}
                  onValueChange={setLanguage}
                  choices={LANGUAGES.map(({ value, label }) => ({ value, label }))}
                />
              }
            />
            {rows.length === 0 ? (
              <p className="text-sm text-ink-muted">
                No tier yet. The first one is the one to begin with.
              </p>
            ) : null}
            {rows.map((row, index) => (
              <TierRow
                key={row.key}
                row={row}
                index={index}
                metric={metric}
                currency={currency}
                language={language}
                change={(changed) => change(row.key, changed)}
                remove={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
              />
            ))}
            <div>
              <Button
                icon={<Plus aria-hidden="true" />}
                onClick={add}
                disabled={rows.length >= MOST}
              >
                Add a tier
              </Button>
            </div>
          </section>
        </Card>
        <Card>
          <section className="flex flex-col gap-4">
            <CardHeader
              title="As customers see it"
              description="The ladder on their page, in the language chosen above."
            />
            <LadderLook rows={rows} metric={metric} currency={currency} language={language} />
          </section>
        </Card>
        <PreviewCard
          preview={preview}
          read={() => new FormData(form.current!.querySelector("form")!)}
        />
        <FormActions sticky>
          <SubmitButton variant="primary">Save the tiers</SubmitButton>
        </FormActions>
      </ActionForm>
    </div>
  );
}

const EMPTY: TierFields = {
  id: "",
  name: "",
  threshold: "",
  benefits: { en: "", sq: "", zh: "" },
  color: "#0f766e",
  icon: "star",
  pointsMultiplier: "1",
};

type TierRowProps = {
  row: Row;
  index: number;
  metric: TierMetric;
  currency: string;
  language: string;
  change: (changed: Partial<TierFields>) => void;
  remove: () => void;
};

function TierRow({ row, index, metric, currency, language, change, remove }: TierRowProps) {
  const name = (field: string) => `tiers.${index}.${field}`;
  const unit = metric === "revenue" ? currency : metric === "points" ? "points" : "friends";
  return (
    <fieldset className="rounded-card border border-line p-4">
      <legend className="sr-only">{row.name || "New tier"}</legend>
      {row.id ? <input type="hidden" name={name("id")} value={row.id} /> : null}
      <div className="flex items-start gap-4">
        <BadgeMedal icon={row.icon} color={row.color} shape="shield" size={52} />
        <div className="grid min-w-0 flex-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <Field name={name("name")} label="Name">
            <Input
              maxLength={40}
              autoComplete="off"
              value={row.name}
              onChange={({ currentTarget }) => change({ name: currentTarget.value })}
              placeholder="Gold"
            />
          </Field>
          <Field name={name("threshold")} label="From">
            <Input
              inputMode="decimal"
              autoComplete="off"
              suffix={unit}
              value={row.threshold}
              onChange={({ currentTarget }) => change({ threshold: currentTarget.value })}
            />
          </Field>
          <Field name={name("pointsMultiplier")} label="Points count">
            <Input
              inputMode="decimal"
              autoComplete="off"
              suffix="times"
              value={row.pointsMultiplier}
              onChange={({ currentTarget }) => change({ pointsMultiplier: currentTarget.value })}
            />
          </Field>
          <div className="flex items-end gap-2">
            <Field name={name("icon")} label="Picture" className="flex-1">
              <Select
                value={row.icon}
                onChange={({ currentTarget }) => change({ icon: currentTarget.value })}
                options={MEDAL_ICONS.map((icon: MedalIcon) => ({
                  value: icon,
                  label: BADGE_ICON_NAMES[icon],
                }))}
              />
            </Field>
            <input
              type="color"
              name={name("color")}
              aria-label={`Colour of ${row.name || "the new tier"}`}
              value={row.color}
              onChange={({ currentTarget }) => change({ color: currentTarget.value })}
              className="control h-10 w-12! shrink-0 cursor-pointer p-1"
            />
          </div>
        </div>
        <IconButton label={`Remove ${row.name || "this tier"}`} variant="quiet" onClick={remove}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
      {LANGUAGES.map(({ value, label }) => (
        <div key={value} hidden={value !== language} className="mt-4">
          <Field
            name={name(`benefits.${value}`)}
            label="What it brings"
            optional
            hint={
              value === "en"
                ? undefined
                : `Left empty, the English words are shown to those who read ${label}.`
            }
          >
            <Textarea
              rows={2}
              maxLength={500}
              className="min-h-16"
              value={row.benefits[value]}
              onChange={({ currentTarget }) =>
                change({ benefits: { ...row.benefits, [value]: currentTarget.value } })
              }
            />
          </Field>
        </div>
      ))}
    </fieldset>
  );
}

function LadderLook({
  rows,
  metric,
  currency,
  language,
}: {
  rows: readonly Row[];
  metric: TierMetric;
  currency: string;
  language: string;
}) {
  const unit =
    metric === "revenue"
      ? `${currency} in friends’ orders`
      : metric === "points"
        ? "points"
        : "confirmed friends";
  const ordered = [...rows].sort((a, b) => Number(a.threshold) - Number(b.threshold));
  return (
    <ol className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {ordered.map(({ key, name, threshold, icon, color, benefits }) => (
        <li key={key} className="flex items-start gap-3">
          <BadgeMedal icon={icon} color={color} shape="shield" size={44} />
          <div className="min-w-0 text-sm/6 [overflow-wrap:anywhere]">
            <p className="font-medium">{name || "Name of the tier"}</p>
            <p className="figure text-ink-muted">
              From {threshold || "…"} {unit}
            </p>
            <p className="whitespace-pre-line">{benefits[language as "en"] || benefits.en}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What the ladder above would mean for the customers there are, before it is saved. */
function PreviewCard({
  preview,
  read,
}: {
  preview: FormAction<LadderPreview>;
  read: () => FormData;
}) {
  const [pending, start] = useTransition();
  const [result, setResult] = useState<ActionResult<LadderPreview> | null>(null);
  const run = () => start(async () => setResult(await preview(null, read())));
  return (
    <Card>
      <section className="flex flex-col gap-4">
        <CardHeader
          title="What this would do"
          description="Counted from what stands today. Who has a tier keeps it for the time that was promised with it."
          actions={
            <Button onClick={run} pending={pending}>
              Count customers
            </Button>
          }
        />
        <div aria-live="polite">
          {result && !result.ok ? (
            <Alert tone="bad">{Object.values(result.fieldErrors)[0] ?? result.message}</Alert>
          ) : null}
          {result?.ok ? (
            <Table
              caption="Customers by tier"
              rows={result.data}
              rowKey={(row) => row.name}
              columns={[
                { key: "name", header: "Tier", primary: true, cell: (row) => row.name },
                {
                  key: "now",
                  header: "Have it now",
                  numeric: true,
                  cell: (row) => (row.now === null ? "New" : row.now.toLocaleString("en")),
                },
                {
                  key: "would",
                  header: "Would reach it today",
                  numeric: true,
                  cell: (row) => row.would.toLocaleString("en"),
                },
              ]}
            />
          ) : null}
        </div>
      </section>
    </Card>
  );
}
