"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field, Fieldset } from "@/components/ui/controls/field";
import { Input, Select, Textarea } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { useToast } from "@/components/ui/overlays/toast";
import { CatalogueCard } from "./catalogue-card";
import { CatalogueIcon, ITEM_ICON_NAMES } from "./item-icon";
import type { FormAction } from "@/lib/core/action-result";
import { type ItemForm, lasts } from "@/lib/loyalty/catalogue/schema/item-form";
import { ITEM_ICONS, type ItemKind } from "@/lib/loyalty/catalogue/schema/item";

type Choice = { id: string; name: string };

type CatalogueFormProps = {
  action: FormAction<{ itemId: string }>;
  values: ItemForm;
  /** Null for an item that is not there yet. */
  itemId: string | null;
  /** How many customers have; stock cannot go below it. */
  redeemed: number;
  currency: string;
  tiers: readonly Choice[];
  pools: readonly Choice[];
  /** Address of the catalogue. */
  listHref: string;
};

const KINDS: { value: ItemKind; label: string; hint: string }[] = [
  { value: "amount_off", label: "An amount off", hint: "A coupon code for one order." },
  { value: "percent_off", label: "A percentage off", hint: "A coupon code for one order." },
  { value: "free_shipping", label: "Free shipping", hint: "A coupon code for one order." },
  { value: "credit", label: "Store credit", hint: "Added to their balance." },
  { value: "gift", label: "A gift or experience", hint: "You hand it over, and mark it as done." },
  {
    value: "event_access",
    label: "A place at an event",
    hint: "You hand it over, and mark it as done.",
  },
  {
    value: "donation",
    label: "A donation",
    hint: "You give it in their name, and mark it as done.",
  },
];

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "sq", label: "Albanian" },
  { value: "zh", label: "Chinese" },
] as const;

/**
 * The page on which an item is made or changed: questions on one side, the card that customers see
 * on the other.
 */
export function CatalogueForm({
  action,
  values,
  itemId,
  redeemed,
  currency,
  tiers,
  pools,
  listHref,
}: CatalogueFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [now, setNow] = useState(values);
  const read = (form: HTMLFormElement) => {
    const text = (name: string) => String(new FormData(form).get(name) ?? "");
    setNow((before) => ({
      ...before,
      name: { ...before.name, en: text("name.en") },
      about: { ...before.about, en: text("about.en") },
      points: text("points"),
      color: text("color"),
      kind: text("kind") as ItemKind,
      icon: text("icon") as ItemForm["icon"],
      codes: (text("codes") || before.codes) as ItemForm["codes"],
    }));
  };
  // Said here and not once it is on the page: an item that was changed begins the form anew.
  const saveAndTell: FormAction<{ itemId: string }> = async (previous, data) => {
    const result = await action(previous, data);
    if (result.ok)
      toast({
        message: itemId ? "Saved. Customers see it at once." : "Added to the catalogue.",
        tone: "good",
      });
    return result;
  };
  const saved = ({ itemId: id }: { itemId: string }) => {
    if (!itemId) router.push(`${listHref}/${id}`);
  };
  const points = Number(now.points);
  return (
    <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <ActionForm
        action={saveAndTell}
        onSuccess={saved}
        onChange={({ currentTarget }) => read(currentTarget)}
      >
        {itemId ? <input type="hidden" name="itemId" value={itemId} /> : null}
        <Part title="What it is" description="In your customers’ words.">
          <Words values={values} />
          <div className="flex flex-wrap gap-x-8 gap-y-4">
            <IconPicker chosen={values.icon} color={now.color} />
            <Fieldset legend="Colour" name="color">
              <input
                type="color"
                name="color"
                aria-label="Colour"
                defaultValue={values.color}
                className="control h-9 w-14! cursor-pointer p-1"
              />
            </Fieldset>
          </div>
        </Part>
        <Part title="What they get">
          <RadioGroup
            name="kind"
            legend="What they get"
            hideLegend
            look="cards"
            defaultValue={values.kind}
            choices={KINDS.map(({ value, label, hint }) => ({ value, label, hint }))}
          />
          <BenefitFields
            values={values}
            kind={now.kind}
            codes={now.codes}
            currency={currency}
            pools={pools}
          />
        </Part>
        <Part title="What it costs, and for whom">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field name="points" label="Price">
              <Input
                inputMode="numeric"
                autoComplete="off"
                suffix="points"
                defaultValue={values.points}
              />
            </Field>
            {tiers.length > 0 ? (
              <Field name="tier" label="For customers">
                <Select
                  defaultValue={values.tier}
                  options={[
                    { value: "", label: "of every tier" },
                    ...tiers.map(({ id, name }) => ({ value: id, label: `from ${name} on` })),
                  ]}
                />
              </Field>
            ) : (
              <div className="hidden sm:block" />
            )}
            <Field
              name="stock"
              label="How many there are in all"
              optional
              hint={
                redeemed > 0
                  ? `Customers have ${redeemed} of them. Empty means without limit.`
                  : "Empty means without limit."
              }
            >
              <Input inputMode="numeric" autoComplete="off" defaultValue={values.stock} />
            </Field>
            <Field
              name="perPerson"
              label="How many each"
              optional
              hint="Empty means without limit."
            >
              <Input inputMode="numeric" autoComplete="off" defaultValue={values.perPerson} />
            </Field>
          </div>
        </Part>
        <FormActions sticky>
          <SubmitButton variant="primary">{itemId ? "Save" : "Add to the catalogue"}</SubmitButton>
          <ButtonLink variant="quiet" href={listHref}>
            Cancel
          </ButtonLink>
        </FormActions>
      </ActionForm>
      <aside aria-label="Preview" className="max-lg:order-first lg:sticky lg:top-3">
        <p className="mb-2 text-[0.8125rem] text-ink-muted">As customers see it</p>
        <CatalogueCard
          icon={now.icon}
          color={now.color}
          name={now.name.en || "Name of the item"}
          about={now.about.en}
          price={
            Number.isInteger(points) && points > 0
              ? `${points.toLocaleString("en")} ${points === 1 ? "point" : "points"}`
              : "Its price in points"
          }
        />
      </aside>
    </div>
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
        <CardHeader title={title} description={description} />
        {children}
      </section>
    </Card>
  );
}

