import { describe, expect, it } from "vitest";
import {
  assignableRoles,
  MEMBER_PERMISSIONS,
  type MemberPermission,
  ROLES,
  type Role,
  roleAllows,
} from "./roles";

/** Written out by hand, so that a slip in the table of grants does not pass as its own proof. */
const MAY: Record<MemberPermission, string> = {
  "insights.read": "owner admin analyst",
  "program.read": "owner admin analyst support",
  "program.edit": "owner admin",
  "referral.read": "owner admin analyst support",
  "referral.decide": "owner admin support",
  "reward.decide": "owner admin support",
  "payout.manage": "owner admin",
  "customer.read": "owner admin analyst support",
  "customer.merge": "owner admin support",
  "ledger.read": "owner admin analyst",
  "ledger.adjust": "owner admin",
  "event.enter": "owner admin support",
  "event.discard": "owner admin",
  "event.read": "owner admin analyst support",
  "outbox.read": "owner admin",
  "outbox.release": "owner admin",
  "settings.edit": "owner admin",
  "keys.manage": "owner admin",
  "team.read": "owner admin analyst support",
  "team.manage": "owner admin",
  "security.manage": "owner",
  "audit.read": "owner admin",
  "clock.advance": "owner admin",
};

describe("roles", () => {
  it.each(MEMBER_PERMISSIONS)("%s is for whom it says", (permission) => {
    expect(ROLES.filter((role) => roleAllows(role, permission)).join(" ")).toBe(MAY[permission]);
  });

  it("lets an analyst change nothing", () => {
    const changes = MEMBER_PERMISSIONS.filter((permission) => !permission.endsWith(".read"));
    expect(changes.filter((permission) => roleAllows("analyst", permission))).toEqual([]);
  });

  it.each<[Role, string]>([
    ["owner", "owner admin analyst support"],
    ["admin", "admin analyst support"],
    ["analyst", ""],
    ["support", ""],
  ])("lets an %s give the roles: %s", (actor, given) => {
    expect(assignableRoles(actor).join(" ")).toBe(given);
  });
});
