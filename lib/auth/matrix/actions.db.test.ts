import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionResult } from "@/lib/core/action-result";
import { closeConnections } from "@/lib/core/db";
import { type MemberPermission, ROLES, roleAllows } from "@/lib/merchants/rules/roles";
import { keyIdOf } from "@/lib/merchants/rules/api-key";
import { startCustomerSession } from "../session/customer-session";
import { startMemberSession } from "../session/member-session";
import { form, jar } from "../testing";
import { ACTIONS } from "./actions";
import type { ActionEntry } from "./actions/entry";
import { changeMember } from "./testing/change-member";
import { contentsOf } from "./testing/contents";
import { openShop } from "./testing/open-shop";
import type { Shop } from "./testing/shop";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());
vi.mock("next/server", () => ({ after: (work: () => unknown) => work() }));
vi.mock("next/cache", () => ({ refresh() {}, revalidatePath() {}, updateTag() {} }));
vi.mock("next-intl/server", () => ({ getLocale: async () => "en" }));

/** What happens between the look at who asks and the transaction that acts. */
const meanwhile = vi.hoisted(() => ({ happens: async (): Promise<unknown> => undefined }));
vi.mock("../member", async (original) => {
  const member = await original<typeof import("../member")>();
  return {
    ...member,
    memberEntry: async (slug: string) => {
      const entry = await member.memberEntry(slug);
      await meanwhile.happens();
      return entry;
    },
  };
});

type Action = (...input: unknown[]) => Promise<unknown>;

