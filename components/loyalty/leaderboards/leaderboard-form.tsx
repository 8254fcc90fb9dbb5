"use client";

import { Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button, ButtonLink, IconButton } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import type {
  LeaderboardFields as Values,
  PrizeForm,
  PrizeKind,
} from "@/lib/loyalty/leaderboards/schema/leaderboard-form";

type LeaderboardFormProps = {
  action: FormAction<{ leaderboardId: string }>;
  values: Values;
  /** Null for a leaderboard that is not there yet. */
  leaderboardId: string | null;
  currency: string;
  programs: readonly { id: string; name: string }[];
  /** Address of the list. */
  listHref: string;
};

const METRICS = [
  {
    value: "referrals",
    label: "Confirmed friends",
    hint: "How many friends they brought who count.",
  },
  {
    value: "revenue",
    label: "Friends’ purchases",
    hint: "What confirmed friends buy, less refunds. Customers see the amounts.",
  },
  {
    value: "points",
    label: "Points earned",
    hint: "Under the program’s rules, whether spent or not.",
  },
];
const CADENCES = [
  { value: "week", label: "Weekly", hint: "Monday to Sunday." },
  { value: "month", label: "Monthly", hint: "By the calendar." },
  { value: "custom", label: "Once", hint: "Between two dates." },
  { value: "ever", label: "All time", hint: "Without an end, and so without prizes." },
];
const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "sq", label: "Albanian" },
  { value: "zh", label: "Chinese" },
] as const;
const PRIZES: { value: PrizeKind; label: string }[] = [
  { value: "points", label: "Points" },
  { value: "credit", label: "Store credit" },
  { value: "amount_off", label: "Coupon, an amount off" },
  { value: "percent_off", label: "Coupon, a percentage off" },
  { value: "cash", label: "Cash" },
  { value: "gift", label: "A gift or experience" },
];

/**
 * The page on which a leaderboard is made or changed. What it counts and its seasons stay as they were
 * made.
 */
