import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { acceptInvite } from "@/lib/merchants/commands/accept-invite";
import { requireTwoStep } from "@/lib/merchants/commands/require-two-step";
import type { SignedUp } from "@/lib/merchants/commands/open-shop";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { inviteMember } from "@/lib/merchants/commands/team";
import { merchantBySlug } from "@/lib/merchants/queries/directory";
import { listTeam } from "@/lib/merchants/queries/merchant";
import type { Role } from "@/lib/merchants/rules/roles";
import { inScope, mintScope, type Scope } from "@/lib/merchants/scope";
import { asOwner } from "@/lib/merchants/testing";
import { memberEntry, requireMember } from "../member";
import { startMemberSession } from "../session/member-session";
import { signInByPassword } from "../sign-in/sign-in";
import { jar } from "../testing";
import { codeAt } from "./app-code";
import { enter } from "./enter";
import { resetMemberTwoStep, resetTwoStepAsOperator } from "./reset";
import { beginSecondFactor, confirmSecondFactor, secondFactorOf } from "./second-factor";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());

const password = "correct horse battery";
let shop: SignedUp;
let owner: Scope;

const open = (email: string) =>
  signUpMerchant({
    email,
    password,
    name: "Ana",
    shopName: "Bean & Leaf",
    currency: "EUR",
    timeZone: "UTC",
  });

beforeEach(async () => {
  jar.clear();
  shop = await open(`${newId("usr")}@example.com`);
  owner = await as(shop.userId, "owner");
});
afterAll(closeConnections);

async function as(id: string, role: Role): Promise<Scope> {
  return mintScope((await merchantBySlug(shop.slug))!, { kind: "member", id, label: role, role });
}

async function hire(role: Role): Promise<{ userId: string; email: string }> {
  const email = `${newId("usr")}@example.com`;
  const { token } = await inviteMember(owner, { email, role });
  return { ...(await acceptInvite(token, { name: `A ${role}`, password })), email };
}

async function setUp(userId: string): Promise<number> {
  await beginSecondFactor(userId);
  const factor = await secondFactorOf(userId);
  if (factor.state !== "begun") throw new Error(`It is ${factor.state}.`);
  const code = codeAt(factor.secret, systemNow().getTime());
  return (await confirmSecondFactor(userId, code)).epoch;
}

const audited = (action: string) =>
  inScope(owner, ({ db }) =>
    db.auditEntry.findMany({ where: { action }, select: { summary: true, actorLabel: true } }),
  );

const require = (required: boolean) => requireTwoStep(owner, { required });

describe("a shop that asks for two-step sign-in", () => {
  it("is asked by an owner who has it, and keeps it in its log", async () => {
    await expect(require(true)).rejects.toMatchObject({ code: "conflict" });
    await setUp(shop.userId);
    for (const role of ["admin", "analyst", "support"] as const)
      await expect(
        requireTwoStep(await as((await hire(role)).userId, role), { required: true }),
      ).rejects.toMatchObject({ code: "forbidden" });
    await require(true);
    await require(true);
    await require(false);
    expect((await audited("merchant.require_two_step")).map(({ summary }) => summary)).toEqual([
      "Asked owners and admins for two-step sign-in",
      "No longer asked owners and admins for two-step sign-in",
    ]);
  });

  it("leads owners and admins without it to set it up, who cannot act before", async () => {
    const [admin, analyst] = [await hire("admin"), await hire("analyst")];
    await startMemberSession({ userId: admin.userId, epoch: 0 });
    expect(await memberEntry(shop.slug)).toMatchObject({ kind: "member" });
    await setUp(shop.userId);
    await require(true);
    for (const slug of [shop.slug, shop.sandboxSlug]) {
      expect(await memberEntry(slug)).toEqual({ kind: "needs_two_step" });
      await expect(requireMember(slug)).rejects.toThrow(`redirect /account/two-step?shop=${slug}`);
    }
    await startMemberSession({ userId: analyst.userId, epoch: 0 });
    expect(await memberEntry(shop.slug)).toMatchObject({ kind: "member" });
    const epoch = await setUp(admin.userId);
    await startMemberSession({ userId: admin.userId, epoch });
    for (const slug of [shop.slug, shop.sandboxSlug])
      expect(await memberEntry(slug)).toMatchObject({ kind: "member" });
  });
});

