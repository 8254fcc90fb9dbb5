import { issueToken } from "@/lib/auth/sign-in/login-token";
import { prismaFor } from "@/lib/core/db";
import { expectAccessible } from "../support/accessibility";
import { programWithAdvocate } from "../support/program";
import { apiOf } from "../support/api";
import { openShop } from "../support/shop";
import { expect, test } from "../support/test";

test("who joins by email says their first name, and friends read it", async ({
  page,
  newVisitor,
  baseURL,
}) => {
  const shop = await openShop();
  const { program } = await programWithAdvocate(baseURL!, shop.secretKey);
  const api = apiOf(baseURL!, shop.secretKey);
  const {
    body: { slug },
  } = await api.get<{ slug: string }>(`/programs/${program}`);
  api.close();
  const token = await issueToken(prismaFor("goodword_app"), {
    purpose: "customer",
    email: "tess@example.com",
    payload: { programId: program, locale: "en" },
  });
  await page.goto(`/refer/${slug}/enter?token=${token}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Add your first name" })).toBeVisible();
  await expectAccessible(page);

  const field = page.getByLabel("Your first name");
  await field.fill("call 0800 123 456");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Enter a name, without a web or email address")).toBeVisible();
  await field.fill("Tess Lindholm");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Hello, Tess")).toBeVisible();
  // One thing at a time: only now that nothing was shared yet.
  await expect(page.getByText("You haven’t shared your link yet.")).toBeVisible();
  const code = new URL(await page.getByLabel("Your invite link").inputValue()).pathname
    .split("/")
    .at(-1)!;

  const friend = await newVisitor();
  await friend.goto(`/i/${code}`);
  await expect(friend.getByRole("heading", { level: 1 })).toHaveText(
    `Tess invites you to ${shop.name}`,
  );

  await page.getByText("Your details").click();
  await page.getByLabel("Your first name").fill("Theresa");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Hello, Theresa")).toBeVisible();
  await friend.reload();
  await expect(friend.getByRole("heading", { level: 1 })).toHaveText(
    `Theresa invites you to ${shop.name}`,
  );
});