export function LeaderboardForm({
  action,
  values,
  leaderboardId,
  currency,
  programs,
  listHref,
}: LeaderboardFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [cadence, setCadence] = useState<string>(values.cadence);
  const saved = ({ leaderboardId: id }: { leaderboardId: string }) => {
    toast({
      message: leaderboardId ? "Saved. Customers see it at once." : "The leaderboard is up.",
      tone: "good",
    });
    if (!leaderboardId) router.push(`${listHref}/${id}`);
  };
  return (
    <ActionForm action={action} onSuccess={saved} className="max-w-3xl">
      {leaderboardId ? (
        <>
          <input type="hidden" name="leaderboardId" value={leaderboardId} />
          <input type="hidden" name="metric" value={values.metric} />
          <input type="hidden" name="cadence" value={values.cadence} />
        </>
      ) : null}
      <Part
        title="Name"
        description="In your customers’ words. English is shown where another language is left empty."
      >
        <div className="grid gap-4 sm:grid-cols-3">
          {LANGUAGES.map(({ value, label }) => (
            <Field key={value} name={`name.${value}`} label={label} optional={value !== "en"}>
              <Input
                maxLength={60}
                autoComplete="off"
                defaultValue={values.name[value]}
                placeholder={value === "en" ? "Friends of the month" : undefined}
              />
            </Field>
          ))}
        </div>
      </Part>
      {leaderboardId ? null : (
        <Part title="What counts">
          <Field name="programId" label="Program" className="sm:max-w-80">
            <Select
              defaultValue={values.programId}
              placeholder="Choose a program"
              options={programs.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
          <RadioGroup
            name="metric"
            legend="What counts"
            hideLegend
            look="cards"
            defaultValue={values.metric}
            choices={METRICS}
          />
          <RadioGroup
            name="cadence"
            legend="Seasons"
            look="cards"
            value={cadence}
            onValueChange={setCadence}
            choices={CADENCES}
          />
        </Part>
      )}
      {cadence === "ever" ? null : (
        <Part
          title="When it ends"
          description="Something belongs to the season in which it happened. What reaches us late still counts while the season is open."
        >
          <div className="grid gap-4 sm:grid-cols-2">
            {cadence === "custom" ? (
              <>
                {leaderboardId ? (
                  <input type="hidden" name="startsOn" value={values.startsOn} />
                ) : (
                  <Field name="startsOn" label="First day">
                    <Input type="date" defaultValue={values.startsOn} />
                  </Field>
                )}
                <Field name="endsOn" label="Last day">
                  <Input type="date" defaultValue={values.endsOn} />
                </Field>
              </>
            ) : null}
            <Field
              name="graceHours"
              label="Close it"
              optional
              hint="Empty closes it at its end. Then prizes are given, and nothing changes any more."
            >
              <Input
                inputMode="numeric"
                autoComplete="off"
                suffix="hours after its end"
                defaultValue={values.graceHours}
              />
            </Field>
          </div>
        </Part>
      )}
      {cadence === "ever" ? null : <Prizes values={values.prizes} currency={currency} />}
      <FormActions sticky>
        <SubmitButton variant="primary">{leaderboardId ? "Save" : "Put it up"}</SubmitButton>
        <ButtonLink variant="quiet" href={listHref}>
          Cancel
        </ButtonLink>
      </FormActions>
    </ActionForm>
  );
}

function Part({
  title,
  description,
  children,
}: {
  title: string;
  description?: string;
  children: ReactNode;
}) {
  return (
    <Card>
      <section className="flex flex-col gap-4">
        <CardHeader title={title} {...(description && { description })} />
        {children}
      </section>
    </Card>
  );
}

type Row = PrizeForm & { key: number };

function Prizes({ values, currency }: { values: readonly PrizeForm[]; currency: string }) {
  const [rows, setRows] = useState<Row[]>(values.map((row, key) => ({ ...row, key })));
  const [next, setNext] = useState(values.length);
  const add = () => {
    const rank = String(
      Math.max(0, ...rows.map(({ fromRank, toRank }) => Number(toRank || fromRank) || 0)) + 1,
    );
    setRows([
      ...rows,
      {
        key: next,
        fromRank: rank,
        toRank: rank,
        kind: "points",
        amount: "",
        title: "",
        unitCost: "",
      },
    ]);
    setNext(next + 1);
  };
  const change = (key: number, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <Part
      title="Prizes"
      description="Given once the season is closed. Everybody on a shared rank gets the prize of that rank, so a tie can cost more than one prize."
    >
      {rows.length === 0 ? (
        <p className="text-sm text-ink-muted">No prizes. The leaderboard is its own reward.</p>
      ) : null}
      {rows.map((row) => (
        <PrizeRow
          key={row.key}
          row={row}
          currency={currency}
          onChange={change}
          onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      <div>
        <Button
          type="button"
          variant="secondary"
          size="sm"
          icon={<Plus aria-hidden="true" />}
          onClick={add}
        >
          Add a prize
        </Button>
      </div>
    </Part>
  );
}

type PrizeRowProps = {
  row: Row;
  currency: string;
  onChange: (key: number, part: Partial<Row>) => void;
  onRemove: () => void;
};

function PrizeRow({ row, currency, onChange, onRemove }: PrizeRowProps) {
  const name = (field: keyof PrizeForm) => `prizes.${row.key}.${field}`;
  const isMoney = row.kind === "credit" || row.kind === "amount_off" || row.kind === "cash";
  return (
    <fieldset className="grid grid-cols-[1fr_1fr_auto] items-end gap-3 rounded-control border border-line p-3 sm:grid-cols-[5rem_5rem_1fr_1fr_auto]">
      <legend className="sr-only">Prize</legend>
      <Field name={name("fromRank")} label="From rank">
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={row.fromRank}
          onChange={({ target }) => onChange(row.key, { fromRank: target.value })}
        />
      </Field>
      <Field name={name("toRank")} label="To rank">
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={row.toRank}
          onChange={({ target }) => onChange(row.key, { toRank: target.value })}
        />
      </Field>
      <Field name={name("kind")} label="Prize" className="max-sm:order-1 max-sm:col-span-3">
        <Select
          value={row.kind}
          onChange={({ target }) => onChange(row.key, { kind: target.value as PrizeKind })}
          options={PRIZES}
        />
      </Field>
      {row.kind === "gift" ? (
        <Field name={name("title")} label="What it is" className="max-sm:order-2 max-sm:col-span-3">
          <Input maxLength={120} autoComplete="off" defaultValue={row.title} />
        </Field>
      ) : (
        <Field name={name("amount")} label="How much" className="max-sm:order-2 max-sm:col-span-3">
          {isMoney ? (
            <MoneyInput currency={currency} defaultValue={row.amount} />
          ) : (
            <Input
              inputMode="decimal"
              autoComplete="off"
              suffix={row.kind === "percent_off" ? "%" : "points"}
              defaultValue={row.amount}
            />
          )}
        </Field>
      )}
      <IconButton type="button" label="Remove this prize" variant="quiet" onClick={onRemove}>
        <Trash2 aria-hidden="true" />
      </IconButton>
      {row.kind === "gift" || row.kind === "percent_off" ? (
        <Field
          name={name("unitCost")}
          label="What one costs you, about"
          optional
          className="col-span-3 max-sm:order-3 sm:col-span-5 sm:max-w-56"
        >
          <MoneyInput currency={currency} defaultValue={row.unitCost} />
        </Field>
      ) : null}
    </fieldset>
  );
}
