import { expect, it } from "vitest";
import { prismaFor } from "@/lib/core/db";
import { signUpMerchant } from "./sign-up";

const shop = (name: string) => ({
  name: "Ida Example",
  email: `${name}@example.com`,
  password: "two words and more",
  shopName: name,
  currency: "USD",
  timeZone: "UTC",
});

it("is opened by one of all strangers who come at once, and by nobody after them", async () => {
  const come = (name: string) => signUpMerchant(shop(name), { asStranger: true });
  const names = Array.from({ length: 8 }, (_, index) => `stranger-${index}`);
  const answers = await Promise.allSettled(names.map(come));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(come("late")).rejects.toMatchObject({ code: "forbidden" });
  expect(await prismaFor("goodword_gate").merchant.count({ where: { sandboxOfId: null } })).toBe(1);

  // Nothing of those who were refused is left.
  expect(await prismaFor("goodword_app").user.count()).toBe(1);
});
