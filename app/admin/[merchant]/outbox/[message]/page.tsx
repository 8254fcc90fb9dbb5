import type { Metadata } from "next";
import { MailBody } from "@/components/message/mail-body";
import { MessageState } from "@/components/message/message-state";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { DateTime } from "@/components/ui/content/display";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { asLocale, LOCALE_NAMES } from "@/lib/core/i18n/locales";
import { adminPaths } from "@/lib/merchants/paths";
import { messageById } from "@/lib/messaging/queries";
import { TEMPLATE_LABELS } from "@/lib/messaging/schema";

export const metadata: Metadata = { title: "Mail" };

export default async function MessagePage({
  params,
}: {
  params: Promise<{ merchant: string; message: string }>;
}) {
  const { merchant: slug, message: id } = await params;
  const scope = await requireMember(slug, "outbox.read");
  const mail = await found(messageById(scope, id));
  const admin = adminPaths(slug);
  const { timeZone } = scope;
  return (
    <>
      <PageHeader
        title={mail.subject}
        status={<MessageState state={mail.state} />}
        breadcrumbs={[{ label: "Outbox", href: admin.outbox }]}
      />
      <div className="flex flex-col gap-6">
        {mail.lastError && mail.state !== "sent" ? (
          <Alert tone="bad" title="The last try failed">
            {mail.lastError}
          </Alert>
        ) : null}
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
          <Card>
            <MailBody html={mail.html} text={mail.text} subject={mail.subject} />
          </Card>
          <Card>
            <DefinitionList
              layout="stacked"
              items={[
                {
                  term: "To",
                  value: mail.customerId ? (
                    <TextLink href={admin.customer(mail.customerId)}>{mail.recipient}</TextLink>
                  ) : (
                    mail.recipient
                  ),
                },
                { term: "Mail", value: TEMPLATE_LABELS[mail.template] ?? mail.template },
                { term: "Language", value: LOCALE_NAMES[asLocale(mail.locale)] },
                {
                  term: "Written",
                  value: <DateTime value={mail.createdAt} timeZone={timeZone} look="dateTime" />,
                },
                ...(mail.sentAt
                  ? [
                      {
                        term: "Sent",
                        value: <DateTime value={mail.sentAt} timeZone={timeZone} look="dateTime" />,
                      },
                    ]
                  : []),
                ...(mail.state === "queued"
                  ? [
                      {
                        term: "Next try",
                        value: (
                          <DateTime value={mail.nextTryAt} timeZone={timeZone} look="dateTime" />
                        ),
                      },
                    ]
                  : []),
                ...(mail.attempts > 0 ? [{ term: "Tries", value: String(mail.attempts) }] : []),
              ]}
            />
          </Card>
        </div>
      </div>
    </>
  );
}
