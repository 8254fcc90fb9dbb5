import type { Metadata } from "next";
import { ActionButton } from "@/components/forms/action-button";
import { EmailBody } from "@/components/message/email-body";
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
import { type AdminPaths, adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { type MessageBody, messageById } from "@/lib/messaging/queries";
import { HELD_WORDS, TEMPLATE_LABELS } from "@/lib/messaging/schema";
import { release } from "../actions";

export const metadata: Metadata = { title: "Email" };

type Props = { params: Promise<{ merchant: string; message: string }> };

export default async function EmailPage({ params }: Props) {
  const { merchant: slug, message: id } = await params;
  const scope = await requireMember(slug, "outbox.read");
  const email = await found(messageById(scope, id));
  const admin = adminPaths(slug);
  return (
    <>
      <PageHeader
        title={email.subject}
        status={<MessageState state={email.state} />}
        breadcrumbs={[{ label: "Outbox", href: admin.outbox }]}
      />
      <div className="flex flex-col gap-6">
        {email.lastError && email.state !== "sent" ? (
          <Alert tone="bad" title="The last attempt failed">
            {email.lastError}
          </Alert>
        ) : null}
        <NotSent email={email} scope={scope} admin={admin} />
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
          <Card>
            <EmailBody html={email.html} text={email.text} subject={email.subject} />
          </Card>
          <DetailsCard email={email} admin={admin} timeZone={scope.timeZone} />
        </div>
      </div>
    </>
  );
}

type NotSentProps = { email: MessageBody; scope: Scope; admin: AdminPaths };

/** Why an email is held back, or which one said it. */
function NotSent({ email, scope, admin }: NotSentProps) {
  if (email.heldReason)
    return (
      <Alert
        tone="warn"
        title="Held back by a limit"
        action={
          scopeAllows(scope, "outbox.release") ? (
            <ActionButton
              action={release.bind(null, scope.merchantSlug)}
              fields={{ messageId: email.id }}
              done="Email released."
            >
              Send anyway
            </ActionButton>
          ) : null
        }
      >
        {HELD_WORDS[email.heldReason]}
      </Alert>
    );
  if (email.digestId)
    return (
      <Alert>
        Sent together with others as{" "}
        <TextLink href={admin.email(email.digestId)}>one email</TextLink>.
      </Alert>
    );
  return null;
}

type DetailsCardProps = { email: MessageBody; admin: AdminPaths; timeZone: string };

function DetailsCard({ email, admin, timeZone }: DetailsCardProps) {
  const at = (date: Date) => <DateTime value={date} timeZone={timeZone} look="dateTime" />;
  return (
    <Card>
      <DefinitionList
        layout="stacked"
        items={[
          {
            term: "To",
            value: email.customerId ? (
              <TextLink href={admin.customer(email.customerId)}>{email.recipient}</TextLink>
            ) : (
              email.recipient
            ),
          },
          { term: "Type", value: TEMPLATE_LABELS[email.template] ?? email.template },
          { term: "Language", value: LOCALE_NAMES[asLocale(email.locale)] },
          { term: "Created", value: at(email.createdAt) },
          ...(email.sentAt ? [{ term: "Sent", value: at(email.sentAt) }] : []),
          ...(email.state === "queued"
            ? [{ term: "Next attempt", value: at(email.nextTryAt) }]
            : []),
          ...(email.attempts > 0 ? [{ term: "Attempts", value: String(email.attempts) }] : []),
        ]}
      />
    </Card>
  );
}
