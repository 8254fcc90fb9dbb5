import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { merchantBySlug } from "../queries/directory";
import { keysByMaker, listInvites, listKeys, listTeam } from "../queries/merchant";
import { scopeOfKey } from "../rules/api-key";
import type { Role } from "../rules/roles";
import { mintScope, type Scope } from "../scope";
import { acceptInvite } from "./accept-invite";
import { createApiKey } from "./keys";
import { updateBranding } from "./settings";
import type { SignedUp } from "./open-shop";
import { signUpMerchant } from "./sign-up";
import { changeRole, inviteMember, removeMember } from "./team";

let shop: SignedUp;
let owner: Scope;

beforeAll(async () => {
  shop = await signUpMerchant({
    email: "ana@example.com",
    password: "correct horse battery",
    name: "Ana Dervishi",
    shopName: "Bean & Leaf",
    currency: "EUR",
    timeZone: "UTC",
  });
  owner = await as(shop.slug, shop.userId, "owner");
});
afterAll(closeConnections);

async function as(slug: string, id: string, role: Role): Promise<Scope> {
  return mintScope((await merchantBySlug(slug))!, { kind: "member", id, label: role, role });
}

async function hire(role: Role): Promise<{ userId: string; scope: Scope; sandbox: Scope }> {
  const email = `${newId("usr")}@example.com`;
  const { token } = await inviteMember(owner, { email, role });
  const name = `A ${role}`;
  const { userId } = await acceptInvite(token, { name, password: "correct horse battery" });
  return {
    userId,
    scope: await as(shop.slug, userId, role),
    sandbox: await as(shop.sandboxSlug, userId, role),
  };
}

const forbidden = { code: "forbidden" };

describe("the API keys of a member", () => {
  const ends: [string, (userId: string) => Promise<void>][] = [
    ["is taken off the team", (userId) => removeMember(owner, { userId })],
    ["is made an analyst", (userId) => changeRole(owner, { userId, role: "analyst" })],
  ];

  it.each(ends)("end when their maker %s, in test mode too", async (_, end) => {
    const admin = await hire("admin");
    const own = [
      await createApiKey(admin.scope, { kind: "secret", label: "Backend" }),
      await createApiKey(admin.scope, { kind: "publishable", label: "Pages" }),
      await createApiKey(admin.sandbox, { kind: "secret", label: "Trial" }),
    ];
    const others = await createApiKey(owner, { kind: "secret", label: "Ana’s" });
    expect((await keysByMaker(owner)).get(admin.userId)).toEqual([
      "Backend",
      "Pages",
      "Trial (test mode)",
    ]);
    await end(admin.userId);
    for (const { key } of own) expect(await scopeOfKey(key)).toBeNull();
    expect(await scopeOfKey(others.key)).not.toBeNull();
    expect((await keysByMaker(owner)).get(admin.userId)).toBeUndefined();
  });

  it("stay with an admin who is made an owner", async () => {
    const admin = await hire("admin");
    const { key } = await createApiKey(admin.scope, { kind: "secret", label: "Backend" });
    await changeRole(owner, { userId: admin.userId, role: "owner" });
    expect(await scopeOfKey(key)).not.toBeNull();
    await removeMember(owner, { userId: admin.userId });
    expect(await scopeOfKey(key)).toBeNull();
  });
});

describe("a member who is taken off the team while they act", () => {
  const email = () => `${newId("inv")}@example.com`;

  it("leaves no invitation and no key behind, however close it is", async () => {
    for (let round = 0; round < 3; round += 1) {
      const admin = await hire("admin");
      const invite = () => inviteMember(admin.scope, { email: email(), role: "support" });
      const make = (scope: Scope) => createApiKey(scope, { kind: "secret", label: "Late" });
      await Promise.allSettled([
        ...Array.from({ length: 6 }, invite),
        make(admin.scope),
        make(admin.sandbox),
        removeMember(owner, { userId: admin.userId }),
        ...Array.from({ length: 6 }, invite),
        make(admin.sandbox),
        make(admin.scope),
      ]);
      expect(await listInvites(owner)).toEqual([]);
      const sandbox = await as(shop.sandboxSlug, shop.userId, "owner");
      for (const scope of [owner, sandbox]) {
        const open = (await listKeys(scope)).filter(({ revokedAt }) => revokedAt === null);
        expect(open.filter(({ label }) => label === "Late")).toEqual([]);
      }
    }
  });

  it("can do nothing with what was decided before", async () => {
    const admin = await hire("admin");
    await removeMember(owner, { userId: admin.userId });
    const branding = { accentColor: "#123456" };
    await expect(updateBranding(admin.scope, branding)).rejects.toMatchObject(forbidden);
    for (const scope of [admin.scope, admin.sandbox])
      await expect(
        createApiKey(scope, { kind: "secret", label: "Back door" }),
      ).rejects.toMatchObject(forbidden);
    await expect(
      inviteMember(admin.scope, { email: email(), role: "admin" }),
    ).rejects.toMatchObject(forbidden);
    expect((await listKeys(owner)).map(({ label }) => label)).not.toContain("Back door");
  });

  it("nor with the rights of a role that they no longer have", async () => {
    const admin = await hire("admin");
    await changeRole(owner, { userId: admin.userId, role: "support" });
    await expect(
      changeRole(admin.scope, { userId: admin.userId, role: "admin" }),
    ).rejects.toMatchObject(forbidden);
    await expect(
      createApiKey(admin.sandbox, { kind: "secret", label: "Back door" }),
    ).rejects.toMatchObject(forbidden);
  });

  it("may still leave, and step down, by themselves", async () => {
    const admin = await hire("admin");
    await changeRole(admin.scope, { userId: admin.userId, role: "support" });
    await removeMember(await as(shop.slug, admin.userId, "support"), { userId: admin.userId });
    const left = (await listTeam(owner)).map(({ userId }) => userId);
    expect(left).not.toContain(admin.userId);
  });
});
