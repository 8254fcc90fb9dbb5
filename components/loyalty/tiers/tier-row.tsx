"use client";

import { Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input, Select, Textarea } from "@/components/ui/controls/input";
import { MEDAL_ICONS, type MedalIcon } from "@/lib/loyalty/schema";
import type { TierMetric } from "@/lib/loyalty/tiers/schema";
import { BADGE_ICON_NAMES } from "../badges/badge-icons";
import { BadgeMedal } from "../badges/badge-medal";
import { LANGUAGES } from "../words";
import type { TierFields } from "./ladder-fields";

type TierRowProps = {
  row: TierFields;
  index: number;
  metric: TierMetric;
  currency: string;
  language: string;
  change: (changed: Partial<TierFields>) => void;
  remove: () => void;
};

/** One tier of the form: its name, what it takes, how it looks and what it brings. */
export function TierRow({ row, index, metric, currency, language, change, remove }: TierRowProps) {
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
          <Field name={name("pointsMultiplier")} label="Points multiplier">
            <Input
              inputMode="decimal"
              autoComplete="off"
              suffix="×"
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
      <BenefitTexts row={row} name={name} language={language} change={change} />
    </fieldset>
  );
}

function BenefitTexts({
  row,
  name,
  language,
  change,
}: Pick<TierRowProps, "row" | "language" | "change"> & { name: (field: string) => string }) {
  return LANGUAGES.map(({ value, label }) => (
    <div key={value} hidden={value !== language} className="mt-4">
      <Field
        name={name(`benefits.${value}`)}
        label="Benefits"
        optional
        hint={
          value === "en"
            ? undefined
            : `Leave empty to show the English text to people who read ${label}.`
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
  ));
}
