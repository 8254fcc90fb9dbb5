import { ConfirmAction } from "@/components/forms/confirm-action";
import { Badge } from "@/components/ui/content/badge";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import { Button } from "@/components/ui/controls/button";
import { Section } from "@/components/ui/page/page-header";
import type { PendingInvite } from "@/lib/merchants/queries/merchant";
import { ROLE_NAMES, type Role } from "@/lib/merchants/rules/roles";
import type { Scope } from "@/lib/merchants/scope";
import { revokeInvitation } from "../actions";

type InvitationsProps = {
  scope: Scope;
  invites: PendingInvite[];
  /** Those that the member who looks may assign, and so revoke. */
  roles: readonly Role[];
};

export function Invitations({ scope, invites, roles }: InvitationsProps) {
  return (
    <Section
      title="Pending invitations"
      description="Inviting someone again replaces their earlier link."
    >
      <Card flush>
        <Table
          caption="Pending invitations"
          rows={invites}
          rowKey={(invite) => invite.id}
          columns={[
            { key: "email", header: "Email", primary: true, cell: (invite) => invite.email },
            {
              key: "role",
              header: "Role",
              cell: (invite) => <Badge>{ROLE_NAMES[invite.role]}</Badge>,
            },
            {
              key: "until",
              header: "Expires",
              cell: (invite) => (
                <DateTime
                  value={invite.expiresAt}
                  timeZone={scope.timeZone}
                  locale="en"
                  look="date"
                />
              ),
            },
            {
              key: "actions",
              header: <span className="sr-only">Actions</span>,
              acts: true,
              cell: (invite) =>
                roles.includes(invite.role) ? (
                  <span className="flex sm:justify-end">
                    <RevokeInvitation slug={scope.merchantSlug} invite={invite} />
                  </span>
                ) : null,
            },
          ]}
        />
      </Card>
    </Section>
  );
}

function RevokeInvitation({ slug, invite }: { slug: string; invite: PendingInvite }) {
  const title = `Revoke the invitation for ${invite.email}`;
  return (
    <ConfirmAction
      action={revokeInvitation.bind(null, slug)}
      fields={{ inviteId: invite.id }}
      title={`${title}?`}
      description="The link stops working immediately."
      confirmLabel="Revoke"
      danger
      trigger={
        <Button size="sm" variant="quiet" aria-label={title}>
          Revoke
        </Button>
      }
    />
  );
}
