import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { NewKeyDialog } from "@/components/keys/new-key-dialog";
import { SigningExample } from "@/components/keys/signing-example";
import { Badge, StatusPill } from "@/components/ui/content/badge";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { PageHeader, Section } from "@/components/ui/page/page-header";
import { type Column, Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { environment } from "@/lib/core/env";
import { type KeyRow, listKeys } from "@/lib/merchants/queries/merchant";
import { WebEvents } from "./_sections/web-events";
import { createKey, revokeKey } from "./actions";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "keys.manage");
  const keys = await listKeys(scope);
  return (
    <>
      <PageHeader
        title={scope.isSandbox ? "Test API keys" : "API keys"}
        description={
          scope.isSandbox
            ? "Test keys reach test mode only. Test data is kept apart and never counted."
            : "Connect your server and pages to Goodword. To experiment, create keys in test mode."
        }
        actions={
          <>
            <ButtonLink href="/docs">Documentation</ButtonLink>
            <NewKeyDialog action={createKey.bind(null, slug)} testMode={scope.isSandbox} />
          </>
        }
      />
      <div className="flex flex-col gap-8">
        <Card flush>
          <Table
            caption="API keys"
            rows={keys}
            rowKey={(key) => key.id}
            empty={
              <Empty title="No keys yet" icon={<KeyRound aria-hidden="true" />} bare>
                Create a secret key for your server and a publishable key for your pages.
              </Empty>
            }
            columns={columnsFor(slug, scope.timeZone)}
          />
        </Card>
        <WebEvents scope={scope} slug={slug} />
        <Section
          title="Sign your customers in"
          description={
            "Your server signs a short-lived token, and the customer arrives signed in on their " +
            "referral page. Tokens last up to 24 hours; revoking the key ends them."
          }
        >
          <SigningExample origin={environment().APP_URL} />
        </Section>
      </div>
    </>
  );
}

function columnsFor(slug: string, timeZone: string): Column<KeyRow>[] {
  return [
    {
      key: "label",
      header: "Name",
      primary: true,
      cell: (key) => (
        <span>
          <span className="font-medium">{key.label}</span>
          <span className="block font-mono text-[0.8125rem] font-normal text-ink-muted">
            {key.hint}
          </span>
        </span>
      ),
    },
    { key: "kind", header: "Type", cell: (key) => <Badge>{key.kind}</Badge> },
    {
      key: "created",
      header: "Created",
      secondary: true,
      cell: (key) => (
        <span>
          <DateTime value={key.createdAt} timeZone={timeZone} locale="en" look="date" />
          <span className="block text-[0.8125rem] text-ink-muted">by {key.createdBy}</span>
        </span>
      ),
    },
    {
      key: "used",
      header: "Last used",
      cell: (key) =>
        key.lastUsedAt ? (
          <DateTime value={key.lastUsedAt} timeZone={timeZone} locale="en" look="dateTime" />
        ) : (
          <span className="text-ink-muted">Never</span>
        ),
    },
    {
      key: "actions",
      header: <span className="sr-only">Status and actions</span>,
      acts: true,
      cell: (key) =>
        key.revokedAt ? (
          <StatusPill tone="neutral">Revoked</StatusPill>
        ) : (
          <span className="flex sm:justify-end">
            <ConfirmAction
              action={revokeKey.bind(null, slug)}
              fields={{ keyId: key.id }}
              title={`Revoke “${key.label}”?`}
              description={
                "Requests with this key stop working within seconds, and customers it signed in " +
                "have to sign in again. This can’t be undone."
              }
              confirmLabel="Revoke"
              danger
              trigger={
                <Button size="sm" variant="quiet" aria-label={`Revoke ${key.label}`}>
                  Revoke
                </Button>
              }
            />
          </span>
        ),
    },
  ];
}
