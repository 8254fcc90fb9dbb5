/** The roles of a merchant's dashboard, mightiest first. */
export const ROLES = ["owner", "admin", "analyst", "support"] as const;
export type Role = (typeof ROLES)[number];

/** Every permission there is, and who has it. The one table that actions, routes and menus read. */
const GRANTED = {
  "insights.read": ["owner", "admin", "analyst"],
  "program.read": ["owner", "admin", "analyst", "support"],
  "program.edit": ["owner", "admin"],
  "referral.read": ["owner", "admin", "analyst", "support"],
  "referral.decide": ["owner", "admin", "support"],
  "reward.decide": ["owner", "admin", "support"],
  "payout.manage": ["owner", "admin"],
  "customer.read": ["owner", "admin", "analyst", "support"],
  "customer.merge": ["owner", "admin", "support"],
  "ledger.read": ["owner", "admin", "analyst"],
  "ledger.adjust": ["owner", "admin"],
  "event.enter": ["owner", "admin", "support"],
  "event.discard": ["owner", "admin"],
  "event.read": ["owner", "admin", "analyst", "support"],
  "outbox.read": ["owner", "admin"],
  "settings.edit": ["owner", "admin"],
  "keys.manage": ["owner", "admin"],
  "team.read": ["owner", "admin", "analyst", "support"],
  "team.manage": ["owner", "admin"],
  "audit.read": ["owner", "admin"],
  "clock.advance": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type MemberPermission = keyof typeof GRANTED;

export const MEMBER_PERMISSIONS = Object.keys(GRANTED) as MemberPermission[];

/** True when members of this role may do this. */
export function roleAllows(role: Role, permission: MemberPermission): boolean {
  return (GRANTED[permission] as readonly Role[]).includes(role);
}

/** The roles that `actor` may give or take: an owner any, an admin any but owner, others none. */
export function assignableRoles(actor: Role): readonly Role[] {
  if (actor === "owner") return ROLES;
  if (actor === "admin") return ROLES.filter((role) => role !== "owner");
  return [];
}

/** What people call each role. */
export const ROLE_NAMES: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  analyst: "Analyst",
  support: "Support",
};

/** What each role is for, in words for the team page. */
export const ROLE_SUMMARY: Record<Role, string> = {
  owner: "Everything, including the team and other owners.",
  admin: "Everything except adding or removing owners.",
  analyst: "Views programs, customers and insights, without changing anything.",
  support: "Views customers, decides on referrals and rewards. No insights or settings.",
};
