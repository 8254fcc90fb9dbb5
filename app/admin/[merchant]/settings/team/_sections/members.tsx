import { ConfirmAction } from "@/components/forms/confirm-action";
import { RoleDialog } from "@/components/team/role-dialog";
import { Badge } from "@/components/ui/content/badge";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { type Column, Table } from "@/components/ui/content/table";
import { Button } from "@/components/ui/controls/button";
import type { TeamMember } from "@/lib/merchants/queries/merchant";
import { judgeMemberChange } from "@/lib/merchants/rules/member-change";
import { assignableRoles, ROLE_NAMES, ROLE_SUMMARY, type Role } from "@/lib/merchants/rules/roles";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { changeMemberRole, removeFromTeam, resetTwoStep, signOutOfTeam } from "../actions";

/** The role of the member who looks. */
export function myRoleIn(scope: Scope): Role {
  return scope.actor.kind === "member" ? scope.actor.role : "support";
}

/** The roles that this member may give to others. */
export function roleChoices(scope: Scope) {
  return assignableRoles(myRoleIn(scope)).map((role) => ({
    value: role,
    label: ROLE_NAMES[role],
    hint: ROLE_SUMMARY[role],
  }));
}

const TWO_STEP: Column<TeamMember> = {
  key: "twoStep",
  header: "Two-step sign-in",
  cell: ({ hasTwoStep }) =>
    hasTwoStep ? <Badge tone="good">On</Badge> : <span className="text-ink-muted">Off</span>,
};

type MembersProps = { scope: Scope; team: TeamMember[]; keys: ReadonlyMap<string, string[]> };

export function Members({ scope, team, keys }: MembersProps) {
  const owners = team.filter((member) => member.role === "owner").length;
  return (
    <Card flush>
      <Table
        caption="Team"
        rows={team}
        rowKey={(member) => member.userId}
        columns={[
          {
            key: "name",
            header: "Name",
            primary: true,
            cell: (member) => (
              <span>
                <span className="font-medium">{member.name}</span>
                {member.userId === scope.actor.id ? (
                  <span className="text-ink-muted"> (you)</span>
                ) : null}
                <span className="block text-[0.8125rem] font-normal text-ink-muted">
                  {member.email}
                </span>
              </span>
            ),
          },
          {
            key: "role",
            header: "Role",
            cell: (member) => (
              <Badge tone={member.role === "owner" ? "accent" : "neutral"}>
                {ROLE_NAMES[member.role]}
              </Badge>
            ),
          },
          ...(scopeAllows(scope, "team.manage") ? [TWO_STEP] : []),
          {
            key: "since",
            header: "Joined",
            secondary: true,
            cell: (member) => (
              <DateTime value={member.since} timeZone={scope.timeZone} locale="en" look="date" />
            ),
          },
          {
            key: "actions",
            header: <span className="sr-only">Actions</span>,
            acts: true,
            cell: (member) => (
              <MemberActions
                scope={scope}
                member={member}
                owners={owners}
                keys={keys.get(member.userId) ?? []}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

function endingKeys(names: readonly string[]): string {
  const list = names.map((name) => `“${name}”`).join(", ");
  return `${list} ${names.length === 1 ? "is" : "are"} revoked.`;
}

type MemberActionsProps = {
  scope: Scope;
  member: TeamMember;
  owners: number;
  /** The names of the API keys that end with their right to manage keys. */
  keys: readonly string[];
};

function MemberActions({ scope, member, owners, keys }: MemberActionsProps) {
  const { merchantSlug: slug } = scope;
  const isSelf = member.userId === scope.actor.id;
  const may = (next: Role | null) =>
    judgeMemberChange({
      actor: myRoleIn(scope),
      target: member.role,
      isSelf,
      next,
      owners,
    }).allowed;
  const roles = roleChoices(scope);
  return (
    <span className="flex flex-wrap gap-2 sm:justify-end">
      {roles.some(({ value }) => value !== member.role && may(value)) ? (
        <RoleDialog
          action={changeMemberRole.bind(null, slug)}
          userId={member.userId}
          name={member.name}
          role={member.role}
          roles={roles}
          note={
            keys.length > 0
              ? `Analysts and support can’t manage API keys: ${endingKeys(keys)}`
              : undefined
          }
        />
      ) : null}
      {member.hasTwoStep && !isSelf && scopeAllows(scope, "security.manage") ? (
        <ResetTwoStep slug={slug} member={member} />
      ) : null}
      {!isSelf && roles.some(({ value }) => value === member.role) ? (
        <SignOut slug={slug} member={member} />
      ) : null}
      {may(null) ? (
        <ConfirmAction
          action={removeFromTeam.bind(null, slug)}
          fields={{ userId: member.userId }}
          title={isSelf ? "Leave the team?" : `Remove ${member.name} from the team?`}
          description={
            (isSelf
              ? "You lose access immediately and need a new invitation to come back."
              : "They lose access immediately. Their actions stay in the audit log.") +
            (keys.length > 0 ? ` Replace their API keys first: ${endingKeys(keys)}` : "")
          }
          confirmLabel={isSelf ? "Leave" : "Remove"}
          danger
          trigger={
            <Button
              size="sm"
              variant="quiet"
              aria-label={isSelf ? "Leave the team" : `Remove ${member.name}`}
            >
              {isSelf ? "Leave" : "Remove"}
            </Button>
          }
        />
      ) : null}
    </span>
  );
}

function ResetTwoStep({ slug, member }: { slug: string; member: TeamMember }) {
  return (
    <ConfirmAction
      action={resetTwoStep.bind(null, slug)}
      fields={{ userId: member.userId }}
      title={`Turn off two-step sign-in for ${member.name}?`}
      description={
        "For a member who has lost their phone and their recovery codes. Make sure that it is " +
        "really them who asks. They are signed out everywhere, and get an email."
      }
      confirmLabel="Turn off"
      danger
      trigger={
        <Button
          size="sm"
          variant="quiet"
          aria-label={`Turn off two-step sign-in for ${member.name}`}
        >
          Reset two-step
        </Button>
      }
    />
  );
}

function SignOut({ slug, member }: { slug: string; member: TeamMember }) {
  return (
    <ConfirmAction
      action={signOutOfTeam.bind(null, slug)}
      fields={{ userId: member.userId }}
      title={`Sign ${member.name} out everywhere?`}
      description="Also of their other shops. They can sign in again."
      confirmLabel="Sign out"
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Sign ${member.name} out everywhere`}>
          Sign out
        </Button>
      }
    />
  );
}