const sources = import.meta.glob<string>(["/app/**/*.{ts,tsx}", "/components/**/*.{ts,tsx}"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const modules = import.meta.glob<Record<string, Action>>("/app/**/*.ts");
const files = Object.entries(sources)
  .filter(([, source]) => /["']use server["']/.test(source))
  .map(([file]) => file);

let actions: Map<string, Action & { guardedBy?: MemberPermission | null }>;
let shop: Shop;
let other: Shop;

beforeAll(async () => {
  actions = new Map();
  for (const file of files) {
    for (const [name, action] of Object.entries(await modules[file]!()))
      actions.set(`${file.replace("/app/", "")} ${name}`, action);
  }
  [shop, other] = [await openShop("harbour"), await openShop("orchard")];
});
beforeEach(() => jar.clear());
afterAll(closeConnections);

async function signInCustomer({ scope, customer, keys }: Shop): Promise<void> {
  await startCustomerSession(scope, { customerId: customer.id, keyId: keyIdOf(keys.secret)! });
}

/** What an action answers: its result, or "redirect /where" and the like. */
async function call(
  name: string,
  ...input: unknown[]
): Promise<ActionResult<unknown> | string | undefined> {
  try {
    return (await actions.get(name)!(...input)) as ActionResult<unknown> | undefined;
  } catch (error) {
    if (/^(redirect|notFound|forbidden)/.test((error as Error).message))
      return (error as Error).message;
    throw error;
  }
}

const of = <K extends string>(kind: K) =>
  Object.entries(ACTIONS).filter(
    (entry): entry is [string, Extract<ActionEntry, Record<K, unknown>>] => kind in entry[1],
  );

it("has an entry for every action, and an action for every entry", () => {
  expect([...actions.keys()].sort()).toEqual(Object.keys(ACTIONS).sort());
});

it("knows of all of them: they stand in files of their own, none within a page", () => {
  for (const file of files) {
    expect(file).toMatch(/^\/app\/.*\.ts$/);
    expect(sources[file], file).toMatch(/^"use server";\n/);
  }
});

describe("an attack on", () => {
  let before: string;
  beforeAll(async () => {
    before = await contentsOf(shop);
  });

  it.each(of("member"))("%s without a session is refused", async (name, { fields }) => {
    expect(await call(name, shop.slug, null, form(fields(shop)))).toMatchObject({
      ok: false,
      code: "unauthenticated",
    });
    await signInCustomer(shop);
    expect(await call(name, shop.slug, null, form(fields(shop)))).toMatchObject({
      ok: false,
      code: "unauthenticated",
    });
  });

  it.each(of("member"))(
    "%s by another shop's owner finds nothing",
    async (name, { fields, elsewhere }) => {
      await startMemberSession({ userId: other.members.owner, epoch: 0 });
      for (const slug of [shop.slug, shop.sandboxSlug]) {
        expect(await call(name, slug, null, form(fields(shop)))).toMatchObject({
          ok: false,
          code: "not_found",
        });
      }
      if (elsewhere !== "nothing_named") {
        expect(await call(name, other.slug, null, form(fields(shop)))).toMatchObject({
          ok: false,
          code: elsewhere,
        });
      }
    },
  );

  it.each(of("member").filter(([, { member }]) => member !== null))(
    "%s by a role that may not is refused",
    async (name, { member, fields }) => {
      expect(actions.get(name)!.guardedBy).toBe(member);
      for (const role of ROLES.filter((role) => !roleAllows(role, member!))) {
        await startMemberSession({ userId: shop.members[role], epoch: 0 });
        expect(await call(name, shop.slug, null, form(fields(shop))), role).toMatchObject({
          ok: false,
          code: "forbidden",
        });
      }
    },
  );

  it.each(of("customer"))(
    "%s by nobody, or another shop's customer, is refused",
    async (name, { customer }) => {
      // One of them answers nothing at all; that it did nothing is seen further below.
      const refused = (answer: unknown) => {
        if (answer !== undefined)
          expect(answer).toMatchObject({ ok: false, code: "unauthenticated" });
      };
      refused(await call(name, shop.program.slug, ...customer));
      await signInCustomer(other);
      refused(await call(name, shop.program.slug, ...customer));
      // A session that names a customer of one shop and the other shop cannot be made.
      await expect(
        startCustomerSession(shop.scope, {
          customerId: other.customer.id,
          email: "eve@example.com",
        }),
      ).rejects.toThrow(/[Ff]oreign key/);
      jar.delete("gw_customer");
      refused(await call(name, shop.program.slug, ...customer));
      await startMemberSession({ userId: shop.members.owner, epoch: 0 });
      jar.delete("gw_customer");
      refused(await call(name, shop.program.slug, ...customer));
    },
  );

  it.each(of("anyone"))("%s lets nobody in by guessing", async (name, { anyone }) => {
    const answer = await call(name, ...anyone(shop));
    expect(
      [...jar.keys()].filter(
        (cookie) => cookie.includes("gw_member") || cookie.includes("gw_customer"),
      ),
    ).toEqual([]);
    if (typeof answer === "object" && answer.ok) expect(answer.data).toBeNull();
    expect(JSON.stringify(answer ?? null)).not.toContain(shop.scope.merchantId);
  });

  it("changes nothing", async () => {
    expect(await contentsOf(shop)).toBe(before);
  });
});

describe.each([
  ["is demoted", "support"],
  ["is taken off the team", null],
] as const)("a member who %s while they act", (_, role) => {
  afterEach(() => (meanwhile.happens = async () => undefined));

  it.each(of("member"))("by %s changes nothing", async (name, { fields }) => {
    const before = await contentsOf(shop);
    for (const slug of [shop.slug, shop.sandboxSlug]) {
      await startMemberSession({ userId: shop.members.owner, epoch: 0 });
      let putBack = async () => {};
      meanwhile.happens = async () => (putBack = await changeMember(shop, "owner", role));
      const answer = await call(name, slug, null, form(fields(shop)));
      await putBack();
      // Some are never for test mode, and some name what it does not have: these say so first.
      const codes = slug === shop.slug ? ["forbidden"] : ["forbidden", "conflict", "not_found"];
      expect(codes, JSON.stringify(answer)).toContain((answer as { code?: string }).code);
    }
    expect(await contentsOf(shop)).toBe(before);
  });
});

describe("who may, may:", () => {
  it.each(of("member").filter(([, { member }]) => member !== null))(
    "%s",
    async (name, { member, fields }) => {
      for (const role of ROLES.filter((role) => roleAllows(role, member!))) {
        await startMemberSession({ userId: shop.members[role], epoch: 0 });
        const answer = await call(name, shop.slug, null, form(fields(shop)));
        // What the one before has done cannot always be done again; that the role may is what
        // counts here.
        if (typeof answer === "object" && !answer.ok)
          expect(["conflict", "not_found"], JSON.stringify(answer)).toContain(answer.code);
        else if (typeof answer === "string")
          expect(answer).toMatch(new RegExp(`^redirect /admin/${shop.slug}/`));
        else expect(answer).toMatchObject({ ok: true });
      }
    },
  );

  it.each(of("customer"))("%s", async (name, { customer }) => {
    await signInCustomer(shop);
    const answer = (await call(name, shop.program.slug, ...customer)) ?? { ok: true };
    // What it names need not be there; that they were let in is what counts here.
    if (typeof answer === "object" && "code" in answer)
      expect(["conflict", "not_found"], JSON.stringify(answer)).toContain(answer.code);
    else expect(answer).toMatchObject({ ok: true });
  });
});
