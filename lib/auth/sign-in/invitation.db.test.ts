import { afterAll, expect, it } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { createTestMerchant } from "@/lib/merchants/testing";
import { sendInvitation } from "./invitation";

afterAll(closeConnections);

const emailed = (recipient: string) =>
  prismaFor("goodword_app").userMessage.count({ where: { recipient } });

it("emails one address a few invitations a day, and says what it held back", async () => {
  const shops = await Promise.all([createTestMerchant(), createTestMerchant()]);
  const email = "wanted@example.com";
  const told: boolean[] = [];
  for (let index = 0; index < 7; index += 1) {
    const { isEmailed, url } = await sendInvitation(shops[index % 2]!, { email, role: "analyst" });
    expect(url).toContain("/invite/");
    told.push(isEmailed);
  }
  expect(told).toEqual([true, true, true, true, true, false, false]);
  expect(await emailed(email)).toBe(5);
});

it("lets a shop invite fifty a day, and says when it may again", async () => {
  const shop = await createTestMerchant();
  const invite = (index: number) =>
    sendInvitation(shop, { email: `team-${index}@example.com`, role: "analyst" });
  for (let index = 0; index < 50; index += 1) await invite(index);
  await expect(invite(50)).rejects.toMatchObject({ code: "rate_limited" });
  expect(await emailed("team-50@example.com")).toBe(0);
});
