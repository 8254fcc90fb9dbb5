import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { form } from "@/lib/auth/testing";
import { startMemberSession } from "@/lib/auth/session/member-session";
import { closeConnections } from "@/lib/core/db";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { merchantsOfUser } from "@/lib/merchants/queries/directory";

vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("@/lib/auth/testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {} }));

const email = "vera@example.com";
let userId: string;

beforeAll(async () => {
  ({ userId } = await signUpMerchant({
    email,
    password: "correct horse battery",
    name: "Vera",
    shopName: "First",
    currency: "EUR",
    timeZone: "UTC",
  }));
  await startMemberSession({ userId, epoch: 0 });
});
afterAll(closeConnections);

/** The answer to somebody who has a shop, in a process with this SIGN_UP. */
async function openWith(said: string, shopName: string, invitation = ""): Promise<unknown> {
  process.env.SIGN_UP = said;
  vi.resetModules();
  const { openAnotherShop } = await import("./actions");
  const fields = { shopName, currency: "USD", timeZone: "UTC" };
  return openAnotherShop(null, form({ ...fields, ...(invitation && { invitation }) })).catch(
    (error: Error) => error.message,
  );
}
const shops = async () => (await merchantsOfUser(userId)).map(({ name, role }) => [name, role]);

it("is refused where no more shops are opened, by default too", async () => {
  const closed = { ok: false, code: "forbidden", message: "Sign-up is closed on this server." };
  expect(await openWith("closed", "Second")).toMatchObject(closed);
  expect(await openWith("", "Second")).toMatchObject(closed);
  expect(await shops()).toEqual([["First", "owner"]]);
});

it("opens one of their own where anybody may, once for a form that is sent twice", async () => {
  const answers = await Promise.all([openWith("open", "Second"), openWith("open", "Second")]);
  expect(answers).toContain("redirect /admin/second");
  expect(answers).toContainEqual(
    expect.objectContaining({ ok: false, fieldErrors: { shopName: expect.any(String) } }),
  );
  expect(await shops()).toEqual([
    ["First", "owner"],
    ["Second", "owner"],
  ]);
  expect(await openWith("open", "x")).toMatchObject({ ok: false, code: "invalid_request" });
});

it("takes an invitation for their address where SIGN_UP=invited, once", async () => {
  const { inviteShop } = await import("@/lib/auth/sign-in/shop-invitation");
  const tokenFor = async (address: string) =>
    new URL(await inviteShop(address)).searchParams.get("invitation")!;
  const [own, anothers] = [await tokenFor(email), await tokenFor("guest@example.com")];
  const refused = { ok: false, code: "forbidden", message: expect.stringMatching(/invitation/) };
  expect(await openWith("invited", "Third")).toMatchObject(refused);
  expect(await openWith("invited", "Third", anothers)).toMatchObject({ code: "invalid_request" });
  expect(await openWith("invited", "Third", own)).toBe("redirect /admin/third");
  expect(await openWith("invited", "Fourth", own)).toMatchObject(refused);
});
