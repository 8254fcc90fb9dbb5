import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { form, jar } from "@/lib/auth/testing";
import { closeConnections } from "@/lib/core/db";
import { merchantBySlug } from "@/lib/merchants/queries/directory";

vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("@/lib/auth/testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {} }));

beforeEach(() => jar.clear());
afterAll(closeConnections);

/** The answer of a stranger's sign-up in a process with this SIGN_UP. */
async function signUpWith(said: string, shopName: string, invitation = ""): Promise<unknown> {
  process.env.SIGN_UP = said;
  vi.resetModules();
  const { signUp } = await import("./actions");
  const email = `${shopName.toLowerCase()}@example.com`;
  const fields = {
    email,
    password: "correct horse battery",
    name: "Ana",
    shopName,
    ...(invitation && { invitation }),
  };
  return signUp(null, form({ ...fields, currency: "EUR", timeZone: "UTC" })).catch(
    (error: Error) => error.message,
  );
}

const closed = { ok: false, code: "forbidden", message: "Sign-up is closed on this server." };

it("is for whoever comes first, unless the operator says otherwise", async () => {
  expect(await signUpWith("closed", "Early")).toMatchObject(closed);
  expect(await signUpWith("", "First")).toBe("redirect /admin/first");
  expect(await signUpWith("", "Second")).toMatchObject(closed);
  expect(await merchantBySlug("second")).toBeNull();
  expect(await signUpWith("open", "Third")).toBe("redirect /admin/third");
  expect(await signUpWith("closed", "Fourth")).toMatchObject(closed);
});

it("is for whom the operator invited: once, by that address, while it is open", async () => {
  const { inviteShop, invitedToOpenShop } = await import("@/lib/auth/sign-in/shop-invitation");
  const tokenFor = async (email: string) =>
    new URL(await inviteShop(email)).searchParams.get("invitation")!;
  const token = await tokenFor("guest@example.com");
  const refused = { ok: false, code: "forbidden", message: expect.stringMatching(/invitation/) };
  expect(await signUpWith("invited", "Stranger")).toMatchObject(refused);
  expect(await signUpWith("invited", "Stranger", "made-up")).toMatchObject(refused);
  expect(await signUpWith("invited", "Stranger", token)).toMatchObject({
    ok: false,
    code: "invalid_request",
  });
  expect(await signUpWith("closed", "Guest", token)).toMatchObject(closed);
  expect(await invitedToOpenShop(token)).toBe("guest@example.com");
  expect(await signUpWith("invited", "Guest", token)).toBe("redirect /admin/guest");
  expect(await invitedToOpenShop(token)).toBeNull();
  expect(await signUpWith("invited", "Guest", token)).toMatchObject(refused);
});
