import { scryptSync } from "node:crypto";

/**
 * As whom the application signs in to the database. Neither role can bypass row-level security or
 * become another one:
 * - `goodword_app` sees the rows of the merchant named in `app.merchant_id`, and without one sees
 *   nothing;
 * - `goodword_gate` may look up which merchant a key, a code or a due job belongs to, and store
 *   incoming events.
 * These are their names in code and migrations; an installation may give them others.
 */
export type DatabaseRole = "goodword_app" | "goodword_gate";

export const DATABASE_ROLES: readonly DatabaseRole[] = ["goodword_app", "goodword_gate"];

/** The variable that holds a role's own address. */
export const VARIABLE_OF = {
  goodword_app: "DATABASE_APP_URL",
  goodword_gate: "DATABASE_GATE_URL",
} as const;

type Variables = Record<string, string | undefined>;

/**
 * The address as which a role signs in: its own variable, else DATABASE_URL with the role's name
 * and a password that is derived from the owner's, so that `db:migrate` and the processes agree on
 * it without anybody keeping it.
 * @throws Error in one line when neither says enough
 */
export function roleAddress(role: DatabaseRole, variables: Variables = process.env): string {
  const own = variables[VARIABLE_OF[role]];
  if (own) return own;
  const { DATABASE_URL: owner } = variables;
  if (!owner) throw new Error(`Neither ${VARIABLE_OF[role]} nor DATABASE_URL is set.`);
  return derivedAddress(role, owner);
}

/** The addresses by role, for one owner's address; the variables for roles win. */
export function roleAddresses(
  owner: string,
  variables: Variables = process.env,
): Record<DatabaseRole, string> {
  const known = { ...variables, DATABASE_URL: owner };
  return {
    goodword_app: roleAddress("goodword_app", known),
    goodword_gate: roleAddress("goodword_gate", known),
  };
}

/** The variables of a process that serves: it knows both roles, and nothing of the owner. */
export function servingVariables(owner: string): Record<string, string> {
  const { goodword_app, goodword_gate } = roleAddresses(owner);
  return { DATABASE_URL: "", DATABASE_APP_URL: goodword_app, DATABASE_GATE_URL: goodword_gate };
}

/**
 * The address of the worker's own connections, which must last (they listen, and hold the lock that
 * shows its presence): past a pooler, if there is one.
 */
export function sessionAddress(variables: Variables = process.env): string {
  return variables.DATABASE_SESSION_URL || roleAddress("goodword_gate", variables);
}

/** The name of each role on the server: the user in its address. */
export function roleNames(variables: Variables = process.env): Record<DatabaseRole, string> {
  const nameIn = (role: DatabaseRole) => {
    const own = variables[VARIABLE_OF[role]];
    return own ? decodeURIComponent(new URL(own).username) : role;
  };
  return { goodword_app: nameIn("goodword_app"), goodword_gate: nameIn("goodword_gate") };
}

/** Whether the roles' addresses lead to a pooler in transaction mode, which keeps no session. */
export function isPooled(variables: Variables = process.env): boolean {
  return variables.DATABASE_POOLER === "transaction";
}

const derived = new Map<string, string>();

function derivedAddress(role: DatabaseRole, owner: string): string {
  const known = derived.get(`${role} ${owner}`);
  if (known) return known;
  const url = new URL(owner);
  if (!url.password) {
    throw new Error(
      "DATABASE_URL has no password to derive those of the application's roles from: " +
        "set DATABASE_APP_URL and DATABASE_GATE_URL (see .env.example).",
    );
  }
  url.password = scryptSync(decodeURIComponent(url.password), role, 24).toString("hex");
  url.username = role;
  derived.set(`${role} ${owner}`, url.href);
  return url.href;
}
