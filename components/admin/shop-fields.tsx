import { TimeZoneSelect } from "@/components/forms/time-zone-select";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { currencyChoices, timeZoneChoices } from "@/lib/merchants/rules/choices";

/** What a shop begins with, for who signs up and for who opens another one. */
export function ShopFields() {
  return (
    <>
      <Field name="shopName" label="Shop name" required hint="The name your customers know.">
        <Input autoComplete="organization" maxLength={80} />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="currency" label="Currency" required>
          <Select options={currencyChoices()} placeholder="Choose a currency" />
        </Field>
        <Field name="timeZone" label="Time zone" required>
          <TimeZoneSelect options={timeZoneChoices()} />
        </Field>
      </div>
    </>
  );
}
