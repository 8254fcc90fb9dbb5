import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { closeConnections } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import type { SignedUp } from "@/lib/merchants/commands/open-shop";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { ROLES, type Role, roleAllows, MEMBER_PERMISSIONS } from "@/lib/merchants/rules/roles";
import { inScope } from "@/lib/merchants/scope";
import { systemScope } from "@/lib/merchants/queries/directory";
import { merchantAction, publicAction } from "./action";
import { reset } from "./rate-limit";
import { startMemberSession } from "./session/member-session";
import { form, jar } from "./testing";

vi.mock("next/headers", async () => (await import("./testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("./testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {}, revalidatePath() {}, updateTag() {} }));

let shop: SignedUp;
let other: SignedUp;

async function open(email: string, shopName: string): Promise<SignedUp> {
  return signUpMerchant({
    email,
    password: "correct horse battery",
    name: "Ana",
    shopName,
    currency: "EUR",
    timeZone: "UTC",
  });
}

beforeAll(async () => {
  [shop, other] = [await open("ana@example.com", "Bean"), await open("eva@example.com", "Other")];
});
beforeEach(() => jar.clear());
afterAll(closeConnections);

async function signInAs(role: Role): Promise<void> {
  await inScope(await systemScope(shop.merchantId), ({ db }) =>
    db.member.updateMany({
      where: { merchantId: shop.merchantId, userId: shop.userId },
      data: { role },
    }),
  );
  await startMemberSession({ userId: shop.userId, epoch: 0 });
}

const echo = merchantAction(
  z.object({ text: z.string("Say something.") }),
  "program.edit",
  async (scope, { text }) => `${scope.merchantSlug}: ${text}`,
);

const SIGNED_OUT = { ok: false, message: "You are signed out. Sign in and try again." };
const NOT_FOUND = { ok: false, message: "Shop not found." };
const FORBIDDEN = { ok: false, message: expect.stringContaining("role does not allow") };

describe("an action of the dashboard", () => {
  it("does nothing without a session", async () => {
    expect(await echo(shop.slug, null, form({ text: "x" }))).toMatchObject(SIGNED_OUT);
  });

  it("does not find another merchant's shop, nor one that is named in the form", async () => {
    await signInAs("owner");
    expect(await echo(other.slug, null, form({ text: "x" }))).toMatchObject(NOT_FOUND);
    expect(await echo("none", null, form({ text: "x" }))).toMatchObject(NOT_FOUND);
    expect(
      await echo(
        shop.slug,
        null,
        form({ text: "x", merchant: other.slug, merchantId: other.merchantId }),
      ),
    ).toEqual({ ok: true, data: "bean: x" });
    expect(await echo(shop.sandboxSlug, null, form({ text: "x" }))).toEqual({
      ok: true,
      data: "bean-test: x",
    });
  });

  it("is counted for each member, whatever their form holds", async () => {
    await signInAs("owner");
    const many = Array.from({ length: 650 }, () => echo(shop.slug, null, form({})));
    const refused = (await Promise.all(many)).filter(
      (answer) => !answer.ok && answer.message.startsWith("Too many attempts"),
    );
    expect(refused.length).toBeGreaterThan(0);
    await reset("action", shop.userId);
    expect(await echo(shop.slug, null, form({ text: "x" }))).toMatchObject({ ok: true });
  });

  it("is refused to a role that may not, before its form is looked at", async () => {
    await signInAs("support");
    expect(await echo(shop.slug, null, form({}))).toMatchObject(FORBIDDEN);
  });

  it("answers what is wrong with a form by field, and refusals in words", async () => {
    await signInAs("owner");
    expect(await echo(shop.slug, null, form({ text: "" }))).toMatchObject({
      ok: false,
      message: "Please check the highlighted fields.",
      fieldErrors: { text: "Say something." },
    });
    const refusing = merchantAction(z.object({}), null, async () => {
      throw new DomainError("conflict", "Not now.", "text");
    });
    expect(await refusing(shop.slug, null, form({}))).toMatchObject({
      ok: false,
      message: "Not now.",
      fieldErrors: { text: "Not now." },
    });
    expect(await echo(shop.slug, null, "text=x" as unknown as FormData)).toMatchObject({
      ok: false,
    });
  });

  it("shows no one what broke inside", async () => {
    await signInAs("owner");
    const silent = vi.spyOn(log, "error").mockImplementation(() => {});
    const broken = merchantAction(z.object({}), null, async () => {
      throw new Error("password of the database");
    });
    const answer = await broken(shop.slug, null, form({}));
    expect(JSON.stringify(answer)).not.toContain("password");
    expect(silent).toHaveBeenCalled();
    silent.mockRestore();
  });

  it("lets redirects through", async () => {
    await signInAs("owner");
    const { redirect } = await import("next/navigation");
    const leaving = merchantAction(z.object({}), null, async () => redirect("/elsewhere"));
    await expect(leaving(shop.slug, null, form({}))).rejects.toThrow("redirect /elsewhere");
  });
});

describe("a public action", () => {
  it("is stopped after so many tries from one address", async () => {
    const open = publicAction(z.object({}), "sign_up", async () => null);
    for (let i = 0; i < 20; i += 1)
      expect(await open(null, form({}))).toEqual({ ok: true, data: null });
    expect(await open(null, form({}))).toMatchObject({
      ok: false,
      message: expect.stringContaining("Too many attempts"),
    });
  });
});

type Action = ((slug: string, previous: null, form: FormData) => Promise<unknown>) & {
  guardedBy?: string | null;
};

const modules = import.meta.glob<Record<string, Action>>("/app/admin/[[]merchant[]]/**/actions.ts");

describe("every action of the dashboard", async () => {
  const actions: [string, Action][] = [];
  const unguarded: string[] = [];
  for (const [file, load] of Object.entries(modules)) {
    for (const [name, action] of Object.entries(await load())) {
      if (action.guardedBy !== undefined)
        actions.push([`${file.replace("/app/admin/[merchant]/", "")} ${name}`, action]);
      else unguarded.push(name);
    }
  }

  it("was found, and all but leaving is guarded", () => {
    expect(actions.length).toBeGreaterThan(6);
    expect(unguarded).toEqual(["signOut"]);
  });

  it.each(actions)("%s asks who it is", async (_, action) => {
    expect(await action(shop.slug, null, form({}))).toMatchObject(SIGNED_OUT);
    await signInAs("owner");
    expect(await action(other.slug, null, form({}))).toMatchObject(NOT_FOUND);
    expect(await action(other.sandboxSlug, null, form({}))).toMatchObject(NOT_FOUND);
  });

  it.each(actions)("%s asks whether the role may", async (_, action) => {
    for (const role of ROLES) {
      const permission = MEMBER_PERMISSIONS.find((one) => one === action.guardedBy);
      if (!permission || roleAllows(role, permission)) continue;
      await signInAs(role);
      expect(await action(shop.slug, null, form({}))).toMatchObject(FORBIDDEN);
    }
  });
});
