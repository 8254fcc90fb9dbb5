"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import type { TermsShop } from "@/components/terms/terms-shop";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import type { LeaderboardFields } from "@/lib/loyalty/leaderboards/schema/leaderboard-form";
import { FormPart } from "../form-part";
import { LANGUAGES, METRIC_NAMES } from "../words";
import { PrizeFields } from "./prize-fields";

type LeaderboardFormProps = {
  action: FormAction<{ leaderboardId: string }>;
  values: LeaderboardFields;
  /** Null for a new leaderboard. */
  leaderboardId: string | null;
  /** For the amounts of prizes. */
  shop: TermsShop;
  programs: readonly { id: string; name: string }[];
  /** Address of the list. */
  listHref: string;
};

const METRICS = [
  {
    value: "referrals",
    label: METRIC_NAMES.referrals,
    hint: "The number of referred friends who qualified.",
  },
  {
    value: "revenue",
    label: METRIC_NAMES.revenue,
    hint: "Purchases of qualified friends, minus refunds. Customers see the amounts.",
  },
  {
    value: "points",
    label: METRIC_NAMES.points,
    hint: "Under the program’s rules, even after they are spent.",
  },
];
const CADENCES = [
  { value: "week", label: "Weekly", hint: "Monday to Sunday." },
  { value: "month", label: "Monthly", hint: "By the calendar." },
  { value: "custom", label: "Once", hint: "Between two dates." },
  { value: "ever", label: "All time", hint: "Never ends, so it has no prizes." },
];

/**
 * The page on which a leaderboard is created or changed. What it counts and its seasons cannot be
 * changed later.
 */
export function LeaderboardForm({
  action,
  values,
  leaderboardId,
  shop,
  programs,
  listHref,
}: LeaderboardFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [cadence, setCadence] = useState<string>(values.cadence);
  const saved = ({ leaderboardId: id }: { leaderboardId: string }) => {
    toast({
      message: leaderboardId ? "Saved. Customers see the change now." : "Leaderboard created.",
      tone: "good",
    });
    if (!leaderboardId) router.push(`${listHref}/${id}`);
  };
  return (
    <ActionForm action={action} watched="fields" onSuccess={saved} className="max-w-3xl">
      {leaderboardId ? (
        <>
          <input type="hidden" name="leaderboardId" value={leaderboardId} />
          <input type="hidden" name="metric" value={values.metric} />
          <input type="hidden" name="cadence" value={values.cadence} />
        </>
      ) : null}
      <NamePart values={values} />
      {leaderboardId ? null : (
        <MetricPart
          values={values}
          programs={programs}
          cadence={cadence}
          onCadenceChange={setCadence}
        />
      )}
      {cadence === "ever" ? null : (
        <>
          <EndPart values={values} cadence={cadence} isNew={leaderboardId === null} />
          <PrizeFields values={values.prizes} shop={shop} />
        </>
      )}
      <FormActions sticky>
        <SubmitButton variant="primary">
          {leaderboardId ? "Save" : "Create leaderboard"}
        </SubmitButton>
        <ButtonLink variant="quiet" href={listHref}>
          Cancel
        </ButtonLink>
      </FormActions>
    </ActionForm>
  );
}

function NamePart({ values }: { values: LeaderboardFields }) {
  return (
    <FormPart
      title="Name"
      description="In your customers’ words. Languages left empty show the English name."
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
    </FormPart>
  );
}

function MetricPart({
  values,
  programs,
  cadence,
  onCadenceChange,
}: Pick<LeaderboardFormProps, "values" | "programs"> & {
  cadence: string;
  onCadenceChange: (cadence: string) => void;
}) {
  return (
    <FormPart title="Metric and seasons">
      <Field name="programId" label="Program" className="sm:max-w-80">
        <Select
          defaultValue={values.programId}
          placeholder="Choose a program"
          options={programs.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <RadioGroup
        name="metric"
        legend="Metric"
        look="cards"
        defaultValue={values.metric}
        choices={METRICS}
      />
      <RadioGroup
        name="cadence"
        legend="Seasons"
        look="cards"
        value={cadence}
        onValueChange={onCadenceChange}
        choices={CADENCES}
      />
    </FormPart>
  );
}

function EndPart({
  values,
  cadence,
  isNew,
}: {
  values: LeaderboardFields;
  cadence: string;
  isNew: boolean;
}) {
  return (
    <FormPart
      title="Dates"
      description="Results count in the season in which they happened, as long as it is open."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {cadence === "custom" ? (
          <>
            {isNew ? (
              <Field name="startsOn" label="First day">
                <Input type="date" defaultValue={values.startsOn} />
              </Field>
            ) : (
              <input type="hidden" name="startsOn" value={values.startsOn} />
            )}
            <Field name="endsOn" label="Last day">
              <Input type="date" defaultValue={values.endsOn} />
            </Field>
          </>
        ) : null}
        <Field
          name="graceHours"
          label="Keep open for late results"
          optional
          hint="Prizes are granted when the season closes. Leave empty to close it at its end."
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            suffix="hours"
            defaultValue={values.graceHours}
          />
        </Field>
      </div>
    </FormPart>
  );
}
