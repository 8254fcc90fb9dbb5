import { type BrowserContext, expect, type Page, test as base } from "@playwright/test";

type Fixtures = {
  /** What the browser may complain about in this test; anything else fails it. */
  allowedComplaints: RegExp[];
  /** A page of another person: own cookies, same device. What it complains about counts too. */
  newVisitor: () => Promise<Page>;
  complaints: string[];
};

/**
 * Playwright's `test`, which also fails when a page throws or writes an error to the browser's
 * console.
 */
export const test = base.extend<Fixtures>({
  allowedComplaints: [[], { option: true }],

  complaints: [
    async ({ allowedComplaints }, provide) => {
      const complaints: string[] = [];
      await provide(complaints);
      const unexpected = complaints.filter(
        (words) => !allowedComplaints.some((allowed) => allowed.test(words)),
      );
      expect(unexpected, "errors of pages and in the browser's console").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, complaints }, provide) => {
    listen(context, complaints);
    await provide(context);
  },

  newVisitor: async ({ browser, complaints }, provide) => {
    const contexts: BrowserContext[] = [];
    await provide(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      listen(context, complaints);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

function listen(context: BrowserContext, complaints: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error")
      complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
}

export { expect };
