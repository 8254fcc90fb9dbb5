import type { Page } from "@playwright/test";
import { type Route, shownAt } from "./routes";

/**
 * Visits every page that can be reached by links, each kind once.
 * @param starts where to begin: paths
 * @param within the addresses that belong to the walk
 * @param look is called on each, with the page loaded
 * @returns what was shown, as `shownAt` calls it
 */
export async function walk(
  page: Page,
  routes: readonly Route[],
  {
    baseURL,
    starts,
    within,
    look,
  }: {
    baseURL: string;
    starts: readonly string[];
    within: RegExp;
    look: (shown: string) => Promise<void>;
  },
): Promise<Set<string>> {
  const seen = new Set<string>();
  const queue: { href: string; shown: string }[] = [];
  const note = (href: string, base: string) => {
    const url = new URL(href, base);
    const shown = within.test(url.pathname) ? shownAt(routes, url) : null;
    if (!shown || seen.has(shown)) return;
    seen.add(shown);
    queue.push({ href: url.href, shown });
  };
  for (const start of starts) note(start, baseURL);
  for (let next = queue.shift(); next; next = queue.shift()) {
    await page.goto(next.href);
    await look(next.shown);
    const links = await page
      .locator("a[href]:not([download])")
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    for (const href of links) if (href.startsWith(`${baseURL}/`)) note(href, baseURL);
  }
  return seen;
}
