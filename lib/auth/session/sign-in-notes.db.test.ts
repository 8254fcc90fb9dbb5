import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { log } from "@/lib/core/log";
import { acceptInvite } from "@/lib/merchants/commands/accept-invite";
import type { SignedUp } from "@/lib/merchants/commands/open-shop";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { inviteMember } from "@/lib/merchants/commands/team";
import { listAudit } from "@/lib/merchants/queries/audit-entries";
import { membershipsOf } from "@/lib/merchants/queries/directory";
import type { Scope } from "@/lib/merchants/scope";
import { signInByPassword } from "../sign-in/sign-in";
import { signInHere } from "../sign-in/sign-in-notes";
import { jar } from "../testing";
import { accountOf } from "./member-session";
import { signOutMember } from "./sign-out-member";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());

const password = "correct horse battery";
const email = `${newId("usr")}@example.com`;
let shop: SignedUp;
let owner: Scope;

beforeAll(async () => {
  shop = await signUpMerchant({
    email,
    password,
    name: "Ana",
    shopName: "Bean & Leaf",
    currency: "EUR",
    timeZone: "UTC",
  });
  owner = (await membershipsOf(shop.userId))[0]!;
});
beforeEach(() => jar.clear());
afterAll(closeConnections);

const noted = async (action: string) =>
  (await listAudit(owner, { action, limit: 50 })).rows.map(({ summary }) => summary);

describe("who signed in", () => {
  it("stands in the shop’s audit log and in the process’s, with how and where", async () => {
    const lines = vi.spyOn(log, "info");
    const user = await signInByPassword({ email, password, address: "192.0.2.7" });
    await signInHere(user, "password");
    expect(await noted("member.sign_in")).toEqual(["Signed in with a password, Unknown browser"]);
    const line = lines.mock.calls.at(-1)![0] as unknown as Record<string, unknown>;
    expect(line).toMatchObject({ event: "sign_in", way: "password", userId: shop.userId });
    // No address, and none to be looked up.
    expect(JSON.stringify(line)).not.toContain("192.0.2.7");
  });

  it("was refused: each in the process’s log, and a few an hour in the shop’s", async () => {
    const lines = vi.spyOn(log, "warn");
    for (let turn = 0; turn < 7; turn += 1)
      await expect(
        signInByPassword({ email, password: "a guess", address: `192.0.2.${turn}` }),
      ).rejects.toMatchObject({ code: "unauthenticated" });
    const wrong = { email: "nobody@example.com", password: "a guess", address: "192.0.2.7" };
    await expect(signInByPassword(wrong)).rejects.toMatchObject({ code: "unauthenticated" });
    await vi.waitFor(async () => expect(await noted("member.sign_in_refused")).toHaveLength(5));
    const refused = lines.mock.calls.filter(
      ([line]) => (line as unknown as { event?: string }).event === "sign_in_refused",
    );
    expect(refused).toHaveLength(8);
  });
});

describe("a member’s sessions", () => {
  it("are ended by whoever may remove them, and that is noted", async () => {
    const { token } = await inviteMember(owner, {
      email: `${newId("usr")}@example.com`,
      role: "admin",
    });
    const { userId } = await acceptInvite(token, { name: "Cem", password });
    await signInHere({ id: userId, epoch: 0 }, "invitation");
    const admin = (await membershipsOf(userId))[0]!;
    await expect(signOutMember(admin, { userId: shop.userId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(signOutMember(owner, { userId: "usr_nobody" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await accountOf(userId)).sessions).toHaveLength(1);
    await signOutMember(owner, { userId });
    expect((await accountOf(userId)).sessions).toEqual([]);
    expect(await noted("member.sign_out")).toEqual(["Signed Cem out everywhere"]);
  });
});
