import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect } from "./test";

/** Opens an email in the outbox of the dashboard and reads the first address in it. */
export async function linkInEmail(
  page: Page,
  admin: string,
  recipient: string,
  subject: RegExp,
): Promise<string> {
  await page.goto(`${admin}/outbox`);
  await page.getByRole("link", { name: subject }).first().click();
  await expect(page.getByText(recipient).first()).toBeVisible();
  await page.getByRole("radio", { name: "Plain text" }).check();
  const email = page.getByLabel("The email as plain text");
  await expect(email).toContainText("http");
  await expectAccessible(page);
  return /https?:\S+/.exec((await email.textContent()) ?? "")![0];
}
