"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { Card } from "@/components/ui/content/card";
import { ButtonLink } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { ColorField } from "@/components/ui/controls/color-field";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import type { BadgeKind, BadgeRule } from "@/lib/loyalty/badges/schema";
import { MEDAL_ICONS } from "@/lib/loyalty/schema";
import { FormPart } from "../form-part";
import { BADGE_ICON_NAMES, BADGE_ICONS } from "./badge-icons";
import { BadgeMedal } from "./badge-medal";
import { BadgeRuleFields } from "./badge-rule-fields";
import { BadgeTextFields } from "./badge-text-fields";
import { BADGE_KINDS } from "./badge-words";

type BadgeFields = {
  name: LocalizedText;
  about: LocalizedText;
  icon: string;
  color: string;
  rule: BadgeRule;
};

type BadgeFormProps = {
  action: FormAction<{ badgeId: string }>;
  values: BadgeFields;
  /** Null for a new badge. */
  badgeId: string | null;
  listHref: string;
};

type Shown = { name: string; about: string; icon: string; color: string };

/** The page on which a badge is created or changed, beside how it looks earned and not earned. */
export function BadgeForm({ action, values, badgeId, listHref }: BadgeFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [now, setNow] = useState<Shown>({
    name: values.name.en,
    about: values.about.en,
    icon: values.icon,
    color: values.color,
  });
  const [kind, setKind] = useState<BadgeKind>(values.rule.kind);
  const saved = ({ badgeId: id }: { badgeId: string }) => {
    toast({
      message: badgeId ? "Saved." : "Badge created. Customers who earned it get it now.",
      tone: "good",
    });
    if (!badgeId) router.push(`${listHref}/${id}`);
  };
  return (
    <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <ActionForm
        action={action}
        watched="fields"
        onSuccess={saved}
        onChange={({ currentTarget }) => setNow((before) => filledIn(before, currentTarget))}
      >
        {badgeId ? <input type="hidden" name="badgeId" value={badgeId} /> : null}
        <FormPart title="Text" description="In your customers’ words.">
          <BadgeTextFields name={values.name} about={values.about} />
        </FormPart>
        <FormPart
          title="How to earn it"
          description="Awarded once, and revoked if the referral or order behind it is reversed."
        >
          <RadioGroup
            name="rule.kind"
            legend="How to earn it"
            hideLegend
            look="cards"
            value={kind}
            onValueChange={(value) => setKind(value as BadgeKind)}
            choices={BADGE_KINDS}
          />
          <BadgeRuleFields
            key={kind}
            kind={kind}
            rule={values.rule.kind === kind ? values.rule : null}
          />
        </FormPart>
        <LooksPart
          values={values}
          onColorChange={(color) => setNow((before) => ({ ...before, color }))}
        />
        <FormActions sticky>
          <SubmitButton variant="primary">{badgeId ? "Save" : "Create badge"}</SubmitButton>
          <ButtonLink variant="quiet" href={listHref}>
            Cancel
          </ButtonLink>
        </FormActions>
      </ActionForm>
      <Preview now={now} />
    </div>
  );
}

/** What the preview shows, as it stands in the form now. */
function filledIn(before: Shown, form: HTMLFormElement): Shown {
  const data = new FormData(form);
  return {
    ...before,
    name: String(data.get("name.en") ?? ""),
    about: String(data.get("about.en") ?? ""),
    icon: String(data.get("icon") ?? before.icon),
  };
}

function LooksPart({
  values,
  onColorChange,
}: {
  values: BadgeFields;
  onColorChange: (color: string) => void;
}) {
  return (
    <FormPart title="Appearance">
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
        onColorChange={onColorChange}
      />
    </FormPart>
  );
}

function Preview({ now: { name, about, icon, color } }: { now: Shown }) {
  return (
    <aside aria-label="Preview" className="max-lg:order-first lg:sticky lg:top-3">
      <p className="mb-2 text-[0.8125rem] text-ink-muted">Preview for customers</p>
      <Card>
        <div className="grid grid-cols-2 gap-4 text-center">
          {[true, false].map((earned) => (
            <div key={String(earned)} className="flex flex-col items-center gap-2">
              <BadgeMedal icon={icon} color={color} earned={earned} size={72} />
              <p className="text-sm font-medium [overflow-wrap:anywhere]">{name || "Badge name"}</p>
              <p className="text-[0.8125rem]/5 text-ink-muted">
                {earned ? about || "Description" : "Not earned yet"}
              </p>
            </div>
          ))}
        </div>
      </Card>
    </aside>
  );
}
