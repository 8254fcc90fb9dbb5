"use client";

import { useState } from "react";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Combobox } from "@/components/ui/controls/combobox";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { SHARE_CHANNELS } from "@/lib/events/schema";
import type { BadgeKind, BadgeRule } from "@/lib/loyalty/badges/schema";

/** The fields of the rule that was chosen. */
export function BadgeRuleFields({ kind, rule }: { kind: BadgeKind; rule: BadgeRule | null }) {
  const [period, setPeriod] = useState<string>(
    rule?.kind === "friends_within" ? rule.period : "month",
  );
  if (kind === "first_of_channel") {
    return (
      <Field
        name="rule.channel"
        label="Channel"
        hint="As named in share links and events."
        className="sm:max-w-60"
      >
        <Combobox
          options={SHARE_CHANNELS.map((value) => ({ value }))}
          defaultValue={rule?.kind === kind ? rule.channel : "whatsapp"}
        />
      </Field>
    );
  }
  if (kind === "anniversary")
    return <Count name="years" label="Years" value={rule?.kind === kind ? rule.years : 1} />;
  if (kind === "points_earned")
    return <Count name="points" label="Points" value={rule?.kind === kind ? rule.points : 1_000} />;
  const count = (
    <Count name="count" label="Number" value={rule && "count" in rule ? rule.count : 3} />
  );
  if (kind !== "friends_within") return count;
  return (
    <div className="flex flex-col gap-4">
      {count}
      <RadioGroup
        name="rule.period"
        legend="Within"
        look="segments"
        value={period}
        onValueChange={setPeriod}
        choices={[
          { value: "month", label: "Calendar month" },
          { value: "days", label: "Number of days" },
        ]}
      />
      {period === "days" ? (
        <Count name="days" label="Days" value={rule?.kind === kind ? (rule.days ?? 30) : 30} />
      ) : null}
    </div>
  );
}

function Count({ name, label, value }: { name: string; label: string; value: number }) {
  return (
    <Field name={`rule.${name}`} label={label} className="sm:max-w-40">
      <Input inputMode="numeric" autoComplete="off" defaultValue={String(value)} />
    </Field>
  );
}
