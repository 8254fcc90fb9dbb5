import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ActionForm } from "@/components/forms/action-form";
import { FormActions } from "@/components/forms/form-actions";
import { SubmitButton } from "@/components/forms/submit-button";
import { Card } from "@/components/ui/content/card";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { PageHeader, Section } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { LOCALE_NAMES, LOCALES } from "@/lib/core/i18n/locales";
import { writePercent } from "@/lib/core/values/percent";
import { currencyChoices, timeZoneChoices } from "@/lib/merchants/choices";
import { adminPaths } from "@/lib/merchants/paths";
import { isCurrencyFrozen, merchantProfile } from "@/lib/merchants/queries";
import { scopeAllows } from "@/lib/merchants/scope";
import { saveShop } from "./actions";

export const metadata: Metadata = { title: "Shop settings" };

export default async function ShopSettingsPage({
  params,
}: {
  params: Promise<{ merchant: string }>;
}) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  if (scope.isSandbox) redirect(adminPaths(slug).keys);
  // Not everyone has this first part of the settings; all have the team.
  if (!scopeAllows(scope, "settings.edit")) redirect(adminPaths(slug).team);
  const [shop, frozen] = await Promise.all([merchantProfile(scope), isCurrencyFrozen(scope)]);
  return (
    <>
      <PageHeader title="Shop" description="What programs, reports and mails take from here." />
      <ActionForm action={saveShop.bind(null, slug)} successMessage="Saved." className="max-w-3xl">
        <Card className="flex flex-col gap-5">
          <Field name="name" label="Shop name" required>
            <Input defaultValue={shop.name} maxLength={80} />
          </Field>
          <div className="grid gap-5 sm:grid-cols-2">
            <Field name="shopUrl" label="Web address" optional hint="Where friends go to shop.">
              <Input
                type="url"
                inputMode="url"
                placeholder="https://"
                defaultValue={shop.shopUrl ?? ""}
              />
            </Field>
            <Field
              name="supportEmail"
              label="Support address"
              optional
              hint="Shown to customers who need help."
            >
              <Input type="email" defaultValue={shop.supportEmail ?? ""} />
            </Field>
            {frozen ? (
              <Field label="Currency" hint="Stays as it is: there are programs or orders in it.">
                <Input value={shop.currency} readOnly />
              </Field>
            ) : (
              <Field
                name="currency"
                label="Currency"
                required
                hint="Fixed once there is a program or an order."
              >
                <Select options={currencyChoices(shop.currency)} defaultValue={shop.currency} />
              </Field>
            )}
            <Field
              name="timeZone"
              label="Time zone"
              required
              hint="In which reports cut their days."
            >
              <Select options={timeZoneChoices(shop.timeZone)} defaultValue={shop.timeZone} />
            </Field>
            <Field
              name="defaultLocale"
              label="Language"
              required
              hint="For customers whose own is not known."
            >
              <Select
                options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
                defaultValue={shop.defaultLocale}
              />
            </Field>
          </div>
        </Card>
        <Section title="Money" description="What holds and returns are reckoned from.">
          <Card className="grid gap-5 sm:grid-cols-3">
            <Field
              name="returnWindowDays"
              label="Return window"
              required
              hint="New programs hold rewards this long."
            >
              <Input
                inputMode="numeric"
                suffix="days"
                defaultValue={String(shop.returnWindowDays)}
                className="figure"
              />
            </Field>
            <Field
              name="marginBp"
              label="Gross margin"
              required
              hint="For return on cost and lifetime value."
            >
              <Input
                inputMode="decimal"
                suffix="%"
                defaultValue={writePercent(shop.marginBp)}
                className="figure"
              />
            </Field>
            <Field
              name="pointCostMilli"
              label="Cost of a point"
              required
              hint={`In the smallest unit of ${shop.currency}.`}
            >
              <Input
                inputMode="decimal"
                defaultValue={String(shop.pointCostMilli / 1000)}
                className="figure"
              />
            </Field>
          </Card>
        </Section>
        <Section
          title="When a refund finds too little"
          description="A reward is taken back, but its owner has used it already."
        >
          <Card>
            <RadioGroup
              name="clawbackPolicy"
              legend="What happens then"
              hideLegend
              look="cards"
              defaultValue={shop.clawbackPolicy}
              choices={[
                {
                  value: "clamp",
                  label: "Take what is there",
                  hint: "The balance stops at 0. What was used stays your cost.",
                },
                {
                  value: "negative",
                  label: "Go below 0",
                  hint: "They owe the rest, and later rewards pay for it first.",
                },
              ]}
            />
          </Card>
        </Section>
        <FormActions>
          <SubmitButton>Save</SubmitButton>
        </FormActions>
      </ActionForm>
    </>
  );
}
