import { createApiKey, revokeApiKey } from "@/lib/merchants/commands/keys";
import { inviteMember } from "@/lib/merchants/commands/team";
import { ROLES, type Role } from "@/lib/merchants/rules/roles";
import { testMember } from "@/lib/merchants/testing";
import { type Scope } from "@/lib/merchants/scope";
import type { Shop } from "./shop";

/** For tests only: a member of each role, and an open invitation. */
export async function hireTeam(
  scope: Scope,
  name: string,
  ownerId: string,
): Promise<Pick<Shop, "members" | "inviteId">> {
  const members = await hire(scope, name, ownerId);
  const owner = {
    ...scope,
    actor: { kind: "member", id: members.owner, label: "Owner", role: "owner" },
  } as Scope;
  const invite = await inviteMember(owner, {
    email: `invited@${name}.example.com`,
    role: "support",
  });
  return { members, inviteId: invite.id };
}

/** For tests only: an API key of each kind, one of them revoked and one of test mode. */
export async function makeKeys(
  scope: Scope,
  sandbox: Scope,
): Promise<Pick<Shop, "keys" | "keyId">> {
  const secret = await createApiKey(scope, { kind: "secret", label: "Backend" });
  const publishable = await createApiKey(scope, { kind: "publishable", label: "Pages" });
  const revoked = await createApiKey(scope, { kind: "secret", label: "Old" });
  await revokeApiKey(scope, { keyId: revoked.id });
  const test = await createApiKey(sandbox, { kind: "secret", label: "Tests" });
  return {
    keys: {
      secret: secret.key,
      publishable: publishable.key,
      revoked: revoked.key,
      test: test.key,
    },
    keyId: publishable.id,
  };
}

async function hire(scope: Scope, name: string, ownerId: string): Promise<Record<Role, string>> {
  const members = { owner: ownerId } as Record<Role, string>;
  for (const role of ROLES.filter((role) => role !== "owner")) {
    const [email, label] = [`${role}@${name}.example.com`, `${role} of ${name}`];
    const { actor } = await testMember(scope, role, { email, name: label });
    members[role] = actor.id;
  }
  return members;
}
