import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import type { SignedUp } from "@/lib/merchants/commands/open-shop";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { peekToken } from "./login-token";
import { currentUser, requireMember, requireUser } from "../member";
import { resetPassword, sendPasswordReset } from "./password-reset";
import { endMemberSession, startMemberSession } from "../session/member-session";
import { sendSignInLink, signInByLink, signInByPassword } from "./sign-in";
import { startCustomerSession } from "../session/customer-session";
import { jar } from "../testing";
import { upsertCustomer } from "@/lib/customers/commands";
import { systemScope } from "@/lib/merchants/queries/directory";
import { asOwner } from "@/lib/merchants/testing";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());

const email = "ana@example.com";
const password = "correct horse battery";
let shop: SignedUp;

beforeAll(async () => {
  shop = await signUpMerchant({
    email,
    password,
    name: "Ana",
    shopName: "Bean & Leaf",
    currency: "EUR",
    timeZone: "UTC",
  });
});
beforeEach(() => jar.clear());
afterAll(closeConnections);

const db = () => prismaFor("goodword_app");

async function lastEmail(template: string): Promise<string> {
  const [email] = await asOwner<{ text: string }>(
    "SELECT text FROM user_message WHERE template = $1 ORDER BY id DESC LIMIT 1",
    [template],
  );
  return email?.text ?? "";
}

describe("a password", () => {
  it("opens the account, in whatever case the address is typed", async () => {
    const user = await signInByPassword({ email, password, address: "192.0.2.1" });
    await startMemberSession({ userId: user.id, epoch: user.epoch });
    expect(await currentUser()).toMatchObject({ id: shop.userId, email });
    await endMemberSession();
    expect(await currentUser()).toBeNull();
  });

  it("that is wrong and an address that is unknown look the same", async () => {
    const failure = (input: { email: string; password: string }) =>
      signInByPassword({ ...input, address: "192.0.2.2" }).catch((error: Error) => error.message);
    expect(await failure({ email, password: "wrong" })).toBe(
      await failure({ email: "nobody@example.com", password }),
    );
  });
});

describe("a sign-in link", () => {
  it("works once, and leads only to this site", async () => {
    await sendSignInLink({ email, next: "https://evil.example/" });
    const token = /token=([\w-]+)/.exec(await lastEmail("member_sign_in"))?.[1] ?? "";
    expect(await peekToken(token, "reset")).toBeNull();
    expect(await peekToken(token, "sign_in")).toMatchObject({ email });
    const tries = await Promise.allSettled([signInByLink({ token }), signInByLink({ token })]);
    const won = tries.filter((one) => one.status === "fulfilled");
    expect(won).toHaveLength(1);
    expect(won[0]?.value).toMatchObject({ id: shop.userId, next: "/admin" });
  });

  it("is not sent to strangers, and nothing says so", async () => {
    const before = await db().loginToken.count();
    await sendSignInLink({ email: "stranger@example.com", next: undefined });
    expect(await db().loginToken.count()).toBe(before);
  });

  it("expires", async () => {
    await sendSignInLink({ email, next: undefined });
    const token = /token=([\w-]+)/.exec(await lastEmail("member_sign_in"))?.[1] ?? "";
    await asOwner("UPDATE login_token SET expires_at = now() WHERE used_at IS NULL");
    await expect(signInByLink({ token })).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

describe("a new password", () => {
  it("ends every session and link from before", async () => {
    await startMemberSession({ userId: shop.userId, epoch: 0 });
    await sendSignInLink({ email, next: undefined });
    const link = /token=([\w-]+)/.exec(await lastEmail("member_sign_in"))?.[1] ?? "";
    await sendPasswordReset({ email });
    const token = /reset\/([\w-]+)/.exec(await lastEmail("member_reset"))?.[1] ?? "";
    // One that is easy to guess leaves the link as it is.
    await expect(resetPassword({ token, password: `${email} 1` })).rejects.toMatchObject({
      path: "password",
    });
    const user = await resetPassword({ token, password: "a quite different one" });
    expect(await currentUser()).toBeNull();
    await expect(signInByLink({ token: link })).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(resetPassword({ token, password: "and again another" })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await expect(signInByPassword({ email, password, address: "192.0.2.3" })).rejects.toMatchObject(
      { code: "unauthenticated" },
    );
    await startMemberSession({ userId: user.id, epoch: user.epoch });
    expect(await currentUser()).toMatchObject({ email });
  });
});

describe("a page of the dashboard", () => {
  const enter = async () => {
    const user = await db().user.findUniqueOrThrow({
      where: { email },
      select: { id: true, sessionEpoch: true },
    });
    await startMemberSession({ userId: user.id, epoch: user.sessionEpoch });
  };

  it("leads those who are signed out to the sign-in page", async () => {
    await expect(requireMember(shop.slug)).rejects.toThrow(
      `redirect /sign-in?next=${encodeURIComponent(`/admin/${shop.slug}`)}`,
    );
    await expect(requireUser()).rejects.toThrow("redirect /sign-in?next=%2Fadmin");
  });

  it("is not found in another shop, as in one that does not exist", async () => {
    await enter();
    await signUpMerchant({
      email: "eva@example.com",
      password,
      name: "Eva",
      shopName: "Other",
      currency: "EUR",
      timeZone: "UTC",
    });
    for (const slug of ["other", "other-test", "none"])
      await expect(requireMember(slug)).rejects.toThrow("notFound");
  });

  it("opens the shop and its sandbox with the same role", async () => {
    await enter();
    const real = await requireMember(shop.slug, "settings.edit");
    const sandbox = await requireMember(shop.sandboxSlug, "settings.edit");
    expect(real).toMatchObject({
      merchantId: shop.merchantId,
      isSandbox: false,
      actor: { kind: "member", role: "owner" },
    });
    expect(sandbox).toMatchObject({
      merchantId: shop.sandboxId,
      isSandbox: true,
      actor: { kind: "member", role: "owner" },
    });
  });

  it("is forbidden to a role that may not", async () => {
    const changed = async (role: string) => {
      await (
        await import("@/lib/merchants/scope")
      ).inScope(await requireMember(shop.slug), ({ db }) =>
        db.member.updateMany({
          where: { merchantId: shop.merchantId, userId: shop.userId },
          data: { role },
        }),
      );
    };
    await enter();
    await changed("analyst");
    await expect(requireMember(shop.slug, "settings.edit")).rejects.toThrow("forbidden");
    await expect(requireMember(shop.sandboxSlug, "program.edit")).rejects.toThrow("forbidden");
    expect(await requireMember(shop.slug, "insights.read")).toMatchObject({
      merchantId: shop.merchantId,
    });
    await changed("owner");
  });

  it("trusts no cookie that it did not make", async () => {
    for (const forged of ["", "x", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfeCIsImVwb2NoIjowfQ."]) {
      jar.set("gw_member", forged);
      expect(await currentUser()).toBeNull();
    }
  });

  it("takes no customer's session for a member's", async () => {
    const scope = await systemScope(shop.merchantId);
    const customer = { email, seenAt: new Date() };
    const { customer: known } = await upsertCustomer(scope, customer);
    await startCustomerSession(scope, { customerId: known.id, email });
    jar.set("gw_member", jar.get("gw_customer")!);
    expect(await currentUser()).toBeNull();
  });
});
