import { assignableRoles, type Role } from "./roles";

export type MemberChange = { allowed: true } | { allowed: false; reason: string };

const YES: MemberChange = { allowed: true };

/**
 * Decides whether a member may change another's role or, with `next: null`, remove them.
 * @param actor the role of whoever acts
 * @param owners how many owners the merchant has now
 */
export function judgeMemberChange(input: {
  actor: Role;
  target: Role;
  isSelf: boolean;
  next: Role | null;
  owners: number;
}): MemberChange {
  const { actor, target, isSelf, next, owners } = input;
  const leaves = isSelf && next === null;
  if (target === "owner" && next !== "owner" && owners <= 1) {
    return no("This is the last owner. Make someone else an owner first.");
  }
  if (leaves) return YES;
  const within = assignableRoles(actor);
  if (!within.includes(target))
    return no(target === "owner" ? "Only an owner may change an owner." : ONLY_MANAGERS);
  if (next !== null && !within.includes(next)) return no("Only an owner may add owners.");
  return YES;
}

const ONLY_MANAGERS = "Only an owner or admin may change the team.";

function no(reason: string): MemberChange {
  return { allowed: false, reason };
}