describe("a member who has lost their app and codes", () => {
  const reset = (userId: string, by = owner) => resetMemberTwoStep(by, { userId });
  const tells = (recipient: string) =>
    asOwner<{ text: string }>(
      "SELECT text FROM user_message WHERE recipient = $1 AND template = 'member_two_step_reset'",
      [recipient],
    );

  it("is helped by an owner, told by email, and signed out", async () => {
    const admin = await hire("admin");
    const epoch = await setUp(admin.userId);
    await startMemberSession({ userId: admin.userId, epoch });
    expect((await listTeam(owner)).map(({ hasTwoStep }) => hasTwoStep)).toEqual([false, true]);
    await reset(admin.userId);
    expect(await memberEntry(shop.slug)).toEqual({ kind: "signed_out" });
    const signedIn = await signInByPassword({ ...admin, password, address: "192.0.2.1" });
    expect(await enter(signedIn, "/admin", "password")).toBe("/admin");
    const [message] = await tells(admin.email);
    expect(message!.text).toContain("An owner of Bean & Leaf turned off two-step sign-in");
    expect(await audited("member.reset_two_step")).toMatchObject([
      { summary: "Turned off the two-step sign-in of A admin" },
    ]);
    await expect(reset(admin.userId)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is helped by nobody else, nor by themselves, nor by a stranger to the team", async () => {
    const [admin, support] = [await hire("admin"), await hire("support")];
    await setUp(support.userId);
    await expect(reset(support.userId, await as(admin.userId, "admin"))).rejects.toMatchObject({
      code: "forbidden",
    });
    await setUp(shop.userId);
    await expect(reset(shop.userId)).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await open(`${newId("usr")}@example.com`);
    await setUp(stranger.userId);
    await expect(reset(stranger.userId)).rejects.toMatchObject({ code: "not_found" });
    expect(await secondFactorOf(support.userId)).toMatchObject({ state: "on" });
    expect(await secondFactorOf(stranger.userId)).toMatchObject({ state: "on" });
  });

  it("of two shops is not laid open in one of them by an owner of the other", async () => {
    const other = await open(`${newId("usr")}@example.com`);
    const email = (await prismaFor("goodword_app").user.findUniqueOrThrow({
      where: { id: other.userId },
      select: { email: true },
    }))!.email;
    const { token } = await inviteMember(owner, { email, role: "support" });
    await acceptInvite(token, { userId: other.userId });
    await setUp(other.userId);
    await expect(reset(other.userId)).rejects.toMatchObject({ code: "forbidden" });
    expect(await secondFactorOf(other.userId)).toMatchObject({ state: "on" });
    expect(await tells(email)).toEqual([]);
  });

  it("and no owner who could help is helped by the operator", async () => {
    const { email } = await prismaFor("goodword_app").user.findUniqueOrThrow({
      where: { id: shop.userId },
      select: { email: true },
    });
    await setUp(shop.userId);
    await resetTwoStepAsOperator(email.toUpperCase());
    expect(await secondFactorOf(shop.userId)).toEqual({ state: "off" });
    expect((await tells(email))[0]!.text).toContain("Whoever runs this server turned off");
    expect(await audited("member.reset_two_step")).toMatchObject([{ actorLabel: "Operator" }]);
    await expect(resetTwoStepAsOperator(email)).rejects.toThrow("is off");
    await expect(resetTwoStepAsOperator("nobody@example.com")).rejects.toThrow("Nobody");
  });
});
