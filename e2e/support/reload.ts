import { expect, type Locator, type Page } from "@playwright/test";

/** Reloads a page until what is processed in the background shows on it. */
export async function reloadUntil(page: Page, shown: Locator): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(shown).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}
