import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { noteRefusal } from "@/lib/core/log";
import { membershipOwner, merchantBySlug, roleOf } from "@/lib/merchants/queries/directory";
import { adminPaths } from "@/lib/merchants/paths";
import { isAskedForTwoStep, type MemberPermission } from "@/lib/merchants/rules/roles";
import { mintScope, scopeAllows, type Scope } from "@/lib/merchants/scope";
import { currentPath } from "./request";
import { safeNext } from "./sign-in/safe-next";
import { readMemberSession, type SessionUser } from "./session/member-session";

export type CurrentUser = SessionUser;

/** The signed-in user, or null. */
export const currentUser = cache(
  async (): Promise<CurrentUser | null> => (await readMemberSession())?.user ?? null,
);

export type MemberEntry =
  | { kind: "member"; scope: Scope }
  | { kind: "signed_out" }
  /** The shop asks members of this role for two-step sign-in, and the user has none. */
  | { kind: "needs_two_step" }
  /** No such shop, or the user is no member of it: nobody can tell which. */
  | { kind: "not_found" };

/** The signed-in user's scope in a shop or its sandbox; the role is the same in both. */
export const memberEntry = cache(async (merchantSlug: string): Promise<MemberEntry> => {
  const user = await currentUser();
  if (!user) return { kind: "signed_out" };
  const merchant = await merchantBySlug(merchantSlug);
  const role = merchant ? await roleOf(membershipOwner(merchant), user.id) : null;
  if (!merchant || !role) return { kind: "not_found" };
  if (merchant.twoStepRequired && !user.hasTwoStep && isAskedForTwoStep(role))
    return { kind: "needs_two_step" };
  return {
    kind: "member",
    scope: mintScope(merchant, { kind: "member", id: user.id, label: user.name, role }),
  };
});

/** For pages: the signed-in user. Without a session, redirects to sign-in and back. */
export async function requireUser(fallback = "/admin"): Promise<CurrentUser> {
  return (await currentUser()) ?? redirect(await signInPath(fallback));
}

/**
 * For pages of the dashboard: the scope of the signed-in member. Without a session it redirects to
 * sign-in and back; a shop that the user is no member of is not found (404); a role without the
 * permission is forbidden (403). Every page calls it, since a layout does not protect its pages; a
 * layout may call it too, as the session is read once per request. A member whom the shop asks for
 * two-step sign-in is led to set it up.
 */
export async function requireMember(
  merchantSlug: string,
  permission?: MemberPermission,
): Promise<Scope> {
  const entry = await memberEntry(merchantSlug);
  if (entry.kind === "signed_out")
    redirect(await signInPath(adminPaths(encodeURIComponent(merchantSlug)).overview));
  if (entry.kind === "needs_two_step")
    redirect(`/account/two-step?shop=${encodeURIComponent(merchantSlug)}`);
  if (entry.kind === "not_found") notFound();
  if (permission && !scopeAllows(entry.scope, permission)) {
    noteRefusal("forbidden", {
      path: await currentPath(),
      actor: entry.scope.actor.id,
      merchantId: entry.scope.merchantId,
    });
    forbidden();
  }
  return entry.scope;
}

async function signInPath(fallback: string): Promise<string> {
  return `/sign-in?next=${encodeURIComponent(safeNext(await currentPath(), fallback))}`;
}
