/** The roles of a merchant's dashboard, the most powerful first. */
export const ROLES = ["owner", "admin", "analyst", "support"] as const;
export type Role = (typeof ROLES)[number];

/**
 * All permissions, and the roles that have them: the one table that actions, routes and menus use.
 */
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
  "outbox.release": ["owner", "admin"],
  "settings.edit": ["owner", "admin"],
  "keys.manage": ["owner", "admin"],
  "team.read": ["owner", "admin", "analyst", "support"],
  "team.manage": ["owner", "admin"],
  "security.manage": ["owner"],
  "audit.read": ["owner", "admin"],
  "clock.advance": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type MemberPermission = keyof typeof GRANTED;

export const MEMBER_PERMISSIONS = Object.keys(GRANTED) as MemberPermission[];

/** True if a role has a permission. */
export function roleAllows(role: Role, permission: MemberPermission): boolean {
  return (GRANTED[permission] as readonly Role[]).includes(role);
}

/** True for the roles that a shop may ask for two-step sign-in. */
export function isAskedForTwoStep(role: Role): boolean {
  return role === "owner" || role === "admin";
}

/** The roles that `actor` may grant or remove: owners any, admins any but owner, others none. */
export function assignableRoles(actor: Role): readonly Role[] {
  if (actor === "owner") return ROLES;
  if (actor === "admin") return ROLES.filter((role) => role !== "owner");
  return [];
}

/** The name of each role in the dashboard. */
export const ROLE_NAMES: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  analyst: "Analyst",
  support: "Support",
};

/** What each role is for, for the team page. */
export const ROLE_SUMMARY: Record<Role, string> = {
  owner: "Everything, including the team and other owners.",
  admin: "Everything except adding or removing owners.",
  analyst: "Views programs, customers and insights, without changing anything.",
  support: "Views customers, decides on referrals and rewards. No insights or settings.",
};
