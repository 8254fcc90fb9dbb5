import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { listAudit } from "../queries/audit-entries";
import { merchantBySlug, merchantsOfUser, systemScope } from "../queries/directory";
import { asOwner } from "../testing";
import { hashKey, scopeOfKey } from "../rules/api-key";
import { listInvites, listKeys, listTeam, merchantProfile } from "../queries/merchant";
import type { Role } from "../rules/roles";
import { type MerchantSettings, signUpSchema } from "../schema";
import { inScope, mintScope, type Scope } from "../scope";
import { acceptInvite, openInvite } from "./accept-invite";
import { createApiKey, revokeApiKey } from "./keys";
import { updateBranding, updateMerchant } from "./settings";
import type { SignedUp } from "./open-shop";
import { signUpMerchant } from "./sign-up";
import { changeRole, inviteMember, removeMember, revokeInvite } from "./team";

let shop: SignedUp;
let owner: Scope;

async function signUp(email: string, shopName: string): Promise<SignedUp> {
  return signUpMerchant(
    signUpSchema.parse({
      email,
      password: "correct horse battery",
      name: "Ana Dervishi",
      shopName,
      currency: "EUR",
      timeZone: "Europe/Tirane",
    }),
  );
}

async function as(slug: string, userId: string, role: Role): Promise<Scope> {
  const merchant = await merchantBySlug(slug);
  return mintScope(merchant!, { kind: "member", id: userId, label: role, role });
}

async function join(
  role: Role,
  email = `${newId("usr")}@example.com`,
): Promise<{ userId: string; scope: Scope }> {
  const { token } = await inviteMember(owner, { email, role });
  const { userId } = await acceptInvite(token, {
    name: `A ${role}`,
    password: "correct horse battery",
  });
  return { userId, scope: await as(shop.slug, userId, role) };
}

const settings: MerchantSettings = {
  name: "Bean & Leaf",
  timeZone: "Europe/Tirane",
  defaultLocale: "sq",
  shopUrl: "https://shop.example.com",
  supportEmail: "help@example.com",
  returnWindowDays: 30,
  marginBp: 4_250,
  pointCostMilli: 250,
};

// As where email is sent; these tests send none.
Object.assign(process.env, { SMTP_URL: "smtp://localhost:1", MAIL_FROM: "no-reply@example.com" });

beforeAll(async () => {
  shop = await signUp("Ana@Example.com", "Bean & Leaf");
  owner = await as(shop.slug, shop.userId, "owner");
});
afterAll(closeConnections);

describe("signing up", () => {
  it("makes the user, the shop, its sandbox and the owner", async () => {
    expect(shop).toMatchObject({ slug: "bean-leaf", sandboxSlug: "bean-leaf-test" });
    const [real, sandbox] = [
      await merchantBySlug("bean-leaf"),
      await merchantBySlug("bean-leaf-test"),
    ];
    expect(sandbox).toMatchObject({
      sandboxOfId: real!.id,
      currency: "EUR",
      timeZone: "Europe/Tirane",
    });
    expect(await merchantsOfUser(shop.userId)).toMatchObject([
      { slug: "bean-leaf", role: "owner" },
    ]);
    const [user] = await asOwner<{ hash: string }>(
      "SELECT password_hash AS hash FROM app_user WHERE email = 'ana@example.com'",
    );
    expect(user?.hash).toMatch(/^\$argon2id\$/);
  });

  it("gives a second shop of that name a slug of its own", async () => {
    expect((await signUp("ben@example.com", "Bean & Leaf")).slug).toMatch(
      /^bean-leaf-[0-9a-z]{5}$/,
    );
  });

  it("does not say that an address has an account, and leaves nothing behind", async () => {
    const failure = await signUp("ana@example.com", "Half a shop").catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "conflict" });
    expect((failure as Error).message).not.toMatch(/exists|taken|registered/i);
    expect(await merchantBySlug("half-a-shop")).toBeNull();
  });
});

