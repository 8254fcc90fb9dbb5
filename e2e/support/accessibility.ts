import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Fails when axe finds a serious or critical violation of WCAG 2.2 AA on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityFaults(page), `accessibility of ${page.url()}`).toEqual([]);
}

type Fault = { id: string; help: string; where: string[] };

/** The same of colors alone: all that a page's other theme can change. */
export async function contrastFaults(page: Page): Promise<Fault[]> {
  return serious(page, new AxeBuilder({ page }).withRules(["color-contrast"]));
}

/** The serious and critical violations of WCAG 2.2 AA that axe finds on the page as it is now. */
export async function accessibilityFaults(page: Page): Promise<Fault[]> {
  // Our only frames show an email in a box in which no script may run, axe's neither.
  if (page.frames().length > 1)
    await page.locator("iframe").evaluateAll((frames) => frames.forEach((one) => one.remove()));
  const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  return serious(
    page,
    new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).withTags(levels),
  );
}

async function serious(page: Page, builder: AxeBuilder): Promise<Fault[]> {
  await settled(page);
  // The default collects the results in a blank page of its own, which takes as long as the audit
  // itself and is needed for frames only.
  const { violations } = await builder.setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map((node) => node.target.join(" ")),
    }));
}

/** Waits until no color is on its way to another one; what turns for ever is not waited for. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
}
