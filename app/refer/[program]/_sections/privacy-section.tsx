import { EmailChoice } from "@/components/refer/email/email-choice";
import { Card, CardHeader } from "@/components/ui/content/card";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { Button } from "@/components/ui/controls/button";
import { signOutEverywhere } from "../_home/actions";
import { saveEmailChoice } from "./actions";
import type { HomeContext } from "../_home/context";

/** What is stored, whom to ask, and whether emails are on. */
export async function PrivacySection({ t, found: { shop, program }, entry }: HomeContext) {
  const on = await wantsProgramEmail(entry.scope, entry.customerId);
  return (
    <Card>
      <CardHeader title={t("privacy.title")} />
      <div className="mt-3 flex flex-col gap-4 text-sm/6">
        <p className="text-ink-muted">{t("privacy.body", { shop: shop.name })}</p>
        <p className="text-ink-muted">
          {shop.supportEmail
            ? t("privacy.contact", { email: shop.supportEmail })
            : t("privacy.contactPlain", { shop: shop.name })}
        </p>
        <EmailChoice
          action={saveEmailChoice.bind(null, program.slug)}
          on={on}
          words={{
            state: on ? t("privacy.emailsOn") : t("privacy.emailsOff"),
            change: on ? t("privacy.turnOff") : t("privacy.turnOn"),
          }}
        />
        <form action={signOutEverywhere.bind(null, program.slug)}>
          <Button type="submit" variant="quiet" size="sm">
            {t("refer.signOutEverywhere")}
          </Button>
        </form>
      </div>
    </Card>
  );
}