describe("the team", () => {
  it("grows by invitation, once per link", async () => {
    const { token } = await inviteMember(owner, { email: "cem@example.com", role: "support" });
    expect(await openInvite(token)).toMatchObject({
      email: "cem@example.com",
      role: "support",
      hasAccount: false,
    });
    const both = await Promise.allSettled(
      [1, 2].map(() => acceptInvite(token, { name: "Cem", password: "correct horse battery" })),
    );
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await openInvite(token)).toBeNull();
    expect((await listTeam(owner)).filter(({ email }) => email === "cem@example.com")).toHaveLength(
      1,
    );
    await expect(
      inviteMember(owner, { email: "cem@example.com", role: "admin" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("lets nobody in on another person's invitation", async () => {
    const { token } = await inviteMember(owner, { email: "ben@example.com", role: "admin" });
    const stranger = await join("analyst");
    await expect(acceptInvite(token, { userId: stranger.userId })).rejects.toMatchObject({
      code: "forbidden",
    });
    // A link alone opens no account that is there already.
    await expect(
      acceptInvite(token, { name: "X", password: "another horse battery" }),
    ).rejects.toMatchObject({ code: "conflict" });
    const ben = await prismaFor("goodword_app").user.findUniqueOrThrow({
      where: { email: "ben@example.com" },
      select: { id: true },
    });
    // Someone else may have signed up with this address, to be let in by the one whose it is.
    await expect(acceptInvite(token, { userId: ben.id })).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("yours"),
    });
    await prismaFor("goodword_app").user.updateMany({
      where: { id: ben.id },
      data: { emailProvenAt: new Date() },
    });
    await acceptInvite(token, { userId: ben.id });
    expect(await merchantsOfUser(ben.id)).toHaveLength(2);
  });

  it("replaces and revokes open invitations", async () => {
    const first = await inviteMember(owner, { email: "dan@example.com", role: "analyst" });
    const second = await inviteMember(owner, { email: "dan@example.com", role: "support" });
    expect(await openInvite(first.token)).toBeNull();
    expect((await listInvites(owner)).map(({ email }) => email)).toContain("dan@example.com");
    await revokeInvite(owner, { inviteId: second.id });
    expect(await openInvite(second.token)).toBeNull();
    await expect(revokeInvite(owner, { inviteId: second.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("keeps admins from naming or touching owners, and others from everything", async () => {
    const admin = await join("admin");
    const support = await join("support");
    const forbidden = { code: "forbidden" };
    await expect(
      inviteMember(admin.scope, { email: "e@example.com", role: "owner" }),
    ).rejects.toMatchObject(forbidden);
    await expect(
      changeRole(admin.scope, { userId: shop.userId, role: "support" }),
    ).rejects.toMatchObject(forbidden);
    await expect(removeMember(admin.scope, { userId: shop.userId })).rejects.toMatchObject(
      forbidden,
    );
    await expect(
      changeRole(admin.scope, { userId: admin.userId, role: "owner" }),
    ).rejects.toMatchObject(forbidden);
    await expect(
      inviteMember(support.scope, { email: "e@example.com", role: "support" }),
    ).rejects.toMatchObject(forbidden);
    await expect(removeMember(support.scope, { userId: admin.userId })).rejects.toMatchObject(
      forbidden,
    );
    await changeRole(admin.scope, { userId: support.userId, role: "analyst" });
    const analyst = await as(shop.slug, support.userId, "analyst");
    await removeMember(analyst, { userId: support.userId });
  });

  it("honours no invitation beyond what its sender may do now", async () => {
    const leaver = await join("admin");
    const back = await inviteMember(leaver.scope, {
      email: "leaver.too@example.com",
      role: "admin",
    });
    await removeMember(owner, { userId: leaver.userId });
    expect(await openInvite(back.token)).toBeNull();

    const second = await join("owner");
    const [high, low] = [
      await inviteMember(second.scope, { email: "high@example.com", role: "owner" }),
      await inviteMember(second.scope, { email: "low@example.com", role: "support" }),
    ];
    const admin = await join("admin");
    await expect(
      inviteMember(admin.scope, { email: "high@example.com", role: "support" }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await changeRole(owner, { userId: second.userId, role: "admin" });
    expect(await openInvite(high.token)).toBeNull();
    expect(await openInvite(low.token)).not.toBeNull();
  });

  it("never loses its last owner, not even to two who act at once", async () => {
    await expect(removeMember(owner, { userId: shop.userId })).rejects.toMatchObject({
      code: "forbidden",
    });
    const second = await join("owner");
    await Promise.allSettled([
      removeMember(owner, { userId: second.userId }),
      removeMember(second.scope, { userId: shop.userId }),
    ]);
    // Either may have lost: the one who did can ask nothing any more.
    const afterwards = await systemScope(shop.merchantId);
    expect((await listTeam(afterwards)).filter(({ role }) => role === "owner")).toHaveLength(1);
    // Put back whoever lost, for the tests after this one.
    await inScope(afterwards, ({ db }) =>
      db.member.upsert({
        where: { merchantId_userId: { merchantId: shop.merchantId, userId: shop.userId } },
        create: {
          merchantId: shop.merchantId,
          userId: shop.userId,
          role: "owner",
          createdAt: new Date(),
        },
        update: {},
      }),
    );
  });

  it("does not find another shop's members, and is the shop's own in test mode", async () => {
    const other = await signUp("eva@example.com", "Other");
    await expect(
      changeRole(owner, { userId: other.userId, role: "support" }),
    ).rejects.toMatchObject({ code: "not_found" });
    const sandbox = await as(shop.sandboxSlug, shop.userId, "owner");
    await expect(
      inviteMember(sandbox, { email: "f@example.com", role: "support" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("settings", () => {
  it("change the sandbox along, and are written down", async () => {
    await updateMerchant(owner, settings);
    const sandbox = await systemScope(shop.sandboxId);
    const expected = {
      returnWindowDays: 30,
      marginBp: 4_250,
      pointCostMilli: 250,
      defaultLocale: "sq",
      shopUrl: "https://shop.example.com",
    };
    expect(await merchantProfile(owner)).toMatchObject({
      ...expected,
      isSandbox: false,
      twinSlug: shop.sandboxSlug,
    });
    expect(await merchantProfile(sandbox)).toMatchObject({
      ...expected,
      isSandbox: true,
      twinSlug: shop.slug,
    });
    const log = await listAudit(owner, { action: "merchant.update", limit: 10 });
    expect(log.rows[0]).toMatchObject({
      actorId: shop.userId,
      summary: expect.stringContaining("return window"),
    });
    await updateMerchant(owner, settings);
    expect((await listAudit(owner, { action: "merchant.update", limit: 10 })).rows).toHaveLength(1);
  });

  it("keep the currency once there is a program", async () => {
    await updateMerchant(owner, { ...settings, currency: "USD" });
    await updateMerchant(owner, { ...settings, currency: "EUR" });
    const now = new Date();
    await inScope(owner, ({ db }) =>
      db.program.create({
        data: {
          merchantId: shop.merchantId,
          id: newId("prg"),
          slug: newId("prg"),
          name: "P",
          state: "draft",
          draft: {},
          createdAt: now,
          updatedAt: now,
        },
      }),
    );
    await expect(updateMerchant(owner, { ...settings, currency: "USD" })).rejects.toMatchObject({
      code: "conflict",
      path: "currency",
    });
  });

  it("take a checked picture as the logo, for the sandbox too, and drop the old one", async () => {
    const canvas = { width: 2_000, height: 900, channels: 3, background: "#0f766e" } as const;
    const png = new Uint8Array(await sharp({ create: canvas }).png().toBuffer());
    await updateBranding(owner, {
      accentColor: "#ABCDEF",
      logo: new File([png], "logo.gif", { type: "text/html" }),
    });
    const first = await merchantProfile(owner);
    expect(first).toMatchObject({
      accentColor: "#abcdef",
      logoUrl: expect.stringMatching(/^\/assets\/ast_/),
    });
    expect((await merchantProfile(await systemScope(shop.sandboxId))).logoUrl).toMatch(
      /^\/assets\/ast_/,
    );
    const svg = new File(["<svg xmlns='http://www.w3.org/2000/svg'/>"], "logo.png", {
      type: "image/png",
    });
    await expect(
      updateBranding(owner, { accentColor: "#abcdef", logo: svg }),
    ).rejects.toMatchObject({ path: "logo" });
    await expect(
      updateBranding(owner, {
        accentColor: "#abcdef",
        logo: new File([new Uint8Array(300_000)], "x.png"),
      }),
    ).rejects.toMatchObject({ path: "logo" });
    const [kept] = await inScope(owner, ({ db }) => db.asset.findMany());
    expect(await sharp(kept!.bytes).metadata()).toMatchObject({ format: "png", height: 288 });
    await updateBranding(owner, { accentColor: "#abcdef", removeLogo: "on" });
    expect((await merchantProfile(owner)).logoUrl).toBeNull();
    expect(await inScope(owner, ({ db }) => db.asset.count())).toBe(0);
  });
});

describe("API keys", () => {
  it("open their own merchant only, by their hash, until they are revoked", async () => {
    const live = await createApiKey(owner, { kind: "secret", label: "Backend" });
    const test = await createApiKey(await as(shop.sandboxSlug, shop.userId, "owner"), {
      kind: "secret",
      label: "Tests",
    });
    expect(await scopeOfKey(live.key)).toMatchObject({
      merchantId: shop.merchantId,
      isSandbox: false,
      actor: { kind: "key", key: "secret" },
    });
    expect(await scopeOfKey(test.key)).toMatchObject({
      merchantId: shop.sandboxId,
      isSandbox: true,
    });
    const stored = await inScope(owner, ({ db }) => db.apiKey.findMany());
    expect(JSON.stringify(stored)).not.toContain(live.key.split("_").at(-1));
    expect(stored[0]?.hash).toBe(hashKey(live.key));
    expect((await listKeys(owner))[0]).toMatchObject({
      label: "Backend",
      lastUsedAt: expect.any(Date),
      revokedAt: null,
    });
    await expect(revokeApiKey(owner, { keyId: test.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await revokeApiKey(owner, { keyId: live.id });
    expect(await scopeOfKey(live.key)).toBeNull();
    expect(
      await scopeOfKey(`${test.key.slice(0, -1)}${test.key.endsWith("0") ? "1" : "0"}`),
    ).toBeNull();
  });
});

describe("the audit log", () => {
  it("pages by key and filters, and is the shop's own", async () => {
    const first = await listAudit(owner, { limit: 3 });
    expect(first.rows).toHaveLength(3);
    const second = await listAudit(owner, { limit: 3, cursor: first.nextCursor! });
    expect(second.rows[0]!.id < first.rows[2]!.id).toBe(true);
    const invited = await listAudit(owner, { action: "member.invite", search: "CEM@", limit: 10 });
    expect(invited.rows).toHaveLength(1);
    await expect(listAudit(owner, { limit: 3, cursor: "nonsense" })).rejects.toMatchObject({
      path: "cursor",
    });
    const other = await systemScope((await merchantBySlug("other"))!.id);
    expect((await listAudit(other, { limit: 50 })).rows.map(({ action }) => action)).toEqual([
      "merchant.sign_up",
    ]);
  });
});