function IconPicker({ chosen, color }: { chosen: ItemForm["icon"]; color: string }) {
  return (
    <Fieldset legend="Picture" name="icon">
      <div className="flex max-w-xs flex-wrap gap-2">
        {ITEM_ICONS.map((icon) => (
          <label
            key={icon}
            title={ITEM_ICON_NAMES[icon]}
            className="relative cursor-pointer rounded-control p-0.5 has-checked:ring-2 has-checked:ring-accent-mark has-focus-visible:outline-2"
          >
            <input
              type="radio"
              name="icon"
              value={icon}
              defaultChecked={icon === chosen}
              aria-label={ITEM_ICON_NAMES[icon]}
              className="absolute inset-0 size-full appearance-none"
            />
            <CatalogueIcon icon={icon} color={color} size="sm" />
          </label>
        ))}
      </div>
    </Fieldset>
  );
}

/** Name and description, each keeping its text while another language is in sight. */
function Words({ values }: { values: ItemForm }) {
  const [language, setLanguage] = useState("en");
  return (
    <div className="flex flex-col gap-4">
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
              value === "en" ? undefined : `Without one in ${label}, the English name is shown.`
            }
          >
            <Input
              maxLength={80}
              autoComplete="off"
              defaultValue={values.name[value]}
              placeholder={value === "en" ? "5 off your next order" : undefined}
            />
          </Field>
          <Field name={`about.${value}`} label="What it is" optional>
            <Textarea
              rows={2}
              maxLength={300}
              className="min-h-16"
              defaultValue={values.about[value]}
            />
          </Field>
        </div>
      ))}
    </div>
  );
}

type BenefitFieldsProps = {
  values: ItemForm;
  kind: ItemKind;
  codes: ItemForm["codes"];
  currency: string;
  pools: readonly Choice[];
};

function BenefitFields({ values, kind, codes, currency, pools }: BenefitFieldsProps) {
  const hasCode = kind === "amount_off" || kind === "percent_off" || kind === "free_shipping";
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {kind === "amount_off" || kind === "credit" || kind === "donation" ? (
          <Field name="amount" label="How much">
            <MoneyInput currency={currency} defaultValue={values.amount} />
          </Field>
        ) : null}
        {kind === "percent_off" ? (
          <Field name="percent" label="How much">
            <Input
              inputMode="decimal"
              autoComplete="off"
              suffix="%"
              defaultValue={values.percent}
            />
          </Field>
        ) : null}
        {kind === "gift" || kind === "event_access" ? (
          <Field
            name="title"
            label={kind === "gift" ? "What it is" : "Which event"}
            hint="As it stands on the receipt and in your task list."
          >
            <Input maxLength={120} autoComplete="off" defaultValue={values.title} />
          </Field>
        ) : null}
        {kind === "event_access" ? (
          <Field name="eventAt" label="When" optional>
            <Input type="datetime-local" defaultValue={values.eventAt} />
          </Field>
        ) : null}
        {kind === "donation" ? (
          <Field name="donationTo" label="To whom">
            <Input maxLength={120} autoComplete="off" defaultValue={values.donationTo} />
          </Field>
        ) : null}
        {lasts(kind) ? (
          <Field
            name="validDays"
            label="Can be used for"
            optional
            hint="From the day that it is bought. Empty means for ever."
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              suffix="days"
              defaultValue={values.validDays}
            />
          </Field>
        ) : null}
      </div>
      {hasCode ? (
        <>
          <RadioGroup
            name="codes"
            legend="The codes"
            defaultValue={values.codes}
            choices={[
              {
                value: "own",
                label: "Made here",
                hint: "A code of its own for every buyer, like GW-7K2Q-M4XP.",
              },
              { value: "pattern", label: "Made here, to your pattern" },
              {
                value: "pool",
                label: "Out of a pool of yours",
                disabled: pools.length === 0,
                hint:
                  pools.length === 0
                    ? "Upload codes under Rewards first."
                    : "Sold out once the pool is empty. A code that was shown can only be taken back by you.",
              },
            ]}
          />
          {codes === "pattern" ? (
            <Field
              name="pattern"
              label="Pattern"
              hint="Capital letters, digits, - and _; each # becomes a random character, at least 6 of them."
            >
              <Input
                maxLength={40}
                autoComplete="off"
                spellCheck={false}
                className="font-mono sm:max-w-72"
                placeholder="THANKS-######"
                defaultValue={values.pattern}
              />
            </Field>
          ) : null}
          {codes === "pool" ? (
            <Field name="poolId" label="Pool" className="sm:max-w-72">
              <Select
                defaultValue={values.poolId}
                placeholder="Choose a pool"
                options={pools.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </Field>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
