"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { SHARE_CHANNELS } from "@/lib/events/schema";
import type { BadgeKind, BadgeRule } from "@/lib/loyalty/badges/schema";
import { MEDAL_ICONS } from "@/lib/loyalty/schema";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { RadioGroup } from "@/components/ui/controls/choice";
import { ColorField } from "@/components/ui/controls/color-field";
import { Combobox } from "@/components/ui/controls/combobox";
import { Field } from "@/components/ui/controls/field";
import { Input, Textarea } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";
import { BADGE_ICON_NAMES, BADGE_ICONS } from "./badge-icons";
import { BadgeMedal } from "./badge-medal";
import { BADGE_KINDS } from "./badge-words";

type Text = { en: string; sq: string; zh: string };
export type BadgeFields = { name: Text; about: Text; icon: string; color: string; rule: BadgeRule };

type BadgeFormProps = {
  action: FormAction<{ badgeId: string }>;
  values: BadgeFields;
  /** Null for a badge that is not there yet. */
  badgeId: string | null;
  listHref: string;
};

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "sq", label: "Albanian" },
  { value: "zh", label: "Chinese" },
] as const;

/**
 * A badge with its picture, words and rule, and beside it how it looks to who has it and who does
 * not.
 */
export function BadgeForm({ action, values, badgeId, listHref }: BadgeFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [now, setNow] = useState({
    name: values.name.en,
    about: values.about.en,
    icon: values.icon,
    color: values.color,
  });
  const [kind, setKind] = useState<BadgeKind>(values.rule.kind);
  const [language, setLanguage] = useState<string>("en");
  const read = (form: HTMLFormElement) => {
    const data = new FormData(form);
    setNow((before) => ({
      ...before,
      name: String(data.get("name.en") ?? ""),
      about: String(data.get("about.en") ?? ""),
      icon: String(data.get("icon") ?? before.icon),
    }));
  };
  const saved = ({ badgeId: id }: { badgeId: string }) => {
    toast({
      message: badgeId ? "Saved." : "Made. Whoever has earned it already is given it now.",
      tone: "good",
    });
    if (!badgeId) router.push(`${listHref}/${id}`);
  };
  return (
    <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <ActionForm
        action={action}
        onSuccess={saved}
        onChange={({ currentTarget }) => read(currentTarget)}
      >
        {badgeId ? <input type="hidden" name="badgeId" value={badgeId} /> : null}
        <Card>
          <section className="flex flex-col gap-4">
            <CardHeader title="What it says" description="In your customers’ words." />
            <RadioGroup
              name="language"
              legend="Language"
              hideLegend
              look="segments"
              value={language}
              onValueChange={setLanguage}
              choices={LANGUAGES.map(({ value, label }) => ({ value, label }))}
            />
            {LANGUAGES.map(({ value, label }) => (
              <div
                key={value}
                hidden={value !== language}
                className={value === language ? "flex flex-col gap-4" : undefined}
              >
                <Field
                  name={`name.${value}`}
                  label="Name"
                  optional={value !== "en"}
                  hint={
                    value === "en"
                      ? undefined
                      : `Without one in ${label}, the English name is shown.`
                  }
                >
                  <Input
                    maxLength={60}
                    autoComplete="off"
                    defaultValue={values.name[value]}
                    placeholder={value === "en" ? "High five" : undefined}
                  />
                </Field>
                <Field name={`about.${value}`} label="What it is for" optional={value !== "en"}>
                  <Textarea
                    rows={2}
                    maxLength={200}
                    className="min-h-16"
                    defaultValue={values.about[value]}
                    placeholder={value === "en" ? "Five friends are confirmed." : undefined}
                  />
                </Field>
              </div>
            ))}
          </section>
        </Card>
        <Card>
          <section className="flex flex-col gap-4">
            <CardHeader
              title="What earns it"
              description="Worked out from what is on record: given once, and taken back when its cause is."
            />
            <RadioGroup
              name="rule.kind"
              legend="What earns it"
              hideLegend
              look="cards"
              value={kind}
              onValueChange={(value) => setKind(value as BadgeKind)}
              choices={BADGE_KINDS}
            />
            <RuleFields
              key={kind}
              kind={kind}
              rule={values.rule.kind === kind ? values.rule : null}
            />
          </section>
        </Card>
        <Card>
          <section className="flex flex-col gap-4">
            <CardHeader title="How it looks" />
            <RadioGroup
              name="icon"
              legend="Picture"
              look="segments"
              defaultValue={values.icon}
              choices={MEDAL_ICONS.map((icon) => {
                const Icon = BADGE_ICONS[icon];
                return {
                  value: icon,
                  label: <span className="sr-only">{BADGE_ICON_NAMES[icon]}</span>,
                  icon: <Icon aria-hidden="true" className="size-5" />,
                };
              })}
            />
            <ColorField
              name="color"
              label="Colour"
              defaultValue={values.color}
              onColorChange={(color) => setNow((before) => ({ ...before, color }))}
            />
          </section>
        </Card>
        <FormActions sticky>
          <SubmitButton variant="primary">{badgeId ? "Save" : "Make the badge"}</SubmitButton>
          <ButtonLink variant="quiet" href={listHref}>
            Cancel
          </ButtonLink>
        </FormActions>
      </ActionForm>
      <aside aria-label="Preview" className="max-lg:order-first lg:sticky lg:top-3">
        <p className="mb-2 text-[0.8125rem] text-ink-muted">As customers see it</p>
        <Card>
          <div className="grid grid-cols-2 gap-4 text-center">
            {[true, false].map((earned) => (
              <div key={String(earned)} className="flex flex-col items-center gap-2">
                <BadgeMedal icon={now.icon} color={now.color} earned={earned} size={72} />
                <p className="text-sm font-medium [overflow-wrap:anywhere]">
                  {now.name || "Name of the badge"}
                </p>
                <p className="text-[0.8125rem]/5 text-ink-muted">
                  {earned ? now.about || "What it is for" : "Not earned yet"}
                </p>
              </div>
            ))}
          </div>
        </Card>
      </aside>
    </div>
  );
}

function RuleFields({ kind, rule }: { kind: BadgeKind; rule: BadgeRule | null }) {
  const [period, setPeriod] = useState<string>(
    rule?.kind === "friends_within" ? rule.period : "month",
  );
  if (kind === "first_of_channel") {
    return (
      <Field
        name="rule.channel"
        label="Channel"
        hint="As it stands in share links and events."
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
    <Count name="count" label="How many" value={rule && "count" in rule ? rule.count : 3} />
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
          { value: "month", label: "A calendar month" },
          { value: "days", label: "Some days" },
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
