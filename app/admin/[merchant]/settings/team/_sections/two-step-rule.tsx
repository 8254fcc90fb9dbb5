import { SettingsForm } from "@/components/forms/settings-form";
import { Card } from "@/components/ui/content/card";
import { Checkbox } from "@/components/ui/controls/choice";
import { Section } from "@/components/ui/page/page-header";
import { saveTwoStepRule } from "../actions";

/** Whether the shop asks its owners and admins for two-step sign-in. */
export function TwoStepRule({ slug, required }: { slug: string; required: boolean }) {
  return (
    <Section title="Two-step sign-in">
      <SettingsForm action={saveTwoStepRule.bind(null, slug)}>
        <Card>
          <Checkbox
            name="required"
            label="Owners and admins need two-step sign-in"
            hint="Those who have none set it up before they can open the dashboard again."
            defaultChecked={required}
          />
        </Card>
      </SettingsForm>
    </Section>
  );
}
