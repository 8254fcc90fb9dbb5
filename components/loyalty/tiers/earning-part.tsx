"use client";

import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import type { TierMetric, TierWindow } from "@/lib/loyalty/tiers/schema";
import { FormPart } from "../form-part";
import { METRIC_NAMES } from "../words";
import type { LadderFields } from "./ladder-fields";

type EarningPartProps = {
  values: LadderFields;
  metric: TierMetric;
  onMetricChange: (metric: TierMetric) => void;
  window: TierWindow;
  onWindowChange: (window: TierWindow) => void;
};

const METRICS = [
  {
    value: "referrals",
    label: METRIC_NAMES.referrals,
    hint: "Friends who met your program’s terms.",
  },
  {
    value: "points",
    label: METRIC_NAMES.points,
    hint: "Once released, even after they are spent.",
  },
  {
    value: "revenue",
    label: METRIC_NAMES.revenue,
    hint: "The value of their orders, minus refunds.",
  },
];
const WINDOWS = [
  {
    value: "rolling",
    label: "Rolling period",
    hint: "Customers keep a tier for as long again, from the day they reach it.",
  },
  {
    value: "calendar_year",
    label: "Calendar year",
    hint: "Customers keep a tier until the end of the next year.",
  },
];

/** How tiers are earned and kept. */
export function EarningPart({
  values,
  metric,
  onMetricChange,
  window,
  onWindowChange,
}: EarningPartProps) {
  return (
    <FormPart
      title="How tiers are earned"
      description="Spending points never lowers a tier. Refunds and rejected referrals do."
    >
      <RadioGroup
        name="metric"
        legend="Metric"
        look="cards"
        value={metric}
        onValueChange={(value) => onMetricChange(value as TierMetric)}
        choices={METRICS}
      />
      <RadioGroup
        name="window"
        legend="Period"
        look="cards"
        value={window}
        onValueChange={(value) => onWindowChange(value as TierWindow)}
        choices={WINDOWS}
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
          hint="How much longer a tier stays when it was not earned again in time."
        >
          <Input inputMode="numeric" suffix="days" defaultValue={values.graceDays} />
        </Field>
      </div>
      <RadioGroup
        name="state"
        legend="Status"
        look="segments"
        defaultValue={values.active ? "active" : "disabled"}
        choices={[
          { value: "active", label: "On" },
          { value: "disabled", label: "Off" },
        ]}
      />
    </FormPart>
  );
}
