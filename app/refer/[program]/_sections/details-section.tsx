import type { ReactNode } from "react";
import { EmailChoice } from "@/components/refer/email/email-choice";
import { NameForm } from "@/components/refer/name-form";
import { Card } from "@/components/ui/content/card";
import { Disclosure } from "@/components/ui/content/disclosure";
import { Button } from "@/components/ui/controls/button";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { signOutEverywhere } from "../_home/actions";
import type { HomeContext } from "../_home/context";
import { Terms } from "../_home/terms";
import { saveEmailChoice } from "./actions";
import { nameForm } from "./name-section";

/** What one looks up rarely, folded: the terms, one's name, and what is stored and sent. */
export async function DetailsSection({ name, ...context }: HomeContext & { name: string | null }) {
  const { t, found, entry } = context;
  const { shop, program } = found;
  const on = await wantsProgramEmail(entry.scope, entry.customerId);
  return (
    <Card>
      <div className="flex flex-col gap-4">
        <Disclosure summary={t("refer.terms")}>
          <Terms {...context} />
        </Disclosure>
        {name ? (
          <Disclosure summary={t("refer.details")}>
            <NameForm {...nameForm({ t, slug: program.slug, name })} />
          </Disclosure>
        ) : null}
        <Disclosure summary={t("privacy.title")}>
          <Paragraphs>
            <p>{t("privacy.body", { shop: shop.name })}</p>
            <p>
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
          </Paragraphs>
        </Disclosure>
      </div>
    </Card>
  );
}

function Paragraphs({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-4 leading-6">{children}</div>;
}
