"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { Field, Fieldset } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import type { Named } from "@/components/terms/terms-shop";
import { TermsShopContext } from "@/components/terms/terms-shop-context";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";
import type { ItemForm } from "@/lib/loyalty/catalogue/schema/item-form";
import { FormPart } from "../form-part";
import { CatalogueCard } from "./catalogue-card";
import { ItemIconPicker } from "./item-icon-picker";
import { ItemTextFields } from "./item-text-fields";
import { ItemWorthFields } from "./item-worth-fields";
import { pointsText } from "../words";

type CatalogueItemFormProps = {
  action: FormAction<{ itemId: string }>;
  values: ItemForm;
  /** Null for a new item. */
  itemId: string | null;
  /** How many customers have; stock cannot go below it. */
  redeemed: number;
  currency: string;
  timeZone: string;
  tiers: readonly Named[];
  pools: readonly Named[];
  /** Address of the catalogue. */
  listHref: string;
};

/** The page on which an item is created or changed, beside the card that customers see. */
export function CatalogueItemForm({
  action,
  values,
  itemId,
  redeemed,
  currency,
  timeZone,
  tiers,
  pools,
  listHref,
}: CatalogueItemFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [now, setNow] = useState(values);
  // Said here and not once it is on the page: a changed item starts the form anew.
  const saveAndTell: FormAction<{ itemId: string }> = async (previous, data) => {
    const result = await action(previous, data);
    if (result.ok)
      toast({
        message: itemId ? "Saved. Customers see the change now." : "Added to the catalogue.",
        tone: "good",
      });
    return result;
  };
  const saved = ({ itemId: id }: { itemId: string }) => {
    if (!itemId) router.push(`${listHref}/${id}`);
  };
  return (
    <TermsShopContext value={{ currency, timeZone, tiers, pools }}>
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <ActionForm
          action={saveAndTell}
          watched="fields"
          onSuccess={saved}
          onChange={({ currentTarget }) => setNow((before) => filledIn(before, currentTarget))}
        >
          {itemId ? <input type="hidden" name="itemId" value={itemId} /> : null}
          <LooksPart values={values} color={now.color} />
          <FormPart title="Reward">
            <ItemWorthFields
              now={now}
              onChange={(worth) => setNow((before) => ({ ...before, ...worth }))}
            />
          </FormPart>
          <PricePart values={values} tiers={tiers} redeemed={redeemed} />
          <FormActions sticky>
            <SubmitButton variant="primary">{itemId ? "Save" : "Add to catalogue"}</SubmitButton>
            <ButtonLink variant="quiet" href={listHref}>
              Cancel
            </ButtonLink>
          </FormActions>
        </ActionForm>
        <Preview now={now} />
      </div>
    </TermsShopContext>
  );
}

/** What the preview shows, as it stands in the form now. */
function filledIn(before: ItemForm, form: HTMLFormElement): ItemForm {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "");
  return {
    ...before,
    name: { ...before.name, en: text("name.en") },
    about: { ...before.about, en: text("about.en") },
    points: text("points"),
    color: text("color"),
    icon: text("icon") as ItemForm["icon"],
  };
}

function LooksPart({ values, color }: { values: ItemForm; color: string }) {
  return (
    <FormPart title="Item" description="In your customers’ words.">
      <ItemTextFields values={values} />
      <div className="flex flex-wrap gap-x-8 gap-y-4">
        <ItemIconPicker chosen={values.icon} color={color} />
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
    </FormPart>
  );
}

function PricePart({
  values,
  tiers,
  redeemed,
}: Pick<CatalogueItemFormProps, "values" | "tiers" | "redeemed">) {
  return (
    <FormPart title="Price and limits">
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
          <Field name="tier" label="Available to">
            <Select
              defaultValue={values.tier}
              options={[
                { value: "", label: "Everyone" },
                ...tiers.map(({ id, name }) => ({ value: id, label: `${name} and up` })),
              ]}
            />
          </Field>
        ) : (
          <div className="hidden sm:block" />
        )}
        <Field
          name="stock"
          label="Stock"
          optional
          hint={
            redeemed > 0
              ? `Customers already have ${redeemed}. Leave empty for no limit.`
              : "Leave empty for no limit."
          }
        >
          <Input inputMode="numeric" autoComplete="off" defaultValue={values.stock} />
        </Field>
        <Field
          name="perPerson"
          label="Limit per customer"
          optional
          hint="Leave empty for no limit."
        >
          <Input inputMode="numeric" autoComplete="off" defaultValue={values.perPerson} />
        </Field>
      </div>
    </FormPart>
  );
}

function Preview({ now }: { now: ItemForm }) {
  const points = Number(now.points);
  return (
    <aside aria-label="Preview" className="max-lg:order-first lg:sticky lg:top-3">
      <p className="mb-2 text-[0.8125rem] text-ink-muted">Preview for customers</p>
      <CatalogueCard
        icon={now.icon}
        color={now.color}
        name={now.name.en || "Item name"}
        about={now.about.en}
        price={Number.isInteger(points) && points > 0 ? pointsText(points) : "Price in points"}
      />
    </aside>
  );
}
