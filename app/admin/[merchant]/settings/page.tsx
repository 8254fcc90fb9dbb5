import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SettingsForm } from "@/components/forms/settings-form";
import { Card } from "@/components/ui/content/card";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { moneyText } from "@/components/ui/format";
import { PageHeader, Section } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { LOCALE_NAMES, LOCALES } from "@/lib/core/i18n/locales";
import { writePercent } from "@/lib/core/values/percent";
import { zoneName } from "@/lib/core/time";
import { currencyChoices, timeZoneChoices } from "@/lib/merchants/rules/choices";
import { adminPaths } from "@/lib/merchants/paths";
import {
  isCurrencyFrozen,
  type MerchantProfile,
  merchantProfile,
} from "@/lib/merchants/queries/merchant";
import { scopeAllows } from "@/lib/merchants/scope";
import { PayoutFields } from "./_sections/payout-fields";
import { RewardFields } from "./_sections/reward-fields";
import { saveShop } from "./actions";

export const metadata: Metadata = { title: "Shop settings" };

export default async function ShopSettingsPage({
  params,
}: {
  params: Promise<{ merchant: string }>;
}) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  const admin = adminPaths(slug);
  if (scope.isSandbox) redirect(admin.keys);
  // Not every member may see these settings; all may see the team.
  if (!scopeAllows(scope, "settings.edit")) redirect(admin.team);
  const [shop, frozen] = await Promise.all([merchantProfile(scope), isCurrencyFrozen(scope)]);
  return (
    <>
      <PageHeader title="Shop" description="Used in programs, reports and emails." />
      <SettingsForm action={saveShop.bind(null, slug)} className="max-w-3xl">
        <ShopFields shop={shop} frozen={frozen} />
        <MoneyFields
          shop={shop}
          smallestAmount={moneyText({ minor: 1n, asset: scope.asset }, "en")}
        />
        <PayoutFields shop={shop} />
        <RewardFields shop={shop} />
      </SettingsForm>
    </>
  );
}

type PartProps = { shop: MerchantProfile };

function ShopFields({ shop, frozen }: PartProps & { frozen: boolean }) {
  return (
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
          label="Support email"
          optional
          hint="Shown to customers who need help."
        >
          <Input type="email" defaultValue={shop.supportEmail ?? ""} />
        </Field>
        <CurrencyField currency={shop.currency} frozen={frozen} />
        <Field name="timeZone" label="Time zone" required hint="Used for days in reports.">
          <Select options={timeZoneChoices(shop.timeZone)} defaultValue={zoneName(shop.timeZone)} />
        </Field>
        <Field
          name="defaultLocale"
          label="Default language"
          required
          hint="For customers whose language is unknown."
        >
          <Select
            options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
            defaultValue={shop.defaultLocale}
          />
        </Field>
      </div>
    </Card>
  );
}

function CurrencyField({ currency, frozen }: { currency: string; frozen: boolean }) {
  if (frozen) {
    return (
      <Field label="Currency" hint="Can’t be changed: programs or orders use it.">
        <Input value={currency} readOnly />
      </Field>
    );
  }
  return (
    <Field
      name="currency"
      label="Currency"
      required
      hint="Can’t be changed after your first program or order."
    >
      <Select options={currencyChoices(currency)} defaultValue={currency} />
    </Field>
  );
}

function MoneyFields({ shop, smallestAmount }: PartProps & { smallestAmount: string }) {
  return (
    <Section title="Money" description="Defaults for holds, ROI and lifetime value.">
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
          optional
          hint="For ROI and lifetime value. Without it, they assume 50% and say so."
        >
          <Input
            inputMode="decimal"
            suffix="%"
            defaultValue={shop.marginBp === null ? "" : writePercent(shop.marginBp)}
            className="figure"
          />
        </Field>
        <Field
          name="pointCostMilli"
          label="Cost of a point"
          required
          hint={`Enter 1 for ${smallestAmount}.`}
        >
          <Input
            inputMode="decimal"
            defaultValue={String(shop.pointCostMilli / 1000)}
            className="figure"
          />
        </Field>
      </Card>
    </Section>
  );
}
