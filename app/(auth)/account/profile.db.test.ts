import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { form } from "@/lib/auth/testing";
import { startMemberSession } from "@/lib/auth/session/member-session";
import { sendPasswordReset } from "@/lib/auth/sign-in/password-reset";
import { asOwner } from "@/lib/merchants/testing";
import { closeConnections } from "@/lib/core/db";
import type { SignedUp } from "@/lib/merchants/commands/open-shop";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { listAudit } from "@/lib/merchants/queries/audit-entries";
import { membershipsOf } from "@/lib/merchants/queries/directory";
import { saveProfile } from "./actions";

vi.mock("next/headers", async () => (await import("@/lib/auth/testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("@/lib/auth/testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {} }));

const email = "vera@example.com";
let shop: SignedUp;

beforeAll(async () => {
  shop = await signUpMerchant({
    email,
    password: "correct horse battery",
    name: "Vera",
    shopName: "Bean & Leaf",
    currency: "EUR",
    timeZone: "UTC",
  });
  await startMemberSession({ userId: shop.userId, epoch: 0 });
});
afterAll(closeConnections);

const save = (name: string, locale: string) => saveProfile(null, form({ name, locale }));
const stored = () =>
  asOwner<{ name: string; locale: string }>("SELECT name, locale FROM app_user WHERE email = $1", [
    email,
  ]);

it("is saved, and another name is on record in the shop under the former one", async () => {
  expect(await stored()).toEqual([{ name: "Vera", locale: "en" }]);
  expect(await save("  Vera Linde ", "sq")).toEqual({ ok: true, data: null });
  expect(await stored()).toEqual([{ name: "Vera Linde", locale: "sq" }]);
  const [scope] = await membershipsOf(shop.userId);
  const { rows } = await listAudit(scope!, { action: "member.rename", limit: 10 });
  expect(rows).toMatchObject([
    { actorLabel: "Vera", summary: "Changed their name from “Vera” to “Vera Linde”" },
  ]);
});

it("refuses what is no name or no language of ours, and changes nothing", async () => {
  for (const [name, locale, field] of [
    ["   ", "en", "name"],
    ["x".repeat(121), "en", "name"],
    ["Vera", "fr", "locale"],
  ] as const)
    expect(await save(name, locale)).toMatchObject({
      ok: false,
      fieldErrors: { [field]: expect.any(String) },
    });
  expect(await stored()).toEqual([{ name: "Vera Linde", locale: "sq" }]);
});

it("sends emails in the language that was chosen, whoever asks for them", async () => {
  const subjects = async () =>
    (await asOwner<{ subject: string }>("SELECT subject FROM user_message ORDER BY id")).map(
      ({ subject }) => subject,
    );
  await sendPasswordReset({ email });
  expect(await subjects()).toEqual(["Zgjidhni një fjalëkalim të ri"]);
  await save("Vera Linde", "zh");
  await sendPasswordReset({ email });
  expect((await subjects())[1]).toBe("设置新密码");
});
