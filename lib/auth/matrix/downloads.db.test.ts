import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { type MemberPermission, ROLES, roleAllows } from "@/lib/merchants/rules/roles";
import { startMemberSession } from "../session/member-session";
import { jar } from "../testing";
import { changeMember } from "./testing/change-member";
import { openShop } from "./testing/open-shop";
import type { Shop } from "./testing/shop";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());

/** What happens between the look at who asks and the transaction that answers. */
const meanwhile = vi.hoisted(() => ({ happens: async (): Promise<unknown> => undefined }));
vi.mock("../member", async (original) => {
  const member = await original<typeof import("../member")>();
  return {
    ...member,
    requireMember: async (...input: Parameters<typeof member.requireMember>) => {
      const scope = await member.requireMember(...input);
      await meanwhile.happens();
      return scope;
    },
  };
});

type Handler = (
  request: Request & { nextUrl: URL },
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

/**
 * Every file and answer that the dashboard hands out, by its route. A new one has to be entered
 * here, or the first test fails.
 */
const DOWNLOADS: Record<
  string,
  { permission: MemberPermission; params?: (shop: Shop) => Record<string, string> }
> = {
  "customers/export": { permission: "customer.read" },
  "events/export": { permission: "event.read" },
  find: { permission: "program.read" },
  "ledger/export": { permission: "ledger.read" },
  "loyalty/catalogue/redemptions/export": { permission: "referral.read" },
  "programs/[program]/replay/people": {
    permission: "program.edit",
    params: ({ program }) => ({ program: program.id }),
  },
  "referrals/export": { permission: "referral.read" },
  "rewards/export": { permission: "referral.read" },
  "settings/audit/export": { permission: "audit.read" },
  "rewards/payouts/[batch]/export": {
    permission: "payout.manage",
    params: ({ payoutId }) => ({ batch: payoutId }),
  },
};

const modules = import.meta.glob<{ GET: Handler }>("/app/admin/**/route.ts");
const nameOf = (file: string) =>
  file.replace("/app/admin/[merchant]/", "").replace("/route.ts", "");

let shop: Shop;
let other: Shop;
beforeAll(async () => {
  [shop, other] = [await openShop("harbour"), await openShop("orchard")];
});
beforeEach(() => jar.clear());
afterAll(closeConnections);

/** The status, or "redirect /where", "notFound" and the like. */
async function get(name: string, slug: string): Promise<string> {
  const { GET } = await modules[`/app/admin/[merchant]/${name}/route.ts`]!();
  const request = Object.assign(new Request("http://localhost/"), {
    // Without a word, nothing is looked for.
    nextUrl: new URL(name === "find" ? "http://localhost/?q=harbour" : "http://localhost/"),
  });
  try {
    const response = await GET(request, {
      params: Promise.resolve({ merchant: slug, ...DOWNLOADS[name]!.params?.(shop) }),
    });
    await response.text();
    return String(response.status);
  } catch (error) {
    return (error as Error).message;
  }
}

it("has an entry for every download, and a download for every entry", () => {
  expect(Object.keys(modules).map(nameOf).sort()).toEqual(Object.keys(DOWNLOADS).sort());
});

describe.each(Object.entries(DOWNLOADS))("%s", (name, { permission }) => {
  it("is for members of the shop whose role allows it", async () => {
    expect(await get(name, shop.slug)).toMatch(/^redirect \/sign-in/);
    for (const role of ROLES) {
      jar.clear();
      await startMemberSession({ userId: shop.members[role], epoch: 0 });
      if (!roleAllows(role, permission))
        expect(await get(name, shop.slug), role).toMatch(/^forbidden/);
      else expect(await get(name, shop.slug), role).not.toMatch(/^(forbidden|redirect)/);
    }
  });

  it.each(["support", null] as const)("gives nothing to who is made %s meanwhile", async (role) => {
    await startMemberSession({ userId: shop.members.owner, epoch: 0 });
    let putBack = async () => {};
    meanwhile.happens = async () => (putBack = await changeMember(shop, "owner", role));
    const answer = await get(name, shop.slug);
    await putBack();
    meanwhile.happens = async () => undefined;
    expect(answer).toMatch(/role was changed|no longer on the team/);
  });

  it("of another shop is not found", async () => {
    await startMemberSession({ userId: other.members.owner, epoch: 0 });
    expect(await get(name, shop.slug)).toMatch(/^notFound/);
  });
});
