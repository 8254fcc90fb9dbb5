import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { type Locale, LOCALE_NAMES, LOCALES } from "@/lib/core/i18n/locales";
import { saveProfile } from "../actions";

/** The user's name, and the language of emails to them. */
export function Profile({ name, locale }: { name: string; locale: Locale }) {
  return (
    <ActionForm action={saveProfile} successMessage="Saved.">
      <Field name="name" label="Your name" required hint="Your colleagues see it.">
        <Input autoComplete="name" maxLength={120} defaultValue={name} />
      </Field>
      <Field
        name="locale"
        label="Language of emails to you"
        hint="Sign-in links, reminders and warnings. The dashboard stays in English."
      >
        <Select
          options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
          defaultValue={locale}
        />
      </Field>
      <SubmitButton>Save</SubmitButton>
    </ActionForm>
  );
}
